package order_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

func TestAnOrderKeepsWhatWasSold(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("de")
	placed := s.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 2, "POWER-BANK-5000-SILVER": 1})
	o, err := s.Orders.ByToken(context.Background(), placed.MarketID, placed.Token)
	if err != nil {
		t.Fatal(err)
	}
	if o.Number != "DE-10001" || o.State != order.AwaitingPayment || o.TotalAmount != 2*1499+999+399 {
		t.Errorf("order %s is %s and costs %d", o.Number, o.State, o.TotalAmount)
	}
	if o.TaxAmount != 702 { // 43.96 € with 19 %: 7.0187
		t.Errorf("tax is %d", o.TaxAmount)
	}
	if len(o.Lines) != 2 || len(o.Taxes) != 1 || len(o.Events) != 1 {
		t.Errorf("%d lines, %d taxes, %d events", len(o.Lines), len(o.Taxes), len(o.Events))
	}
	if o.ArrivesFrom != "2026-11-24" || o.ArrivesTo != "2026-11-25" {
		t.Errorf("arrives %s to %s", o.ArrivesFrom, o.ArrivesTo)
	}
}

func TestSentTwiceItIsOneOrder(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	p := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	var wg sync.WaitGroup
	numbers := make([]string, 50)
	for i := range numbers {
		wg.Go(func() {
			placed, err := s.Orders.Place(context.Background(), p)
			if err != nil {
				t.Error(err)
			}
			numbers[i] = placed.Number
		})
	}
	wg.Wait()
	for _, n := range numbers {
		if n != "US-10001" {
			t.Errorf("a send answered %q", n)
		}
	}
	other := p
	other.Total++
	if _, err := s.Orders.Place(context.Background(), other); !fault.Is(err, fault.Conflict) {
		t.Errorf("the key with another total: %v", err)
	}
}

func TestPlaceRefusesWhatTheBuyerDidNotSee(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := context.Background()
	p := s.Ready(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
	wrong := p
	wrong.Total = 1
	if _, err := s.Orders.Place(ctx, wrong); key(err) != "fault.total_changed" {
		t.Errorf("another total: %v", err)
	}
	s.Time.Set(modelstest.At("2026-11-01T22:59:59.999Z"))
	if _, err := s.Orders.Place(ctx, p); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a millisecond before the test: %v", err)
	}
	s.Time.Set(modelstest.At("2026-11-01T23:00:00Z"))
	if _, err := s.Orders.Place(ctx, p); err != nil {
		t.Errorf("at the test's instant: %v", err)
	}
}

func TestLimitsCountAcrossOrders(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := context.Background()
	buyer := modelstest.Buyer("es")
	s.Pay(t, s.Place(t, "es", buyer, modelstest.Goods{"MI-BAND-BLACK": 1}))

	sameMail := modelstest.Buyer("es")
	sameMail.Email = "  " + plus(buyer.Email)
	if _, err := s.Orders.Place(ctx, s.Ready(t, "es", sameMail, modelstest.Goods{"MI-BAND-BLACK": 1})); key(err) != "offer.limit_buyer" {
		t.Errorf("the same mailbox: %v", err)
	}
	sameAddress := modelstest.Buyer("es")
	sameAddress.Line1 = "  " + buyer.Line1 + ","
	if _, err := s.Orders.Place(ctx, s.Ready(t, "es", sameAddress, modelstest.Goods{"MI-BAND-BLACK": 1})); key(err) != "offer.limit_buyer" {
		t.Errorf("the same address: %v", err)
	}
	if _, err := s.Orders.Place(ctx, s.Ready(t, "es", buyer, modelstest.Goods{"POWER-BANK-5000-SILVER": 1})); err != nil {
		t.Errorf("another product: %v", err)
	}
}

func TestAtMostTwoUnpaidOrders(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	for range order.MaxUnpaid {
		s.Place(t, "us", buyer, modelstest.Goods{"PIP-PLUSH-FOX": 1})
	}
	third := s.Ready(t, "us", buyer, modelstest.Goods{"PIP-PLUSH-FOX": 1})
	if _, err := s.Orders.Place(context.Background(), third); key(err) != "fault.unpaid_orders" {
		t.Errorf("a third unpaid order: %v", err)
	}
	s.Time.Advance(15 * time.Minute)
	if _, err := s.Orders.Place(context.Background(), third); err != nil {
		t.Errorf("after the holds ran out: %v", err)
	}
}

func TestAHoldEndsAtItsInstant(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := context.Background()
	store := s.Store(t, "es")
	left := func() int {
		item, err := s.Gate.Item(ctx, store, "mi-headphones")
		if err != nil {
			t.Fatal(err)
		}
		return item.Sale().Offer.Left
	}
	o := s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	if got := left(); got != 49 {
		t.Errorf("%d left with a hold", got)
	}
	s.Time.Set(o.HoldUntil - 1)
	if got := left(); got != 49 {
		t.Errorf("%d left a millisecond before the end", got)
	}
	s.Time.Set(o.HoldUntil)
	if got := left(); got != 50 {
		t.Errorf("%d left at the end, unswept", got)
	}
	if err := s.Orders.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if got := left(); got != 50 {
		t.Errorf("%d left at the end, swept", got)
	}
	late := s.Pay(t, o)
	if late.State != order.Paid || left() != 49 {
		t.Errorf("paid after the end: %s, %d left", late.State, left())
	}
}

func TestADeclinedPaymentLeavesTheOrderPayable(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	for i, outcome := range []payment.Outcome{payment.Declined, payment.Cancelled} {
		got, err := s.Orders.Settle(context.Background(), order.Settlement{Token: o.Token, Provider: "sandbox", ProviderID: "try" + strconv.Itoa(i), Outcome: outcome})
		if err != nil || got.State != order.AwaitingPayment {
			t.Errorf("%s: %s, %v", outcome, got.State, err)
		}
	}
	if paid := s.Pay(t, o); paid.State != order.Paid {
		t.Errorf("order is %s", paid.State)
	}
	s.Pay(t, o)
	whole, err := s.Orders.ByNumber(context.Background(), o.Number)
	if err != nil || len(whole.Payments) != 3 {
		t.Errorf("%d payments, %v", len(whole.Payments), err)
	}
}

func TestSoldToTheLastUnitAndNoFurther(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	const buyers, units = 120, 50 // Spain's wave has 50 headphones
	placements := make([]order.Placement, buyers)
	for i := range placements {
		placements[i] = s.Ready(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	}
	var wg sync.WaitGroup
	results := make([]error, buyers)
	for i, p := range placements {
		wg.Go(func() { _, results[i] = s.Orders.Place(context.Background(), p) })
	}
	wg.Wait()
	sold := 0
	for _, err := range results {
		switch {
		case err == nil:
			sold++
		case !fault.Is(err, fault.NotOpen):
			t.Errorf("a refusal: %v", err)
		}
	}
	if sold != units {
		t.Errorf("%d sold of %d", sold, units)
	}
	item, err := s.Gate.Item(context.Background(), s.Store(t, "es"), "mi-headphones")
	if err != nil || item.Sales[0].Offer.State != launch.SoldOut {
		t.Errorf("offer is %s, %v", item.Sales[0].Offer.State, err)
	}
}

func key(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

// plus is another spelling of the same mailbox.
func plus(email string) string {
	for i, r := range email {
		if r == '@' {
			return "B" + email[1:i] + "+again" + email[i:]
		}
	}
	return email
}
