package order_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// cards is a shop whose United States take cards, and the provider that takes them.
func cards(t testing.TB) (*modelstest.Shop, *modelstest.Provider) {
	t.Helper()
	provider := modelstest.NewProvider()
	s := modelstest.New(t, provider)
	s.TakesCards(t, "us")
	return s, provider
}

var oneBand = modelstest.Goods{"MI-BAND-BLACK": 1}

// free is how many bands others can have now.
func free(t testing.TB, s *modelstest.Shop) int64 {
	t.Helper()
	return s.Number(t, `SELECT l.on_hand - l.held + (SELECT COALESCE(SUM(h.quantity), 0) FROM holds h WHERE h.ended IS NULL AND h.expires_at <= ? AND h.variant_id = l.variant_id AND h.location_id = l.location_id)
		FROM levels l JOIN variants v ON v.id = l.variant_id JOIN locations p ON p.id = l.location_id WHERE v.sku = 'MI-BAND-BLACK' AND p.code = 'reno'`, s.Time.Now())
}

func state(t testing.TB, s *modelstest.Shop, o order.Order, want order.State) order.Order {
	t.Helper()
	o = s.Again(t, o)
	if o.State != want {
		t.Errorf("the order is %s, want %s", o.State, want)
	}
	return o
}

func exceptions(t testing.TB, s *modelstest.Shop) []payment.Exception {
	t.Helper()
	found, err := s.Orders.Exceptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestACardIsPaidOnTheProvidersPage(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	before := free(t, s)
	o, session := s.Open(t, "us", oneBand)
	if session.State != payment.SessionOpen || session.EndsAt != o.PlacedAt.Add(15*time.Minute) || o.PayBy() != session.EndsAt ||
		session.ClosesAt < s.Machine.Now().Add(45*time.Minute) {
		t.Errorf("the session is %+v", session)
	}
	if next, err := s.Orders.Start(t.Context(), o); err != nil || next != session.URL || provider.Calls() != 1 {
		t.Errorf("a second try leads to %q with %d calls, %v", next, provider.Calls(), err)
	}
	s.Tell(t, "evt_1", provider.Paid(session.ProviderID))
	state(t, s, o, order.AwaitingPayment) // stored, not yet applied
	s.Cash()
	paid := state(t, s, o, order.Paid)
	if len(paid.Payments) != 1 || paid.Payments[0].ProviderID != "pi_"+session.ProviderID || paid.Payments[0].Amount != o.TotalAmount || free(t, s) != before-1 {
		t.Errorf("the payments are %+v, %d of %d free", paid.Payments, free(t, s), before)
	}
	if next, err := s.Orders.Start(t.Context(), paid); err != nil || next != "" {
		t.Errorf("a paid order is paid again at %q, %v", next, err)
	}
}

// The goods stay held beyond the hold's time until the provider has said how the session ended, and are free at that instant.
func TestAnOpenSessionIsNotEndedByTheClockAlone(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	before := free(t, s)
	o, session := s.Open(t, "us", oneBand)
	provider.Silence(true)
	for range 40 {
		s.Time.Advance(time.Minute)
		s.Cash()
		if err := s.Orders.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	state(t, s, o, order.AwaitingPayment)
	if got := free(t, s); got != before-1 {
		t.Errorf("%d of %d are free while nobody knows", got, before)
	}
	if _, err := s.Orders.Start(t.Context(), o); !fault.Is(err, fault.Conflict) {
		t.Errorf("a session that is being ended is paid in again: %v", err)
	}
	if found := exceptions(t, s); len(found) != 1 || found[0].Kind != payment.SessionSilent || found[0].Number != o.Number {
		t.Errorf("staff were told of %+v", found)
	}
	if calls := provider.Calls(); calls > 30 {
		t.Errorf("the provider was asked %d times: the pauses don't grow", calls)
	}
	provider.Silence(false)
	s.Time.Advance(5 * time.Minute)
	s.Cash()
	state(t, s, o, order.Expired)
	if got := free(t, s); got != before || provider.Session(session.ProviderID).Progress != payment.IsUnpaid {
		t.Errorf("%d of %d are free, the session is %+v", got, before, provider.Session(session.ProviderID))
	}
}

// An unpaid session is ended at the hold's instant and not before, and the goods are free as soon as it is.
func TestASessionIsEndedWithTheHold(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	before := free(t, s)
	o, session := s.Open(t, "us", oneBand)
	s.Time.Set(session.EndsAt - 1)
	s.Cash()
	if got := provider.Session(session.ProviderID).Progress; got != payment.IsOpen || free(t, s) != before-1 {
		t.Errorf("a millisecond before its end the session is %s", got)
	}
	s.Time.Set(session.EndsAt)
	s.Cash()
	state(t, s, o, order.Expired)
	if got := provider.Session(session.ProviderID).Progress; got != payment.IsUnpaid || free(t, s) != before {
		t.Errorf("at its end the session is %s", got)
	}
	again, second := s.Visit(t, s.Again(t, o))
	if second.ProviderID == session.ProviderID || second.Attempt != 2 || again.State != order.AwaitingPayment {
		t.Errorf("paid again in %+v", second)
	}
}

// Nothing is known of a payment whose message got lost: the shop asks by itself.
func TestALostMessageIsMadeUpFor(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]time.Duration{"while the goods are held": 5 * time.Minute, "when their time is up": 15 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, provider := cards(t)
			o, session := s.Open(t, "us", oneBand)
			provider.Paid(session.ProviderID)
			s.Time.Advance(after)
			s.Cash()
			state(t, s, o, order.Paid)
			s.Tell(t, "evt_late", provider.Session(session.ProviderID))
			s.Cash()
			if paid := state(t, s, o, order.Paid); len(paid.Payments) != 1 {
				t.Errorf("the payments are %+v", paid.Payments)
			}
		})
	}
}

