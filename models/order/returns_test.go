package order_test

import (
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// A withdrawal in time becomes a return that needs nobody's consent; one that is late waits for staff; one by another name, of
// another address or before anything has left becomes none.
func TestAWithdrawalLeadsToAReturn(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		ship, deliver bool
		after         time.Duration
		change        func(*order.Withdrawal)
		want          order.ReturnState
		late          bool
	}{
		"before anything has left":     {want: ""},
		"on its way":                   {ship: true, want: order.ReturnApproved},
		"the day after delivery":       {ship: true, deliver: true, after: 24 * time.Hour, want: order.ReturnApproved},
		"on the last day":              {ship: true, deliver: true, after: 14 * 24 * time.Hour, want: order.ReturnApproved},
		"a day too late":               {ship: true, deliver: true, after: 15 * 24 * time.Hour, want: order.ReturnRequested, late: true},
		"with other letters":           {ship: true, change: func(w *order.Withdrawal) { w.Name = "ada  EXAMPLE" }, want: order.ReturnApproved},
		"by another name":              {ship: true, change: func(w *order.Withdrawal) { w.Name = "Eve" }},
		"from another address":         {ship: true, change: func(w *order.Withdrawal) { w.Email = "eve@example.com" }},
		"of another number":            {ship: true, change: func(w *order.Withdrawal) { w.OrderNumber = "DE-99999" }},
		"by somebody without a letter": {ship: true, change: func(w *order.Withdrawal) { w.Name = "123" }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			o := sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 2})
			if row.ship {
				o = ship(t, s, o.Number)
			}
			if row.deliver {
				deliver(t, s, o, "")
			}
			s.Time.Advance(row.after)
			w := order.Withdrawal{Name: "Ada Example", OrderNumber: o.Number, Email: o.Email}
			if row.change != nil {
				row.change(&w)
			}
			if _, err := s.Orders.Withdraw(t.Context(), s.Store(t, "de"), w); err != nil {
				t.Fatal(err)
			}
			got := look(t, s, o.Number).Returns
			if row.want == "" {
				if len(got) != 0 {
					t.Errorf("returns %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].State != row.want || got[0].Late != row.late || got[0].Reason != order.Withdrawn || got[0].Lines[0].Quantity != 2 {
				t.Fatalf("returns %+v", got)
			}
			err := s.Orders.AnswerReturn(t.Context(), modelstest.Owner, o.Number, got[0].ID, false, "no")
			if (err == nil) != row.late {
				t.Errorf("refused: %v", err)
			}
		})
	}
}

// The days begin after the last parcel's day and don't end on a weekend. Friday 20 November 2026 is when tests begin.
func TestTheDeadlineIsCountedFromTheLastParcel(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]clock.Day{0: "2026-11-20", 13: "2026-12-03", 14: "2026-12-04", 15: "2026-12-07", 16: "2026-12-07", 30: "2026-12-21"} {
		s := modelstest.New(t)
		s.Exec(t, "UPDATE markets SET return_days = ?", days)
		m := s.Store(t, "de").Market
		o := sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 2})
		one := order.Parcel{Carrier: "DHL", Units: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}}
		if err := s.Orders.Ship(t.Context(), modelstest.Owner, o.Number, one); err != nil {
			t.Fatal(err)
		}
		if got := deliver(t, s, look(t, s, o.Number), "2026-11-20"); got.State != order.PartlyShipped || got.ReturnDeadline(m) != "" {
			t.Errorf("with a parcel to come it is %s and the deadline %s", got.State, got.ReturnDeadline(m))
		}
		o = ship(t, s, o.Number)
		if got := o.ReturnDeadline(m); got != "" {
			t.Errorf("with a parcel under way the deadline is %s", got)
		}
		if err := s.Orders.Deliver(t.Context(), modelstest.Owner, o.Number, o.Shipments[1].ID, "2026-11-21"); !fault.Is(err, fault.Invalid) {
			t.Errorf("delivered tomorrow: %v", err)
		}
		if err := s.Orders.Deliver(t.Context(), modelstest.Owner, o.Number, o.Shipments[1].ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := look(t, s, o.Number); got.State != order.Delivered || got.ReturnDeadline(m) != want {
			t.Errorf("%d days after delivery is %s, want %s", days, got.ReturnDeadline(m), want)
		}
	}
}

