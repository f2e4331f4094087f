package order_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// The hold of an order has run out and its only toy is sold to somebody else; then the clock jumps back to when it held.
func TestAHoldThatHasEndedIsNotRevivedByTheClock(t *testing.T) {
	t.Parallel()
	s, first := late(t, "sandbox")
	second := s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1}))
	s.Time.Advance(-10 * time.Minute)
	if err := settle(s, t, first, "late", payment.Captured); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotOpen) {
		t.Errorf("the first order is paid in the past: %v", err)
	}
	went(t, look(t, s, first.Number), order.AwaitingPayment, order.Expired)
	if err := s.Orders.Ship(t.Context(), modelstest.Owner, second.Number, order.Parcel{Carrier: "Parcel post", Tracking: "PP1"}); err != nil {
		t.Error(err)
	}
	went(t, look(t, s, second.Number), order.AwaitingPayment, order.Paid, order.Shipped)
}

// Whatever the clock does between the steps of orders, what has ended stays ended and the audit is clean.
func TestAClockThatJumpsBreaksNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	rapid.Check(t, func(r *rapid.T) { jump(t, s, r) })
}

func TestTortureAClockThatJumpsBreaksNothing(t *testing.T) {
	torture(t, func(t *testing.T, r *rapid.T) { jump(t, modelstest.New(within{t, r}), r) })
}

func jump(t *testing.T, s *modelstest.Shop, r *rapid.T) {
	w := within{t, r}
	s.Time.Set(modelstest.Start.Add(time.Duration(rapid.Int64Range(-3600, 3600).Draw(r, "begins")) * time.Second))
	placed := []order.Order{jumpPlace(w, s, r)}
	ended := endedHolds(w, s)
	for range rapid.IntRange(1, 15).Draw(r, "steps") {
		s.Time.Advance(rapid.SampledFrom([]time.Duration{0, time.Millisecond, -time.Millisecond, time.Minute, -time.Minute, 16 * time.Minute,
			-16 * time.Minute, time.Hour, -time.Hour, 8 * 24 * time.Hour, -8 * 24 * time.Hour}).Draw(r, "jump"))
		o := placed[rapid.IntRange(0, len(placed)-1).Draw(r, "order")]
		verb := rapid.SampledFrom([]string{"place", "pay", "decline", "mark", "ship", "cancel", "sweep"}).Draw(r, "verb")
		var err error
		switch ctx := t.Context(); verb {
		case "place":
			placed = append(placed, jumpPlace(w, s, r))
		case "pay":
			_, err = s.Orders.Settle(ctx, order.Settlement{Token: o.Token, Provider: "sandbox", ProviderID: rand.Text(), Outcome: payment.Captured})
		case "decline":
			_, err = s.Orders.Settle(ctx, order.Settlement{Token: o.Token, Provider: "sandbox", ProviderID: rand.Text(), Outcome: payment.Declined})
		case "mark":
			_, err = s.Orders.MarkPaid(ctx, modelstest.Owner, o.Number)
		case "ship":
			err = s.Orders.Ship(ctx, modelstest.Owner, o.Number, order.Parcel{Carrier: "Parcel post", Tracking: "PP1"})
		case "cancel":
			err = s.Orders.Cancel(ctx, modelstest.Owner, o.Number, "asked for it")
		case "sweep":
			err = s.Orders.Sweep(ctx)
		}
		if refused := (*fault.Error)(nil); err != nil && !errors.As(err, &refused) {
			r.Fatalf("%s: %v", verb, err)
		}
		now := endedHolds(w, s)
		for id, how := range ended {
			if now[id] != how {
				r.Fatalf("%s: hold %d had ended as %s and is now %q", verb, id, how, now[id])
			}
		}
		ended = now
	}
	modelstest.Audit(w, s.Shop)
}

func jumpPlace(w within, s *modelstest.Shop, r *rapid.T) order.Order {
	buyer := modelstest.Buyer("us")
	buyer.Payment = rapid.SampledFrom([]string{"sandbox", "transfer"}).Draw(r, "payment")
	return s.Place(w, "us", buyer, modelstest.Goods{plush: 1})
}

// endedHolds says of each hold that has ended how and when.
func endedHolds(w within, s *modelstest.Shop) map[int64]string {
	ended := map[int64]string{}
	s.Read(w, func(tx db.Tx) error {
		rows, err := tx.Query("SELECT id, ended, ended_at FROM holds WHERE ended IS NOT NULL")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, at int64
			var how string
			if err := rows.Scan(&id, &how, &at); err != nil {
				return err
			}
			ended[id] = fmt.Sprint(how, " at ", at)
		}
		return rows.Err()
	})
	return ended
}
