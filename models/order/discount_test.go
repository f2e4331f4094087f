package order_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"softlaunch/models/cart"
	"softlaunch/models/discount"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// couponed is a cart with goods and a typed coupon, ready for its order button.
func couponed(t *testing.T, s *modelstest.Shop, path, code string, buyer cart.Details, goods modelstest.Goods) order.Placement {
	t.Helper()
	ctx, store := context.Background(), s.Store(t, path)
	token := s.Fill(t, store, goods)
	if err := s.Carts.UseCode(ctx, token, store, code, "shop"); err != nil {
		t.Fatal(err)
	}
	if err := s.Carts.SaveDetails(ctx, token, store, buyer); err != nil {
		t.Fatal(err)
	}
	return s.Pressed(t, token, store)
}

// given is how many uses of discounts count.
func given(t *testing.T, s *modelstest.Shop) int64 {
	t.Helper()
	return s.Number(t, "SELECT COUNT(*) FROM discount_uses WHERE ended_at IS NULL")
}

// refusedWith fails the test unless an error is a Conflict of a message.
func refusedWith(t *testing.T, err error, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict || f.Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

var plushes = modelstest.Goods{plush: 2}

func TestAnOrderKeepsItsDiscounts(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "ten"})
	s.Discount(t, "us", discount.Form{Kind: "delivery", Minimum: "20", Combinable: true})
	id := s.Discount(t, "us", discount.Form{Code: "TWO-OFF", Kind: "amount", Value: "2", Combinable: true})
	o, err := s.Orders.Place(t.Context(), couponed(t, s, "us", "two off", modelstest.Buyer("us"), plushes))
	if err != nil {
		t.Fatal(err)
	}
	s.Exec(t, "UPDATE discounts SET kind = 'percent', ppm = 1, amount = 0, code = 'OTHER' WHERE id = ?", id)
	s.Exec(t, "UPDATE discount_texts SET name = 'other'")
	kept := look(t, s, o.Number)
	if len(kept.Discounts) != 2 || kept.Discounts[0].Code != "TWOOFF" || kept.Discounts[0].Amount != 200 || kept.Discounts[0].Name != "Thanks" || kept.Discounts[1].Amount != 499 {
		t.Errorf("kept %+v", kept.Discounts)
	}
	if kept.DiscountAmount != 699 || kept.Lines[0].DiscountAmount != 200 || kept.TotalAmount != 2*1299-200+kept.TaxAmount {
		t.Errorf("off %d, %d of it on the line, total %d", kept.DiscountAmount, kept.Lines[0].DiscountAmount, kept.TotalAmount)
	}
}

func TestACouponForOneUseIsUsedOnceByAHundredBuyersAtOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	placements := make([]order.Placement, 100)
	for i := range placements {
		placements[i] = couponed(t, s, "us", "once", modelstest.Buyer("us"), plushes)
	}
	errs := make([]error, len(placements))
	together(len(placements), func(i int) { _, errs[i] = s.Orders.Place(context.Background(), placements[i]) })
	placed := 0
	for _, err := range errs {
		if err == nil {
			placed++
		} else {
			refusedWith(t, err, "coupon.used_up")
		}
	}
	if placed != 1 || given(t, s) != 1 {
		t.Errorf("%d orders, %d uses", placed, given(t, s))
	}
}

func TestALimitForEachBuyerCountsAddressesAndMailboxes(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "EACH", UsesBuyer: "1"})
	first := modelstest.Buyer("us")
	waiting := couponed(t, s, "us", "each", first, plushes)
	if _, err := s.Orders.Place(t.Context(), couponed(t, s, "us", "each", first, plushes)); err != nil {
		t.Fatal(err)
	}
	_, err := s.Orders.Place(t.Context(), waiting)
	refusedWith(t, err, "coupon.used_by_buyer")
	mailbox, door := modelstest.Buyer("us"), modelstest.Buyer("us")
	mailbox.Email, door.Line1 = first.Email, first.Line1
	for name, buyer := range map[string]cart.Details{"the mailbox": mailbox, "the address": door} {
		p := couponed(t, s, "us", "each", buyer, plushes)
		if p.Total <= 2*1299 {
			t.Errorf("%s pays %d", name, p.Total)
		}
	}
	stranger := couponed(t, s, "us", "each", modelstest.Buyer("us"), plushes)
	if _, err := s.Orders.Place(t.Context(), stranger); err != nil {
		t.Error(err)
	}
}

