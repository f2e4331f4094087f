package order_test

import (
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/discount"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/pricing"
)

// Row 4 of GUARANTEES, over the shop: whatever is ordered in whichever market with whatever taken off, the order adds up as it
// was shown, and its lines and its delivery, credited one by one, give back exactly what was paid.
func TestDiscountedOrdersAddUpAndAreGivenBackInEveryMarket(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	markets := []string{"us", "uk", "de", "fr", "es", "it"}
	for _, m := range markets {
		for _, form := range []discount.Form{
			{Value: "7.5", Kind: "percent", Categories: []string{"audio", "toys"}, Combinable: true}, {Value: "3.33", Kind: "amount", Minimum: "25", Combinable: true},
			{Value: "1.01", Kind: "delivery", Minimum: "60", Combinable: true}, {Value: "17", Kind: "percent", Minimum: "120"},
			{Code: "THIRD", Value: "33.3333", Kind: "percent", Products: []string{"mi-band", "power-bank-5000"}, Combinable: true},
			{Code: "FREIGHT", Kind: "delivery", Combinable: true}, {Code: "MOST", Value: "99.99", Kind: "percent"}, {Code: "GIFT", Value: "500", Kind: "amount", Combinable: true},
		} {
			s.Discount(t, m, form)
		}
	}
	skus := []string{"MI-BAND-BLACK", "POWER-BANK-5000-SILVER", "POWER-BANK-10500-SILVER", "MI-HEADPHONES-BLACK", "PIP-PLUSH-FOX", "PISTON-IN-EAR-GOLD"}
	rapid.Check(t, func(r *rapid.T) {
		market, goods := rapid.SampledFrom(markets).Draw(r, "market"), modelstest.Goods{}
		most, sold := 5, skus
		if market == "es" || market == "it" { // in test, one of each
			most, sold = 1, skus[:4]
		}
		for _, sku := range rapid.SliceOfNDistinct(rapid.SampledFrom(sold), 1, 4, rapid.ID).Draw(r, "goods") {
			goods[sku] = rapid.IntRange(1, most).Draw(r, "units")
		}
		o := bought(within{t, r}, s, market, rapid.SampledFrom([]string{"", "THIRD", "FREIGHT", "MOST", "GIFT"}).Draw(r, "coupon"), goods)
		var off, onLines int64
		for _, d := range o.Discounts {
			off += d.Amount
		}
		wanted := pricing.Wanted{Units: make([]int, len(o.Lines))}
		for i, l := range o.Lines {
			onLines += l.DiscountAmount
			wanted.Units[i] = l.Quantity
		}
		if off != o.DiscountAmount || onLines > off || off-onLines > o.DeliveryAmount {
			r.Fatalf("%s: %d off, %d of it on lines; the order says %d, delivery is %d", o.Number, off, onLines, o.DiscountAmount, o.DeliveryAmount)
		}
		giveAllBack(r, o)
		if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "to sell it again"); err != nil {
			r.Fatal(err)
		}
	})
}

// bought places an order as its review showed it.
func bought(t within, s *modelstest.Shop, market, coupon string, goods modelstest.Goods) order.Order {
	store, buyer := s.Store(t, market), modelstest.Buyer(market)
	token := s.Fill(t, store, goods)
	if coupon != "" {
		if err := s.Carts.UseCode(t.Context(), token, store, coupon, "shop"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Carts.SaveDetails(t.Context(), token, store, buyer); err != nil {
		t.Fatal(err)
	}
	shown, err := s.Carts.View(t.Context(), token, store, buyer.Choice(store.Market))
	if err != nil {
		t.Fatal(err)
	}
	placed, err := s.Orders.Place(t.Context(), s.Pressed(t, token, store))
	if err != nil || placed.TotalAmount != shown.Totals.Total {
		t.Fatalf("%v: shown %d, placed %d", err, shown.Totals.Total, placed.TotalAmount)
	}
	whole, err := s.Orders.ByNumber(t.Context(), placed.Number)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// giveAllBack credits an order line by line, then its delivery.
func giveAllBack(r *rapid.T, o order.Order) {
	rest := o.Rest()
	var back int64
	for i, l := range o.Lines {
		units := make([]int, len(o.Lines))
		units[i] = l.Quantity
		c, ok := rest.Credit(pricing.Wanted{Units: units})
		if !ok {
			r.Fatalf("%s: line %d can't be credited", o.Number, i)
		}
		back += c.Total
	}
	c, ok := rest.Credit(pricing.Wanted{Units: make([]int, len(o.Lines)), Delivery: true})
	if back += c.Total; !ok || back != o.TotalAmount || rest.Total() != o.TotalAmount {
		r.Fatalf("%s: %d given back of %d", o.Number, back, o.TotalAmount)
	}
}