// A provider that says nothing for a day keeps no goods for ever. Its payment may still come.
func TestASilentSessionIsGivenUpAfterADay(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	o, session := s.Open(t, "us", oneBand)
	provider.Paid(session.ProviderID)
	provider.Silence(true)
	s.Time.Set(session.EndsAt.Add(payment.GiveUp) - 1)
	s.Cash()
	state(t, s, o, order.AwaitingPayment)
	s.Time.Set(session.EndsAt.Add(payment.GiveUp))
	s.Cash()
	if lost := state(t, s, o, order.Expired); lost.Sessions[0].State != payment.SessionLost {
		t.Errorf("the session is %+v", lost.Sessions[0])
	}
	s.Tell(t, "evt_1", provider.Session(session.ProviderID))
	s.Cash()
	if found := exceptions(t, s); len(found) != 2 || found[1].Kind != payment.PaidHeldAgain {
		t.Errorf("staff were told of %+v", found)
	}
	state(t, s, o, order.Paid)
}

// Money that comes when the order needs it no more goes back by itself, and staff and buyer are told.
func TestMoneyThatComesTooLateGoesBack(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		before func(t *testing.T, s *modelstest.Shop, o order.Order, session payment.Session)
		state  order.State
		mail   string
	}{
		"the goods are gone": {func(t *testing.T, s *modelstest.Shop, _ order.Order, session payment.Session) {
			s.Time.Set(session.EndsAt)
			s.Cash()
			s.Stock(t, "reno", "MI-BAND-BLACK", 0)
		}, order.Cancelled, order.MailCancelled},
		"staff have cancelled": {func(t *testing.T, s *modelstest.Shop, o order.Order, _ payment.Session) {
			if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
				t.Fatal(err)
			}
		}, order.Cancelled, order.MailPaidBack},
		"it was paid in a later session": {func(t *testing.T, s *modelstest.Shop, o order.Order, session payment.Session) {
			s.Time.Set(session.EndsAt)
			s.Cash()
			_, second := s.Visit(t, s.Again(t, o))
			s.Tell(t, "evt_second", payment.Standing{SessionID: second.ProviderID, Progress: payment.IsPaid, PaymentID: "pi_second",
				Reference: o.Number, Amount: o.Total()})
			s.Cash()
		}, order.Paid, order.MailPaidBack},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, provider := cards(t)
			provider.Refunding(payment.RefundDone)
			o, session := s.Open(t, "us", oneBand)
			row.before(t, s, o, session)
			s.Tell(t, "evt_late", provider.Paid(session.ProviderID))
			s.Cash()
			s.Cash() // the refund that came of it
			after := state(t, s, o, row.state)
			if len(after.Refunds) != 1 || after.Refunds[0].State != "done" || after.Refunds[0].Amount != o.TotalAmount {
				t.Errorf("the refunds are %+v", after.Refunds)
			}
			found := exceptions(t, s)
			if len(found) != 1 || found[0].Kind != payment.PaidBack || found[0].About != "pi_"+session.ProviderID {
				t.Errorf("staff were told of %+v", found)
			}
			s.Job(t, row.mail)
			if sent := provider.Refunds(); len(sent) != 1 || sent[0].PaymentID != "pi_"+session.ProviderID || sent[0].Amount != o.Total() {
				t.Errorf("sent back %+v", sent)
			}
		})
	}
}