// A use comes back when its order ends, and is taken again when that order is paid late, if nobody else has it.
func TestUsesEndAndReviveWithTheirOrders(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	place := func() order.Order {
		t.Helper()
		o, err := s.Orders.Place(t.Context(), couponed(t, s, "us", "once", modelstest.Buyer("us"), plushes))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	first := place()
	s.Time.Set(first.HoldUntil - 1)
	token := s.Fill(t, s.Store(t, "us"), plushes)
	err := s.Carts.UseCode(t.Context(), token, s.Store(t, "us"), "once", "shop")
	if f := (*fault.Error)(nil); !errors.As(err, &f) || f.Fields["code"] != "coupon.used_up" {
		t.Errorf("while it is held: %v", err)
	}
	s.Time.Set(first.HoldUntil) // free from this instant on, swept or not
	second := place()
	if n := given(t, s); n != 1 {
		t.Errorf("%d uses", n)
	}
	refusedWith(t, settle(s, t, first, "late", "captured"), "coupon.used_up")
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, second.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if n := given(t, s); n != 0 {
		t.Errorf("%d uses after all orders ended", n)
	}
	if err := settle(s, t, first, "later", "captured"); err != nil || given(t, s) != 1 {
		t.Errorf("revived: %v, %d uses", err, given(t, s))
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, first.Number, "damaged"); err != nil || given(t, s) != 0 {
		t.Errorf("cancelled after payment: %v, %d uses", err, given(t, s))
	}
}

// A transfer arrives for an order whose coupon somebody else has used meanwhile: its money goes back and nothing stays held.
func TestATransferThatComesAfterItsCouponIsGoneHoldsNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	byTransfer := modelstest.Buyer("us")
	byTransfer.Payment = "transfer"
	late, err := s.Orders.Place(t.Context(), couponed(t, s, "us", "once", byTransfer, plushes))
	if err != nil {
		t.Fatal(err)
	}
	s.Time.Set(late.HoldUntil)
	if _, err := s.Orders.Place(t.Context(), couponed(t, s, "us", "once", modelstest.Buyer("us"), plushes)); err != nil {
		t.Fatal(err)
	}
	refunded, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, late.Number)
	if err != nil || !refunded {
		t.Errorf("refunded %t, %v", refunded, err)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM holds WHERE ended IS NULL AND order_id = ?", late.ID); n != 0 {
		t.Errorf("%d holds of a cancelled order", n)
	}
}

// The money of a transfer was on its way when its order was cancelled: it is booked and goes back, once.
func TestATransferForACancelledOrderGoesBack(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	buyer.Payment = "transfer"
	o := s.Place(t, "us", buyer, plushes)
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	refunded, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number)
	if err != nil || !refunded {
		t.Errorf("refunded %t, %v", refunded, err)
	}
	if back := s.Number(t, "SELECT SUM(amount) FROM refunds WHERE state = 'due'"); back != o.TotalAmount {
		t.Errorf("%d goes back of %d", back, o.TotalAmount)
	}
	if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number); !fault.Is(err, fault.Conflict) {
		t.Errorf("it arrives twice: %v", err)
	}
}

// Each cancelled order mails whoever's address was typed: a few an hour.
func TestUnpaidOrdersAreCancelledAFewTimesAnHour(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	var last error
	for range 6 {
		o := s.Place(t, "us", buyer, plushes)
		last = s.Orders.CancelOwn(t.Context(), o.MarketID, o.Token)
	}
	if !fault.Is(last, fault.TooMany) {
		t.Errorf("the sixth: %v", last)
	}
}

// Two taxes of one rate with two names are credited as one, whatever goes back.
func TestTaxesOfOneRateAreCreditedTogether(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "DELETE FROM tax_rates WHERE tax_class = 'delivery' AND market_id = (SELECT id FROM markets WHERE code = 'de')")
	s.Exec(t, `INSERT INTO tax_rates (market_id, tax_class, name, rate_ppm) SELECT id, 'delivery', 'A tax on delivery', 190000 FROM markets WHERE code = 'de'`)
	o := s.Place(t, "de", modelstest.Buyer("de"), plushes)
	s.Pay(t, o)
	if len(o.Taxes) != 2 {
		t.Fatalf("taxes %v", o.Taxes)
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Error(err)
	}
}

