package pricing_test

import (
	"math/rand/v2"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/modelstest"
	"softlaunch/models/money"
	"softlaunch/models/pricing"
)

// country is what of a market a total depends on: its rates of tax, no tax among them, and its prices.
type country struct {
	code     string
	included bool
	rates    []pricing.Rate
	prices   []int64
}

// countries are the markets of the example.
func countries(t *testing.T) (all []country) {
	t.Helper()
	modelstest.New(t).Read(t, func(tx db.Tx) (err error) {
		all, err = db.List(tx, func(c *country) []any { return []any{&c.code, &c.included} }, "SELECT code, tax_included FROM markets ORDER BY id")
		for i := range all {
			c := &all[i]
			if err == nil {
				c.rates, err = db.List(tx, func(r *pricing.Rate) []any { return []any{&r.Name, &r.PPM} },
					"SELECT DISTINCT name, rate_ppm FROM tax_rates WHERE market_id = (SELECT id FROM markets WHERE code = ?)", c.code)
				c.rates = append(c.rates, pricing.Rate{})
			}
			if err == nil {
				c.prices, err = db.List(tx, func(p *int64) []any { return []any{p} },
					"SELECT DISTINCT amount FROM prices WHERE market_id = (SELECT id FROM markets WHERE code = ?)", c.code)
			}
		}
		return err
	})
	return all
}

// cart is a random cart of the country, with up to three discounts and delivery.
func (c country) cart(r *rand.Rand) pricing.Input {
	rate := func() pricing.Rate { return c.rates[r.IntN(len(c.rates))] }
	in := pricing.Input{TaxIncluded: c.included, Delivery: r.Int64N(2500), DeliveryRate: rate()}
	for range 1 + r.IntN(6) {
		in.Lines = append(in.Lines, pricing.Line{Quantity: 1 + r.IntN(9), Unit: c.prices[r.IntN(len(c.prices))] - r.Int64N(100), Rate: rate()})
	}
	for range r.IntN(4) {
		d := pricing.Discount{PPM: r.Int64N(600_000), OnDelivery: r.IntN(3) == 0}
		if r.IntN(2) == 0 {
			d.PPM, d.Amount = 0, r.Int64N(5000)
		}
		in.Discounts = append(in.Discounts, d)
	}
	return in
}

// fault says what does not add up of a cart's totals, and of giving all of it back in random parts.
func fault(in pricing.Input, r *rand.Rand) string {
	t := pricing.Compute(in)
	lines, onLines, tax, total := int64(0), int64(0), int64(0), t.Lines-t.Discount+t.Delivery
	for i, l := range in.Lines {
		lines, onLines = lines+l.Amount(), onLines+t.LineDiscount[i]
	}
	byRate := map[int64]int64{}
	for _, x := range t.Taxes {
		tax += x.Amount
		byRate[x.PPM] += x.Amount
		if off := x.Amount - money.MulDiv(x.Base, x.PPM, 1_000_000); off < -1 || off > 1 {
			return "a tax is not its rate of its base"
		}
	}
	if !in.TaxIncluded {
		total += tax
	}
	if lines != t.Lines || tax != t.Tax || total != t.Total || t.Total < 0 || onLines > t.Discount || t.Discount-onLines > t.Delivery {
		return "the total is not its parts"
	}
	return returned(restOf(in, t), t.Total, byRate, r)
}

// returned gives back what was paid, in random parts, and says what does not come out.
func returned(rest pricing.Rest, paid int64, byRate map[int64]int64, r *rand.Rand) string {
	for part := 0; ; part++ {
		w := pricing.Wanted{Units: make([]int, len(rest.Lines)), Delivery: part == 3 || r.IntN(4) == 0}
		for i, l := range rest.Lines {
			if w.Units[i] = l.Quantity; part < 3 {
				w.Units[i] = r.IntN(l.Quantity + 1)
			}
		}
		c, ok := rest.Credit(w)
		if !ok || c.Total < 0 {
			return "what is left can't be given back"
		}
		paid -= c.Total
		for _, x := range c.Taxes {
			byRate[x.PPM] -= x.Amount
		}
		if rest = after(rest, c); part == 3 {
			break
		}
		if some := rest.Total(); some > 0 && r.IntN(3) == 0 {
			c, ok := rest.Credit(pricing.Wanted{Units: make([]int, len(rest.Lines)), Amount: 1 + r.Int64N(some)})
			if !ok {
				return "an amount that is left can't be given back"
			}
			paid -= c.Total
			for _, x := range c.Taxes {
				byRate[x.PPM] -= x.Amount
			}
			rest = after(rest, c)
		}
	}
	for ppm, left := range byRate {
		if left != 0 && ppm != 0 {
			return "the tax at a rate does not come back"
		}
	}
	if paid != 0 || rest.Total() != 0 {
		return "what comes back is not what was paid"
	}
	return ""
}

// carts looks at so many random carts of each market.
func carts(t *testing.T, all []country, each int) {
	t.Helper()
	for _, c := range all {
		seed := rand.Uint64()
		r := rand.New(rand.NewPCG(seed, 0))
		for i := range each {
			in := c.cart(r)
			if wrong := fault(in, r); wrong != "" {
				t.Fatalf("%s, cart %d of seed %d: %s: %+v", c.code, i, seed, wrong, in)
			}
		}
	}
}

func TestCartsOfEveryMarketAddUpAndComeBack(t *testing.T) {
	t.Parallel()
	carts(t, countries(t), 10_000)
}

// TestTortureCartsOfEveryMarketAddUpAndComeBack looks at 600,000 a round.
func TestTortureCartsOfEveryMarketAddUpAndComeBack(t *testing.T) {
	all, rounds := countries(t), 0
	modelstest.Torture(t, 5, func(t *testing.T) { carts(t, all, 100_000); rounds++ })
	t.Logf("%d carts of %d markets", rounds*100_000*len(all), len(all))
}
