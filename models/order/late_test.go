package order_test

import (
	"strconv"
	"sync/atomic"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// late is an order of the only plush toy whose hold has run out.
func late(t *testing.T, provider string) (*modelstest.Shop, order.Order) {
	t.Helper()
	s := modelstest.New(t)
	s.Stock(t, "reno", plush, 1)
	buyer := modelstest.Buyer("us")
	buyer.Payment = provider
	o := s.Place(t, "us", buyer, modelstest.Goods{plush: 1})
	s.Time.Set(o.HoldUntil)
	return s, o
}

// look is an order as it is now.
func look(t *testing.T, s *modelstest.Shop, number string) order.Order {
	t.Helper()
	o, err := s.Orders.ByNumber(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// went checks the states that an order has gone through, notes left out.
func went(t *testing.T, o order.Order, want ...order.State) {
	t.Helper()
	var got []order.State
	for _, e := range o.Events {
		if e.FromState != e.ToState {
			got = append(got, e.ToState)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s went %v, want %v", o.Number, got, want)
		return
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s went %v, want %v", o.Number, got, want)
			return
		}
	}
}

func settle(s *modelstest.Shop, t *testing.T, o order.Order, id string, outcome payment.Outcome) error {
	_, err := s.Orders.Settle(t.Context(), order.Settlement{Token: o.Token, Provider: o.Payment, ProviderID: id, Outcome: outcome})
	return err
}

// The sandbox asks before it takes anything, so where the goods are gone nothing is taken.
func TestASandboxPaymentTooLateIsRefused(t *testing.T) {
	t.Parallel()
	s, o := late(t, "sandbox")
	rival := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
	for range 2 {
		if err := settle(s, t, o, "late", payment.Captured); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotOpen) {
			t.Errorf("paid though the goods are gone: %v", err)
		}
	}
	now := look(t, s, o.Number)
	if now.State != order.Expired || len(now.Payments) != 0 || len(now.Refunds) != 0 {
		t.Errorf("it is %s with %d payments", now.State, len(now.Payments))
	}
	went(t, now, order.AwaitingPayment, order.Expired)
	s.Time.Set(rival.HoldUntil)
	if err := settle(s, t, o, "late", payment.Captured); err != nil {
		t.Errorf("the goods are there again: %v", err)
	}
	went(t, look(t, s, o.Number), order.AwaitingPayment, order.Expired, order.AwaitingPayment, order.Paid)
	if err := settle(s, t, rival, "later", payment.Captured); err == nil {
		t.Error("one toy was sold twice")
	}
}

// Money of a transfer is there already: it goes back and staff are told.
func TestATransferTooLateIsRefunded(t *testing.T) {
	t.Parallel()
	s, o := late(t, "transfer")
	ctx := t.Context()
	s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1}))
	refunded, err := s.Orders.MarkPaid(ctx, modelstest.Owner, o.Number)
	if err != nil || !refunded {
		t.Fatalf("refunded %v, %v", refunded, err)
	}
	now := look(t, s, o.Number)
	went(t, now, order.AwaitingPayment, order.Expired, order.State(order.Refunded), order.Cancelled)
	if len(now.Payments) != 1 || len(now.Refunds) != 1 || now.Refunds[0].Amount != o.TotalAmount || now.Refunds[0].State != "due" {
		t.Fatalf("payments %v, refunds %v", now.Payments, now.Refunds)
	}
	duties, err := s.Orders.Duties(ctx)
	if err != nil || duties.RefundsDue != 1 {
		t.Errorf("staff are told of %d refunds, %v", duties.RefundsDue, err)
	}
	if err := s.Orders.MarkRefunded(ctx, modelstest.Owner, o.Number, now.Refunds[0].ID); err != nil {
		t.Error(err)
	}
	if err := s.Orders.MarkRefunded(ctx, modelstest.Owner, o.Number, now.Refunds[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("sent twice: %v", err)
	}
	if _, err := s.Orders.MarkPaid(ctx, modelstest.Owner, o.Number); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same money again: %v", err)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind = ?", order.MailCancelled); n != 1 {
		t.Errorf("the buyer is told %d times", n)
	}
}