// A message that does not fit its order changes nothing of it, and staff are told what is wrong.
func TestMessagesThatDontFitAreParked(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	o, session := s.Open(t, "us", oneBand)
	other, _ := s.Open(t, "us", oneBand)
	provider.Paid(session.ProviderID)
	n := 0
	for want, change := range map[string]func(*payment.Standing){
		"evt: it is about 21.99 USD":            func(p *payment.Standing) { p.Amount.Minor = 2199 },
		"evt: it is about":                      func(p *payment.Standing) { p.Amount = money.Of(p.Amount.Minor, "EUR") },
		"evt: it is of the other mode":          func(p *payment.Standing) { p.Live = true },
		"evt: it names the order \"US-":         func(p *payment.Standing) { p.Reference = other.Number },
		"evt: it names the order \"\"":          func(p *payment.Standing) { p.Reference = "" },
		"evt: the shop knows no session cs_new": func(p *payment.Standing) { p.SessionID = "cs_new" },
		"evt: it names no payment":              func(p *payment.Standing) { p.PaymentID = "" },
	} {
		n++
		standing := provider.Session(session.ProviderID)
		change(&standing)
		s.Tell(t, fmt.Sprintf("evt_%d", n), standing)
		s.Cash()
		found := exceptions(t, s)
		if len(found) != n || found[n-1].Kind != payment.EventParked || found[n-1].About != fmt.Sprintf("evt_%d", n) ||
			!strings.Contains(found[n-1].Finding, want[len("evt: "):]) {
			t.Errorf("want %q, staff were told of %+v", want, found)
		}
	}
	state(t, s, o, order.AwaitingPayment)
	for range n {
		first := exceptions(t, s)[0]
		if err := s.Orders.HandleException(t.Context(), modelstest.Owner, first.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Orders.HandleException(t.Context(), modelstest.Owner, first.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("handled twice: %v", err)
		}
	}
	if kept := s.Number(t, "SELECT COUNT(*) FROM stripe_events WHERE payload <> ''"); kept != 0 {
		t.Errorf("%d messages are kept after they were handled", kept)
	}
}

// A refund is asked for once whatever happens, and what its provider refuses is staff's to send.
func TestARefundIsSentOnce(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	o, session := s.Open(t, "us", oneBand)
	s.Tell(t, "evt_1", provider.Paid(session.ProviderID))
	s.Cash()
	provider.Silence(true)
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	s.Cash()
	refund := s.Again(t, o).Refunds[0]
	if refund.Standing() != "due" || len(provider.Refunds()) != 0 {
		t.Errorf("the refund is %+v", refund)
	}
	if err := s.Orders.MarkRefunded(t.Context(), modelstest.Owner, o.Number, refund.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("staff sent what the provider sends: %v", err)
	}
	provider.Silence(false)
	for range 3 {
		s.Time.Advance(time.Hour)
		s.Cash()
	}
	if got := s.Again(t, o).Refunds[0]; got.Standing() != "sent" || len(provider.Refunds()) != 1 {
		t.Errorf("the refund is %+v of %+v", got, provider.Refunds())
	}
}

func TestARefusedRefundIsStaffs(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	o, session := s.Open(t, "us", oneBand)
	s.Tell(t, "evt_1", provider.Paid(session.ProviderID))
	s.Cash()
	provider.Refunding("")
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	s.Cash()
	refund := s.Again(t, o).Refunds[0]
	if found := exceptions(t, s); refund.Standing() != "failed" || len(found) != 1 || found[0].Kind != payment.RefundStranded {
		t.Errorf("the refund is %+v, staff were told of %+v", refund, found)
	}
	if err := s.Orders.MarkRefunded(t.Context(), modelstest.Owner, o.Number, refund.ID); err != nil {
		t.Error(err)
	}
	if got := s.Again(t, o).Refunds[0].Standing(); got != "done" {
		t.Errorf("sent by staff the refund is %s", got)
	}
}

// A provider that does not answer when the order is placed costs no order: its hold ends by the clock, as nobody can pay.
func TestAnOrderOutlivesASilentProvider(t *testing.T) {
	t.Parallel()
	s, provider := cards(t)
	before := free(t, s)
	provider.Silence(true)
	o := s.Place(t, "us", modelstest.ByCard("us"), oneBand)
	if _, err := s.Orders.Start(t.Context(), o); !errors.Is(err, order.ErrSilent) {
		t.Fatalf("a silent provider leads to %v", err)
	}
	if asked := s.Again(t, o); len(asked.Sessions) != 1 || asked.Sessions[0].State != payment.SessionAsked || asked.HoldUntil != o.HoldUntil {
		t.Errorf("the sessions are %+v", asked.Sessions)
	}
	s.Time.Set(o.HoldUntil)
	if got := free(t, s); got != before {
		t.Errorf("%d of %d are free", got, before)
	}
	s.Cash()
	provider.Silence(false)
	again, session := s.Visit(t, state(t, s, o, order.Expired))
	if session.Attempt != 2 || session.EndsAt != o.HoldUntil.Add(15*time.Minute) {
		t.Errorf("tried again in %+v", session)
	}
	s.Tell(t, "evt_1", provider.Paid(session.ProviderID))
	s.Cash()
	state(t, s, again, order.Paid)
}
