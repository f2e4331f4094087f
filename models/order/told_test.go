package order_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/db"
	"softlaunch/models/modelstest"
	"softlaunch/models/payment"
)

// scene is an order whose messages are on their way: all those that its provider can have sent, each under several ids. Of twins
// it makes no difference which is which: of two payments for one order the second to be heard of goes back.
type scene struct {
	name   string
	events []payment.Event
	twins  [2]string
}

// about are messages about a session, with wrong ones among them.
func about(standings ...payment.Standing) []payment.Event {
	var events []payment.Event
	for i, st := range standings {
		wrong := st
		wrong.Amount.Minor++
		for j, one := range []payment.Standing{st, st, wrong} {
			events = append(events, payment.Event{ID: fmt.Sprintf("evt_%s_%d_%d", st.SessionID, i, j), Type: "session", Session: &one})
		}
	}
	return events
}

// refunds are messages about a refund in each of the states.
func refunding(a payment.RefundAnswer, states ...payment.RefundState) []payment.Event {
	var events []payment.Event
	for i, state := range states {
		a.State, a.Reason = state, ""
		if state == payment.RefundFailed {
			a.Reason = "lost or stolen card"
		}
		one := a
		events = append(events, payment.Event{ID: fmt.Sprintf("evt_%s_%d", a.ID, i), Type: "refund", Refund: &one})
	}
	return events
}

func with(st payment.Standing, progress payment.Progress) payment.Standing {
	st.Progress = progress
	if progress == payment.IsPaid {
		st.PaymentID = "pi_" + st.SessionID
	}
	return st
}

// scenes are set up in one shop; none of their messages has arrived yet.
func scenes(t *testing.T, s *modelstest.Shop, provider *modelstest.Provider) []scene {
	t.Helper()
	var all []scene
	add := func(name string, events ...payment.Event) { all = append(all, scene{name: name, events: events}) }
	cancel := func(number string) {
		if err := s.Orders.Cancel(t.Context(), modelstest.Owner, number, "asked for it"); err != nil {
			t.Fatal(err)
		}
	}
	expired, first := s.Open(t, "us", oneBand)
	twice, lost := s.Open(t, "us", oneBand)
	s.Time.Set(first.EndsAt)
	s.Cash()
	add("late", about(with(provider.Session(first.ProviderID), payment.IsPending), with(provider.Session(first.ProviderID), payment.IsPaid))...)
	_, second := s.Visit(t, s.Again(t, twice))
	add("paid in two sessions", append(about(with(provider.Session(lost.ProviderID), payment.IsPaid)), about(with(provider.Session(second.ProviderID), payment.IsPaid))...)...)
	all[1].twins = [2]string{lost.ProviderID, second.ProviderID}
	add("the first expired, the second paid", append(about(with(provider.Session(lost.ProviderID), payment.IsUnpaid)), about(with(provider.Session(second.ProviderID), payment.IsPaid))...)...)
	_ = expired

	_, open := s.Open(t, "us", oneBand)
	st := provider.Session(open.ProviderID)
	add("open", about(with(st, payment.IsPending), with(st, payment.IsPaid))...)
	add("not paid", about(with(st, payment.IsPending), with(st, payment.IsUnpaid), with(st, payment.IsUnpaid))...)
	add("said both", about(with(st, payment.IsUnpaid), with(st, payment.IsPaid))...)

	dropped, gone := s.Open(t, "us", oneBand)
	cancel(dropped.Number)
	add("cancelled", about(with(provider.Session(gone.ProviderID), payment.IsPending), with(provider.Session(gone.ProviderID), payment.IsPaid))...)

	back, paid := s.Open(t, "us", oneBand)
	s.Tell(t, "evt_paid", provider.Paid(paid.ProviderID))
	s.Cash()
	cancel(back.Number)
	s.Cash()
	sent := provider.Refunds()[0]
	add("refunded", refunding(sent, payment.RefundPending, payment.RefundDone, payment.RefundDone)...)
	add("refund failed", refunding(sent, payment.RefundPending, payment.RefundDone, payment.RefundFailed, payment.RefundFailed)...)
	return all
}