func TestATransferTooLateGetsItsGoodsWhileTheyAreThere(t *testing.T) {
	t.Parallel()
	s, o := late(t, "transfer")
	if refunded, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number); err != nil || refunded {
		t.Errorf("refunded %v, %v", refunded, err)
	}
	now := look(t, s, o.Number)
	went(t, now, order.AwaitingPayment, order.Expired, order.AwaitingPayment, order.Paid)
	if n := s.Number(t, "SELECT on_hand FROM levels WHERE variant_id = ? AND location_id = (SELECT id FROM locations WHERE code = 'reno')", now.Lines[0].VariantID); n != 0 {
		t.Errorf("%d on hand", n)
	}
}

// While the hold lives the order may be paid, whatever has become of the offer; afterwards it is decided anew.
func TestAHoldOutlivesItsOffer(t *testing.T) {
	t.Parallel()
	soon := strconv.FormatInt(int64(modelstest.Start)+1, 10)
	for name, change := range map[string]string{
		"the listing ended":  "UPDATE listings SET ends_at = " + soon,
		"the market pauses":  "INSERT INTO pauses (market_id, from_at, reason) SELECT id, " + soon + ", 'flood' FROM markets",
		"the price rose":     "UPDATE prices SET amount = amount * 2",
		"an approval lapsed": "INSERT INTO approval_requirements (market_id, category_id, kind) SELECT m.id, c.id, 'new law' FROM markets m, categories c",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			inTime := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
			tooLate := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
			s.Exec(t, change)
			s.Time.Set(inTime.HoldUntil - 1)
			if !inTime.Payable(inTime.HoldUntil-1) || inTime.Payable(inTime.HoldUntil) {
				t.Errorf("payable until another instant than %s", inTime.HoldUntil)
			}
			if err := settle(s, t, inTime, "in time", payment.Captured); err != nil {
				t.Errorf("in the hold's last millisecond: %v", err)
			}
			s.Time.Set(tooLate.HoldUntil)
			err := settle(s, t, tooLate, "too late", payment.Captured)
			if stillSold := name == "the price rose"; (err == nil) != stillSold {
				t.Errorf("at the hold's end: %v", err)
			}
			if got := look(t, s, inTime.Number).Payments[0].Amount; got != inTime.TotalAmount {
				t.Errorf("captured %d of %d", got, inTime.TotalAmount)
			}
		})
	}
}

// Duplicates and parallel news of one payment or refund count once.
func TestMoneyIsBookedOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 2})
	together(20, func(int) {
		if err := settle(s, t, o, "one payment", payment.Captured); err != nil {
			t.Error(err)
		}
	})
	if now := look(t, s, o.Number); now.State != order.Paid || len(now.Payments) != 1 || now.Payments[0].Amount != o.TotalAmount {
		t.Errorf("%s with %d payments", now.State, len(now.Payments))
	}
	var cancelled atomic.Int64
	together(20, func(int) {
		if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err == nil {
			cancelled.Add(1)
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	})
	now := look(t, s, o.Number)
	if cancelled.Load() != 1 || len(now.Refunds) != 1 || now.Refunds[0].Amount != o.TotalAmount || now.Refunds[0].State != "done" {
		t.Errorf("cancelled %d times, refunds %v", cancelled.Load(), now.Refunds)
	}
	buyer := modelstest.Buyer("us")
	buyer.Payment = "transfer"
	o = s.Place(t, "us", buyer, modelstest.Goods{plush: 1})
	var marked atomic.Int64
	together(20, func(int) {
		if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number); err == nil {
			marked.Add(1)
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	})
	if marked.Load() != 1 {
		t.Errorf("marked as paid %d times", marked.Load())
	}
}

func TestNewsOfAnotherWayToPayAreRefused(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
	for name, news := range map[string]order.Settlement{
		"another provider": {Token: o.Token, Provider: "transfer"}, "another order's token": {Token: o.Token + "x", Provider: "sandbox"}, "no token": {Provider: "sandbox"},
	} {
		news.ProviderID, news.Outcome = "x", payment.Captured
		if _, err := s.Orders.Settle(t.Context(), news); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number); !fault.Is(err, fault.Conflict) {
		t.Errorf("a sandbox order marked by staff: %v", err)
	}
	if now := look(t, s, o.Number); now.State != order.AwaitingPayment || len(now.Payments) != 0 {
		t.Errorf("it is %s", now.State)
	}
}