func TestWhatCameBackIsRefundedAndCountsOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := deliver(t, s, ship(t, s, sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 2}).Number), "")
	if _, err := s.Orders.Withdraw(t.Context(), s.Store(t, "de"), order.Withdrawal{Name: o.Name, OrderNumber: o.Number, Email: o.Email}); err != nil {
		t.Fatal(err)
	}
	r := look(t, s, o.Number).Returns[0]
	claim := order.Claim{ReturnID: r.ID, Shipped: []order.Units{{LineID: o.Lines[0].ID, Quantity: 2}}, Reason: "withdrawn"}
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, o.LinesAmount); key(err) != "fault.return_state" {
		t.Errorf("before it came: %v", err)
	}
	arrival := order.Arrival{Units: order.Units{LineID: o.Lines[0].ID, Quantity: 2}, Condition: "opened"}
	for name, bad := range map[string][]order.Arrival{"nothing": nil, "too many": {{Units: order.Units{LineID: o.Lines[0].ID, Quantity: 3}, Condition: "opened"}},
		"in no condition": {{Units: arrival.Units}}, "another's": {{Units: order.Units{LineID: 4711, Quantity: 1}, Condition: "opened"}}} {
		if err := s.Orders.ReceiveReturn(t.Context(), modelstest.Owner, o.Number, r.ID, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Orders.ReceiveReturn(t.Context(), modelstest.Owner, o.Number, r.ID, []order.Arrival{arrival}); err != nil {
		t.Fatal(err)
	}
	got := look(t, s, o.Number)
	if got.State != order.Returned {
		t.Errorf("the order is %s", got.State)
	}
	r, _ = got.Return(r.ID)
	claim = got.RefundOf(r)
	claim.Reason = "withdrawn"
	preview, err := s.Orders.Preview(t.Context(), o.Number, claim)
	if err != nil || preview.TotalAmount != o.TotalAmount || preview.Cause != order.ByReturn {
		t.Fatalf("a withdrawal gives back %d of %d, %v", preview.TotalAmount, o.TotalAmount, err)
	}
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, preview.TotalAmount); err != nil {
		t.Fatal(err)
	}
	if got := look(t, s, o.Number); got.RefundState != order.Refunded || len(got.RefundOf(r).Shipped) != 0 {
		t.Errorf("%s, and then %+v", got.RefundState, got.RefundOf(r))
	}
	if err := s.Orders.AskReturn(t.Context(), o.MarketID, o.Token, order.ReturnRequest{Units: claim.Shipped, Reason: "unwanted"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("asked again: %v", err)
	}
}

func TestABuyerCancelsWhatIsNotPacked(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	unpaid := s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	paid := sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 1})
	packed := sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 1})
	if err := s.Orders.Pack(t.Context(), modelstest.Owner, packed.Number); err != nil {
		t.Fatal(err)
	}
	us := s.Store(t, "us").Market.ID
	for _, o := range []order.Order{unpaid, paid} {
		if err := s.Orders.CancelOwn(t.Context(), us, o.Token); !fault.Is(err, fault.NotFound) {
			t.Errorf("in another market: %v", err)
		}
		if err := s.Orders.CancelOwn(t.Context(), o.MarketID, o.Token); err != nil {
			t.Fatal(err)
		}
		if err := s.Orders.CancelOwn(t.Context(), o.MarketID, o.Token); !fault.Is(err, fault.Conflict) {
			t.Errorf("cancelled twice: %v", err)
		}
	}
	if err := s.Orders.CancelOwn(t.Context(), packed.MarketID, packed.Token); !fault.Is(err, fault.Conflict) {
		t.Errorf("packed: %v", err)
	}
	if got := look(t, s, paid.Number); got.State != order.Cancelled || got.RefundState != order.Refunded || got.Refunds[0].State != "done" {
		t.Errorf("%s, %s, %+v", got.State, got.RefundState, got.Refunds)
	}
}