// In whatever order messages come, and however often each, the shop ends in the same state.
func TestAnyOrderOfMessagesEndsInTheSameState(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	all := scenes(t, s, provider)
	want := map[string]string{}
	for _, one := range all {
		want[one.name] = told(t, s, one, one.events)
	}
	if len(want) != len(all) {
		t.Fatal("two scenes have one name")
	}
	rapid.Check(t, func(r *rapid.T) {
		for range 20 { // orders of messages, so that the usual hundred checks are two thousand
			one := all[rapid.IntRange(0, len(all)-1).Draw(r, "scene")]
			events := rapid.Permutation(one.events).Draw(r, "order")
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(events)-1), 0, 4).Draw(r, "again") {
				events = append(events, events[i])
			}
			if got := told(t, s, one, events); got != want[one.name] {
				r.Fatalf("%s came to\n%s, and in another order to\n%s", one.name, got, want[one.name])
			}
		}
	})
}

var errUndone = errors.New("undone")

// told is what the shop comes to by messages, told in this order. Nothing of it is kept.
func told(t *testing.T, s *modelstest.Shop, of scene, events []payment.Event) (state string) {
	t.Helper()
	err := s.Try(t, func(tx db.Tx) error {
		for _, e := range events {
			payload, err := json.Marshal(e)
			if err == nil {
				err = s.Orders.Told(tx, e, payload)
			}
			if err != nil {
				return err
			}
		}
		var err error
		state, err = picture(tx, of.twins)
		return errors.Join(err, errUndone)
	})
	if !errors.Is(err, errUndone) || len(strings.Split(err.Error(), "\n")) > 1 {
		t.Fatal(err)
	}
	return state
}

// picture is all that messages can change, without the order in which it was written down.
func picture(tx db.Tx, twins [2]string) (string, error) {
	var lines []string
	for _, query := range []string{
		"SELECT 'order ' || number || ' ' || state || CASE state WHEN 'awaiting_payment' THEN ' until ' || hold_until ELSE '' END FROM orders",
		"SELECT 'payment ' || provider_id || ' ' || state || ' ' || amount || ' ' || currency || ' of ' || order_id FROM payments",
		"SELECT 'refund of ' || p.provider_id || ' ' || r.amount || ' ' || r.state || ' ' || r.failure FROM refunds r JOIN payments p ON p.id = r.payment_id",
		"SELECT 'session ' || provider_id || ' ' || state FROM payment_sessions",
		"SELECT 'level ' || variant_id || ' at ' || location_id || ': ' || on_hand || ' - ' || held FROM levels",
		"SELECT 'live hold of ' || order_id || ': ' || SUM(quantity) FROM holds WHERE ended IS NULL GROUP BY order_id",
		"SELECT 'sold to ' || order_id || ': ' || SUM(quantity) FROM holds WHERE ended = 'sold' GROUP BY order_id",
		"SELECT 'units of ' || order_id || ': ' || SUM(quantity) FROM buyer_units WHERE ended_at IS NULL GROUP BY order_id",
		"SELECT 'event ' || event_id || ' ' || outcome FROM stripe_events",
		"SELECT 'exception ' || kind || ' ' || about || ' ' || finding FROM payment_exceptions",
		"SELECT 'job ' || kind || ' about ' || CASE WHEN kind LIKE 'order.%' THEN subject_id ELSE '' END FROM jobs WHERE kind <> 'payment.event'",
	} {
		found, err := db.List(tx, func(s *string) []any { return []any{s} }, query)
		if err != nil {
			return "", err
		}
		lines = append(lines, found...)
	}
	if twins[0] != "" {
		for i := range lines {
			lines[i] = strings.ReplaceAll(lines[i], twins[1], twins[0])
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n"), nil
}
