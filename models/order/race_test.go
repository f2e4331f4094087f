package order_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// Row 8 of GUARANTEES: an order is paid, cancelled, shipped and runs out at once; each of its holds ends once, and what
// became of the order is what the verbs answered.
func TestRacesOfPayCancelAndExpireHaveOneEnd(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for round := range 200 {
		o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1, "MI-BAND-BLACK": 2})
		verbs := map[string]func() error{
			"pay": func() error { return settle(s, t, o, fmt.Sprint(round), payment.Captured) },
			"expire": func() error {
				s.Time.Set(o.HoldUntil)
				return s.Orders.Sweep(t.Context())
			},
			"cancel": func() error { return s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "because") },
			"ship": func() error {
				return s.Orders.Ship(t.Context(), modelstest.Owner, o.Number, order.Parcel{Carrier: "Parcel Post"})
			},
		}
		racers := [][]string{{"pay", "expire"}, {"pay", "cancel"}, {"cancel", "expire"}, {"pay", "cancel", "expire"}, {"pay", "cancel", "expire", "ship"}}[round%5]
		errs := make([]error, len(racers))
		together(len(racers), func(i int) { errs[i] = verbs[racers[i]]() })
		did := map[string]bool{}
		for i, err := range errs {
			did[racers[i]] = err == nil
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Errorf("round %d: %s: %v", round, racers[i], err)
			}
		}
		ended(t, s, look(t, s, o.Number), did)
		s.Time.Set(o.HoldUntil)
	}
}

// ended compares an order and its holds with the verbs that succeeded.
func ended(t *testing.T, s *modelstest.Shop, o order.Order, did map[string]bool) {
	t.Helper()
	want := order.Expired
	for _, step := range []struct {
		verb  string
		state order.State
	}{{"pay", order.Paid}, {"cancel", order.Cancelled}, {"ship", order.Shipped}} {
		if did[step.verb] {
			want = step.state
		}
	}
	if o.State != want || (did["ship"] && did["cancel"]) {
		t.Errorf("%s is %s after %v", o.Number, o.State, did)
	}
	ends := holdEnds(t, s, o)
	sold := len(slices.DeleteFunc(slices.Clone(ends), func(end string) bool { return end != inventory.Sold }))
	if slices.Contains(ends, "") || (sold != 0) != did["pay"] || (sold != 0 && sold != len(o.Lines)) {
		t.Errorf("%s: its holds ended %v after %v", o.Number, ends, did)
	}
	refunds := 0
	if did["pay"] && did["cancel"] {
		refunds = 1
	}
	if len(o.Refunds) != refunds {
		t.Errorf("%s: %d refunds after %v", o.Number, len(o.Refunds), did)
	}
}

// holdEnds are the ends of an order's holds, "" for one that lives.
func holdEnds(t *testing.T, s *modelstest.Shop, o order.Order) []string {
	t.Helper()
	var ends []string
	s.Read(t, func(tx db.Tx) error {
		return tx.Gorm().Table("holds").Where("order_id = ?", o.ID).Order("id").Pluck("COALESCE(ended, '')", &ends).Error
	})
	return ends
}

// One buyer pays late while another orders: the last toy has one owner.
func TestTheLastUnitHasOneOwner(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	won := map[string]int{}
	for round := range 100 {
		s.Stock(t, "reno", plush, 1)
		o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
		s.Time.Set(o.HoldUntil)
		p := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
		var late, rival error
		var theirs order.Order
		if together(2, func(i int) {
			if i == 0 {
				late = settle(s, t, o, fmt.Sprint(round), payment.Captured)
				return
			}
			theirs, rival = s.Orders.Place(t.Context(), p)
		}); (late == nil) == (rival == nil) {
			t.Fatalf("the payment: %v, the order: %v", late, rival)
		}
		if err := errors.Join(late, rival); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotOpen) {
			t.Error(err)
		}
		if late == nil {
			won["paid late"]++
			continue
		}
		won["ordered"]++
		s.Pay(t, theirs)
	}
	t.Log(won)
}

// Orders, payments, cancellations and sweeps of many buyers at once keep the books whole; the audit looks at the end.
func TestARushOfEverythingKeepsTheBooks(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	together(120, func(i int) {
		if i%40 == 39 {
			s.Time.Advance(1 + s.Store(t, "us").Market.HoldTime("sandbox"))
			if err := s.Orders.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
			return
		}
		p := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLUE": 1})
		o, err := s.Orders.Place(t.Context(), p)
		if err != nil {
			t.Error(err)
			return
		}
		if err := settle(s, t, o, fmt.Sprint(i), []payment.Outcome{payment.Captured, payment.Declined}[i%2]); err != nil {
			t.Error(err)
		}
		if i%3 == 0 {
			if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "because"); err != nil {
				t.Error(err)
			}
		}
	})
}
