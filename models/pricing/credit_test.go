package pricing_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/pricing"
)

// restOf is what can be credited of an order that was just sold.
func restOf(in pricing.Input, t pricing.Totals) pricing.Rest {
	r := pricing.Rest{TaxIncluded: in.TaxIncluded, Delivery: pricing.Part{Net: t.Delivery - t.Discount, Tax: t.Tax, Rate: in.DeliveryRate}}
	for i, l := range in.Lines {
		r.Lines = append(r.Lines, pricing.Part{Quantity: l.Quantity, Unit: l.Unit, Net: l.Amount() - t.LineDiscount[i], Tax: t.LineTax[i], Rate: l.Rate})
		r.Delivery.Net += t.LineDiscount[i]
		r.Delivery.Tax -= t.LineTax[i]
	}
	return r
}

// after is what is left when a credit was given.
func after(r pricing.Rest, c pricing.Credit) pricing.Rest {
	r.Lines = slices.Clone(r.Lines)
	tax := c.Tax
	for i := range r.Lines {
		for _, s := range []pricing.Share{c.Units[i], c.Reductions[i]} {
			r.Lines[i].Quantity -= s.Quantity
			r.Lines[i].Net -= s.Amount - s.Discount
			r.Lines[i].Tax -= s.Tax
			tax -= s.Tax
		}
	}
	r.Delivery.Net -= c.Delivery
	r.Delivery.Tax -= tax
	return r
}

func anyInput(r *rapid.T) pricing.Input {
	rates := []pricing.Rate{{Name: "VAT", PPM: 190_000}, {Name: "VAT", PPM: 70_000}, {Name: "Sales tax", PPM: 72_500}, {}}
	rate := func() pricing.Rate { return rapid.SampledFrom(rates).Draw(r, "rate") }
	in := pricing.Input{TaxIncluded: rapid.Bool().Draw(r, "included"), Delivery: rapid.Int64Range(0, 2000).Draw(r, "delivery"), DeliveryRate: rate()}
	for range rapid.IntRange(1, 5).Draw(r, "lines") {
		in.Lines = append(in.Lines, pricing.Line{Quantity: rapid.IntRange(1, 7).Draw(r, "units"), Unit: rapid.Int64Range(0, 20_000).Draw(r, "price"), Rate: rate()})
	}
	for range rapid.IntRange(0, 2).Draw(r, "discounts") {
		d := pricing.Discount{OnDelivery: rapid.Bool().Draw(r, "on delivery"), PPM: rapid.Int64Range(0, 1_000_000).Draw(r, "ppm")}
		if d.PPM%2 == 0 {
			d.PPM, d.Amount = 0, rapid.Int64Range(0, 5000).Draw(r, "off")
		}
		in.Discounts = append(in.Discounts, d)
	}
	return in
}

// Whatever is credited in whatever order, nothing becomes negative, and when all is credited it is what was paid: in all and
// at each rate.
func TestCreditsGiveBackExactlyWhatWasPaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		in := anyInput(r)
		sold := pricing.Compute(in)
		rest := restOf(in, sold)
		if rest.Total() != sold.Total {
			r.Fatalf("%d can be credited of %d", rest.Total(), sold.Total)
		}
		var total, tax int64
		byRate := map[pricing.Rate][2]int64{}
		give := func(w pricing.Wanted) {
			c, ok := rest.Credit(w)
			if !ok {
				r.Fatalf("%+v was refused of %+v", w, rest)
			}
			if w.Amount > 0 && !w.Delivery && !slices.ContainsFunc(w.Units, func(n int) bool { return n > 0 }) && c.Total != w.Amount {
				r.Fatalf("%d credited in place of %d", c.Total, w.Amount)
			}
			before := rest.Total()
			if rest = after(rest, c); rest.Total() != before-c.Total {
				r.Fatalf("%d left of %d after %d", rest.Total(), before, c.Total)
			}
			total, tax = total+c.Total, tax+c.Tax
			for _, t := range c.Taxes {
				sum := byRate[t.Rate]
				byRate[t.Rate] = [2]int64{sum[0] + t.Base, sum[1] + t.Amount}
			}
			for _, p := range append(slices.Clone(rest.Lines), rest.Delivery) {
				if p.Net < 0 || p.Tax < 0 || p.Quantity < 0 {
					r.Fatalf("%+v is left", p)
				}
			}
		}
		units := func(draw func(left int) int) []int {
			all := make([]int, len(rest.Lines))
			for i, p := range rest.Lines {
				all[i] = draw(p.Quantity)
			}
			return all
		}
		for range rapid.IntRange(0, 6).Draw(r, "credits") {
			w := pricing.Wanted{Units: units(func(left int) int { return rapid.IntRange(0, left).Draw(r, "units") })}
			switch rapid.IntRange(0, 3).Draw(r, "what else") {
			case 0:
				w.Delivery = true
			case 1:
				w = pricing.Wanted{Amount: rapid.Int64Range(0, rest.Total()).Draw(r, "amount")}
			}
			give(w)
		}
		give(pricing.Wanted{Units: units(func(left int) int { return left }), Delivery: true})
		if total != sold.Total || tax != sold.Tax || rest.Total() != 0 {
			r.Fatalf("%d with %d tax credited of %d with %d, %d left", total, tax, sold.Total, sold.Tax, rest.Total())
		}
		for _, t := range sold.Taxes {
			if got := byRate[t.Rate]; got != [2]int64{t.Base, t.Amount} {
				r.Fatalf("at %d ppm %v credited of %d and %d", t.PPM, got, t.Base, t.Amount)
			}
		}
	})
}

func TestNoMoreIsCreditedThanIsLeft(t *testing.T) {
	t.Parallel()
	rest := pricing.Rest{TaxIncluded: true, Lines: []pricing.Part{{Quantity: 2, Unit: 500, Net: 1000, Tax: 160, Rate: pricing.Rate{Name: "VAT", PPM: 190_000}}},
		Delivery: pricing.Part{Net: 300}}
	for name, row := range map[string]struct {
		wanted pricing.Wanted
		total  int64
		ok     bool
	}{
		"nothing":                 {pricing.Wanted{Units: []int{0}}, 0, true},
		"one":                     {pricing.Wanted{Units: []int{1}}, 500, true},
		"all":                     {pricing.Wanted{Units: []int{2}, Delivery: true}, 1300, true},
		"one and all of the rest": {pricing.Wanted{Units: []int{1}, Amount: 800}, 1300, true},
		"three":                   {pricing.Wanted{Units: []int{3}}, 0, false},
		"less than none":          {pricing.Wanted{Units: []int{-1}}, 0, false},
		"an amount too much":      {pricing.Wanted{Units: []int{1}, Amount: 801}, 0, false},
		"an amount below none":    {pricing.Wanted{Amount: -1}, 0, false},
	} {
		if c, ok := rest.Credit(row.wanted); ok != row.ok || c.Total != row.total {
			t.Errorf("%s: %d, %v", name, c.Total, ok)
		}
	}
}
