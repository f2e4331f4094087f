package launch

import "testing"

func TestOnlyTestAndOnSaleAreBuyable(t *testing.T) {
	for _, state := range []State{Hidden, Ended, Blocked, Paused, Announced, SoldOut, Code, Test, OnSale} {
		if got := (Offer{State: state, Most: 1}).Buyable(); got != (state == Test || state == OnSale) {
			t.Errorf("%s: %v", state, got)
		}
		if (Offer{State: state}).Buyable() {
			t.Errorf("%s is buyable with nothing to take", state)
		}
	}
}

func TestAProductShowsItsMostBuyableVariant(t *testing.T) {
	of := func(states ...State) []Offer {
		var offers []Offer
		for _, s := range states {
			offers = append(offers, Offer{State: s})
		}
		return offers
	}
	for _, c := range []struct {
		name   string
		offers []Offer
		want   int
	}{
		{"no variants", nil, -1},
		{"one", of(Hidden), 0},
		{"on sale before test", of(Test, OnSale), 1},
		{"test before code", of(Code, Test), 1},
		{"code before announced", of(Announced, Code), 1},
		{"announced before sold out", of(SoldOut, Announced), 1},
		{"sold out before paused", of(Paused, SoldOut), 1},
		{"paused before blocked", of(Blocked, Paused), 1},
		{"blocked before ended", of(Ended, Blocked), 1},
		{"ended before hidden", of(Hidden, Ended), 1},
		{"best in the middle", of(Hidden, Test, SoldOut), 1},
		{"the first of equals", of(SoldOut, Test, Test), 1},
		{"the earliest announced", []Offer{{State: Announced, Next: 30}, {State: Announced, Next: 20}, {State: Announced, Next: 25}}, 1},
		{"a date before none", []Offer{{State: Announced}, {State: Announced, Next: 20}}, 1},
		{"none is not earlier", []Offer{{State: Announced, Next: 20}, {State: Announced}}, 0},
		{"announced without dates", of(Announced, Announced), 0},
	} {
		if got := Best(c.offers); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
