package cart_test

import (
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// problem is the line of a SKU's trouble; the line must be there.
func (b basket) problem(t *testing.T, view cart.View, sku string) cart.Problem {
	t.Helper()
	for _, l := range view.Lines {
		if l.Variant.SKU == sku {
			return l.Problem
		}
	}
	t.Errorf("%s is no longer in the cart", sku)
	return cart.Problem{}
}

func TestTotalsOfACart(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "MI-BAND-BLACK", 2))
	must(t, b.add(t, "PIP-PLUSH-FOX", 1))
	view := b.view(t)
	if view.Totals.Lines != 2*1499+1299 || view.Totals.Delivery != 499 || view.Totals.Tax != 0 || view.Totals.Total != 2*1499+1299+499 {
		t.Errorf("totals are %+v", view.Totals)
	}
	if !view.Sound() || len(view.Options) != 2 || view.Delivery.Method.Code != "us-ground" {
		t.Errorf("sound %v, %d options", view.Sound(), len(view.Options))
	}
	choice := cart.Choice{Region: "CA", Delivery: "us-express"}
	view, err := b.Carts.View(t.Context(), b.token, b.store, choice)
	must(t, err)
	if want := int64((2*1499+1299)*72500+500_000) / 1_000_000; view.Totals.Tax != want || view.Totals.Delivery != 1299 {
		t.Errorf("by express to California: %+v", view.Totals)
	}
	choice.Region = "AK"
	if view, err = b.Carts.View(t.Context(), b.token, b.store, choice); err != nil || view.Delivery != nil || len(view.Options) != 1 {
		t.Errorf("by express to Alaska: %v, %v", view.Delivery, err)
	}
	if view.Totals.Delivery != 0 || view.Totals.Total != 2*1499+1299 {
		t.Errorf("without a delivery: %+v", view.Totals)
	}
}

func TestAnEmptyCartCostsNothing(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "de")
	for range 2 {
		view := b.view(t)
		if view.Sound() || view.Totals.Total != 0 || view.Delivery != nil {
			t.Errorf("an empty cart costs %d", view.Totals.Total)
		}
		must(t, b.add(t, "MI-BAND-BLACK", 1))
		must(t, b.set(t, "MI-BAND-BLACK", 0))
	}
}

// Lines that can't be had any more stay, say why, and are left out of the sums.
func TestLinesThatCannotBeHadAreShownAndNotCounted(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	for _, sku := range []string{"MI-BAND-BLACK", "PIP-PLUSH-FOX", "MI-HEADPHONES-BLACK", "PISTON-IN-EAR-GOLD", "SMART-PLUG-WHITE", "BEDSIDE-LAMP-WHITE", "POWER-BANK-5000-SILVER"} {
		must(t, b.add(t, sku, 2))
	}
	of := " AND product_id = (SELECT id FROM products WHERE slug = ?)"
	b.Stock(t, "reno", "PIP-PLUSH-FOX", 0)
	b.Stock(t, "reno", "MI-HEADPHONES-BLACK", 1)
	b.Exec(t, "UPDATE listings SET ends_at = ? WHERE market_id = ?"+of, modelstest.Start, b.store.Market.ID, "piston-in-ear")
	b.Exec(t, "DELETE FROM listings WHERE market_id = ?"+of, b.store.Market.ID, "smart-plug")
	b.Exec(t, "UPDATE approvals SET valid_to = ? WHERE market_id = ? AND kind = 'un383'", modelstest.Start, b.store.Market.ID)
	b.Exec(t, "UPDATE listings SET limit_order = 1 WHERE market_id = ?"+of, b.store.Market.ID, "bedside-lamp")
	for range 2 { // looking removes nothing
		view := b.view(t)
		for sku, want := range map[string]cart.Problem{
			"MI-BAND-BLACK": {}, "PIP-PLUSH-FOX": {Key: "offer.reason.sold_out"}, "MI-HEADPHONES-BLACK": {Key: "cart.problem.left", Count: 1},
			"PISTON-IN-EAR-GOLD": {Key: "offer.reason.ended"}, "SMART-PLUG-WHITE": {Key: "cart.problem.hidden"},
			"POWER-BANK-5000-SILVER": {Key: "offer.reason.blocked"}, "BEDSIDE-LAMP-WHITE": {Key: "offer.limit_order", Count: 1},
		} {
			if got := b.problem(t, view, sku); got.Key != want.Key || got.Count != want.Count || got.Next != want.Next {
				t.Errorf("%s: %+v, want %+v", sku, got, want)
			}
		}
		if view.Totals.Lines != 2*1499 || view.Totals.Total != 2*1499+499 || view.Sound() {
			t.Errorf("totals are %+v, sound %v", view.Totals, view.Sound())
		}
	}
	if count, err := b.Carts.Count(t.Context(), b.token); err != nil || count != 14 {
		t.Errorf("%d units, %v", count, err)
	}
}