func TestOnlyThoseWhoMayDoItToOrders(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	buyer.Payment = "transfer"
	o := s.Place(t, "us", buyer, modelstest.Goods{plush: 1})
	ctx := t.Context()
	for _, role := range []staff.Role{staff.Viewer, staff.Merchandiser, "", "root"} {
		by := staff.Actor{ID: 1, Name: "Eve", Role: role}
		_, paid := s.Orders.MarkPaid(ctx, by, o.Number)
		for verb, err := range map[string]error{"mark paid": paid, "cancel": s.Orders.Cancel(ctx, by, o.Number, "x"),
			"ship": s.Orders.Ship(ctx, by, o.Number, order.Parcel{Carrier: "x"}), "refund": s.Orders.MarkRefunded(ctx, by, o.Number, 1)} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%q may %s: %v", role, verb, err)
			}
		}
	}
	for _, by := range []staff.Actor{staff.Buyer, staff.Shop, {}} {
		if err := s.Orders.Cancel(ctx, by, o.Number, "x"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%q cancels: %v", by.Name, err)
		}
	}
	if err := s.Orders.Cancel(ctx, modelstest.Owner, o.Number, " \t"); !fault.Is(err, fault.Invalid) {
		t.Errorf("cancelled without a reason: %v", err)
	}
	if err := s.Orders.Ship(ctx, modelstest.Owner, o.Number, order.Parcel{Carrier: " "}); !fault.Is(err, fault.Invalid) {
		t.Errorf("shipped by nobody: %v", err)
	}
	went(t, look(t, s, o.Number), order.AwaitingPayment)
}

// What counts as today's business leaves out what was given up, swept or not.
func TestFiguresLeaveOutWhatWasGivenUp(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	start := s.Time.Now()
	o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
	s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1}))
	figures := func(want int) {
		t.Helper()
		f, err := s.Orders.Since(t.Context(), o.MarketID, start)
		if err != nil || f.Orders != want || f.Revenue != int64(want)*o.TotalAmount {
			t.Errorf("%d orders of %d, %v; want %d", f.Orders, f.Revenue, err, want)
		}
	}
	figures(2)
	s.Time.Set(o.HoldUntil)
	figures(1)
	if err := s.Orders.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	figures(1)
}

func TestAnOrderIsOfItsMarketAndToken(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1})
	missing := func(marketID int64, token string) string {
		t.Helper()
		found, err := s.Orders.ByToken(t.Context(), marketID, token)
		if !fault.Is(err, fault.NotFound) || found.Number != "" {
			t.Errorf("found %q, %v", found.Number, err)
			return ""
		}
		return err.Error()
	}
	if unknown, foreign := missing(o.MarketID, "unknown"), missing(o.MarketID+1, o.Token); unknown != foreign {
		t.Errorf("a foreign order answers %q, an unknown one %q", foreign, unknown)
	}
}

// A cart left over from the test of a market is refused with the instant until the launch, and sold from then on.
func TestAnOldCartWaitsForTheLaunch(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	us, es := s.Store(t, "us"), s.Store(t, "es")
	token := s.Fill(t, us, modelstest.Goods{plush: 2})
	if err := s.Carts.SaveDetails(t.Context(), token, es, modelstest.Buyer("es")); err != nil {
		t.Fatal(err)
	}
	details, _, err := s.Carts.Details(t.Context(), token, es)
	if err != nil {
		t.Fatal(err)
	}
	place := func(total int64) error {
		_, err := s.Orders.Place(t.Context(), order.Placement{CartToken: token, Store: es, Key: details.IdempotencyKey, Total: total})
		return err
	}
	launch := es.Market.LaunchAt
	s.Time.Set(launch - 1)
	if err := place(2*1299 + 450); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a millisecond early: %v", err)
	}
	s.Time.Set(launch)
	view, err := s.Carts.View(t.Context(), token, es, cart.Choice{Region: "M", Delivery: "es-home"})
	if err != nil {
		t.Fatal(err)
	}
	if err := place(view.Totals.Total); err != nil {
		t.Errorf("at the launch: %v", err)
	}
}