// Nobody is kept out by his own hold: an order of the same cart that waits for payment makes room for a new one with the
// same coupon, whatever goods it has.
func TestABuyersOwnUnpaidOrderGivesTheCouponBack(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	us, buyer := s.Store(t, "us"), modelstest.Buyer("us")
	p := couponed(t, s, "us", "once", buyer, plushes)
	before, err := s.Orders.Place(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{s.Carts.Add(t.Context(), p.CartToken, us, "MI-BAND-BLACK", 1), s.Carts.UseCode(t.Context(), p.CartToken, us, "once", "shop"),
		s.Carts.SaveDetails(t.Context(), p.CartToken, us, buyer)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	after, err := s.Orders.Place(t.Context(), s.Pressed(t, p.CartToken, us))
	if err != nil || after.DiscountAmount != 150 || look(t, s, before.Number).State != order.Cancelled || given(t, s) != 1 {
		t.Errorf("%v, %d off, before is %s, %d uses", err, after.DiscountAmount, look(t, s, before.Number).State, given(t, s))
	}
}

func TestADiscountBeginsAndEndsAtItsInstants(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "de", discount.Form{Begins: market.Moment{Local: "2026-11-27T00:00"}, Ends: market.Moment{Local: "2026-11-27T00:00:01.500"}})
	token := s.Fill(t, s.Store(t, "de"), plushes)
	begins := modelstest.At("2026-11-26T23:00:00Z")
	for _, moment := range []struct {
		after time.Duration
		off   int64
	}{{-time.Millisecond, 0}, {0, 260}, {1499 * time.Millisecond, 260}, {1500 * time.Millisecond, 0}} {
		s.Time.Set(begins.Add(moment.after))
		view, err := s.Carts.View(t.Context(), token, s.Store(t, "de"), cart.Choice{})
		if err != nil || view.Totals.Discount != moment.off {
			t.Errorf("%v after: %d off, %v", moment.after, view.Totals.Discount, err)
		}
	}
}

// An automatic discount that ends between review and order button changes the total, which the buyer is asked about.
func TestADiscountThatEndsBeforeTheButtonIsNotGiven(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	id := s.Discount(t, "us", discount.Form{})
	p := s.Ready(t, "us", modelstest.Buyer("us"), plushes)
	if err := s.Discounts.End(t.Context(), modelstest.Owner, id); err != nil {
		t.Fatal(err)
	}
	_, err := s.Orders.Place(t.Context(), p)
	refusedWith(t, err, "fault.total_changed")
}

// All of it off: the order costs nothing, is paid with that, whichever way it would be, and lives like others.
func TestAnOrderMayCostNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "de", discount.Form{Code: "GIFT", Kind: "amount", Value: "1000", Combinable: true})
	s.Discount(t, "de", discount.Form{Kind: "delivery", Combinable: true})
	o, err := s.Orders.Place(t.Context(), couponed(t, s, "de", "gift", modelstest.Buyer("de"), plushes))
	if err != nil || o.TotalAmount != 0 || o.TaxAmount != 0 || o.State != order.Paid {
		t.Fatalf("%v, total %d, tax %d, %s", err, o.TotalAmount, o.TaxAmount, o.State)
	}
	if next, err := s.Orders.Start(t.Context(), o); next != "" || err != nil {
		t.Errorf("it is to be paid at %q, %v", next, err)
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Error(err)
	}
}

// A coupon belongs to a market; in another the cart carries none.
func TestACouponCountsInItsMarketOnly(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Discount(t, "us", discount.Form{Code: "TEN"})
	s.Discount(t, "de", discount.Form{Code: "TEN", Kind: "amount", Value: "3"})
	token := rand.Text()
	if err := s.Carts.UseCode(t.Context(), token, s.Store(t, "us"), "ten", "shop"); err != nil {
		t.Fatal(err)
	}
	if err := s.Carts.Add(t.Context(), token, s.Store(t, "us"), plush, 1); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		off  int64
		code string
	}{"us": {130, "TEN"}, "de": {0, ""}, "fr": {0, ""}} {
		view, err := s.Carts.View(t.Context(), token, s.Store(t, path), cart.Choice{})
		if err != nil || view.Totals.Discount != want.off || view.Discount.Coupon.Code != want.code {
			t.Errorf("%s: %d off, coupon %q, %v", path, view.Totals.Discount, view.Discount.Coupon.Code, err)
		}
	}
	err := s.Carts.UseCode(t.Context(), token, s.Store(t, "fr"), "ten", "shop")
	if f := (*fault.Error)(nil); !errors.As(err, &f) || f.Fields["code"] != "code.refused" {
		t.Errorf("in France: %v", err)
	}
}