func TestWithNothingToBeHadNothingIsDelivered(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "PIP-PLUSH-FOX", 2))
	b.Stock(t, "reno", "PIP-PLUSH-FOX", 0)
	if view := b.view(t); len(view.Lines) != 1 || view.Totals.Total != 0 {
		t.Errorf("%d lines cost %d", len(view.Lines), view.Totals.Total)
	}
}

// A cart belongs to no store; each decides it.
func TestEachStoreDecidesTheCartAnew(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "MI-BAND-BLACK", 2))
	must(t, b.add(t, "MI-BAND-BLUE", 1))
	must(t, b.add(t, "PIP-PLUSH-FOX", 1))
	for path, want := range map[string]struct {
		name            string
		black, blue, fx string
		total           int64
	}{
		"us": {"", "", "", "", 3*1499 + 1299 + 499},
		"uk": {"", "", "", "", 3*1199 + 999 + 299},
		"es": {"", "offer.limit_order", "offer.reason.announced_launch", "offer.reason.announced_launch", 0},
	} {
		here := b
		here.store = b.Store(t, path)
		view := here.view(t)
		got := [3]string{here.problem(t, view, "MI-BAND-BLACK").Key, here.problem(t, view, "MI-BAND-BLUE").Key, here.problem(t, view, "PIP-PLUSH-FOX").Key}
		if got != [3]string{want.black, want.blue, want.fx} || view.Totals.Total != want.total {
			t.Errorf("%s: %v, %d", path, got, view.Totals.Total)
		}
	}
}

// The buyer's own units count once he is known; before that nobody's do.
func TestAKnownBuyersUnitsCount(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "es")
	buyer := modelstest.Buyer("es")
	o := b.Place(t, "es", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	must(t, b.add(t, "MI-BAND-BLACK", 1))
	seen := func(who launch.Keys) (cart.Problem, clock.Instant) {
		t.Helper()
		view, err := b.Carts.View(t.Context(), b.token, b.store, cart.Choice{Buyer: who})
		must(t, err)
		return view.Lines[0].Problem, view.Lines[0].Sale.Offer.Until
	}
	if p, _ := seen(launch.Keys{}); p.Key != "" {
		t.Errorf("a stranger may not: %s", p.Key)
	}
	p, until := seen(buyer.Keys(b.store.Market))
	if p.Key != "offer.limit_buyer" || p.Count != 1 || until != o.HoldUntil {
		t.Errorf("the buyer: %s of %d until %s", p.Key, p.Count, until)
	}
	b.Time.Set(o.HoldUntil - 1)
	if p, _ := seen(buyer.Keys(b.store.Market)); p.Key == "" {
		t.Error("a millisecond before his hold ends he may have more than the cap")
	}
	b.Time.Set(o.HoldUntil)
	if p, _ := seen(buyer.Keys(b.store.Market)); p.Key != "" {
		t.Errorf("when his hold has ended he may not: %s", p.Key)
	}
}

// What the goods are worth after discounts decides whether delivery is free; the place decides the zone.
func TestDeliveryOfACartIsPricedByItsGoodsAndPlace(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "MI-BAND-BLACK", 1))
	view := func(choice cart.Choice) cart.View {
		t.Helper()
		v, err := b.Carts.View(t.Context(), b.token, b.store, choice)
		must(t, err)
		return v
	}
	if got := view(cart.Choice{Region: "AK", PostalCode: "99501"}).Totals.Delivery; got != 999 {
		t.Errorf("to Alaska: %d", got)
	}
	must(t, b.add(t, "MI-HEADPHONES-BLACK", 2))
	if got := view(cart.Choice{Region: "CA"}); got.Totals.Delivery != 0 || got.Delivery.Method.Code != "us-ground" {
		t.Errorf("worth %d: %d by %s", got.Totals.Lines, got.Totals.Delivery, got.Delivery.Method.Code)
	}
}
