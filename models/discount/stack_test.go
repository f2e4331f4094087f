package discount

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/pricing"
)

// Row 4 of GUARANTEES, with discounts: what the shop takes off any cart in any stacking is what a plain model takes off, shares
// come to it exactly, and nothing falls below zero.
func TestStacksAreThoseOfAPlainModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, goods := basket(t)
		found := drawn(t)
		coupon := int64(rapid.IntRange(0, len(found)).Draw(t, "coupon"))
		fit := slices.DeleteFunc(slices.Clone(found), func(d Discount) bool { return d.hurdle(in, goods).Key != "" })
		totals, taken := stack(in, goods, fit, coupon)
		want, off := plain(in, goods, fit)
		if totals.Total != want {
			t.Fatalf("total %d, the plain model says %d", totals.Total, want)
		}
		var sum, shares int64
		for _, d := range taken {
			sum += d.Off
			if d.Off <= 0 || (!d.Combinable && len(taken) > 1) {
				t.Fatalf("discount %d took %d off among %d", d.ID, d.Off, len(taken))
			}
		}
		for i, l := range in.Lines {
			shares += totals.LineDiscount[i]
			if totals.LineDiscount[i] < 0 || totals.LineDiscount[i] > l.Amount() {
				t.Fatalf("line %d of %d bears %d", i, l.Amount(), totals.LineDiscount[i])
			}
		}
		if rest := totals.Discount - shares; totals.Discount != sum || !slices.Contains(off, sum) || rest < 0 || rest > in.Delivery || totals.Total < 0 {
			t.Fatalf("%d off, discounts come to %d, the model to one of %v; %d of it on delivery of %d; total %d", totals.Discount, sum, off, rest, in.Delivery, totals.Total)
		}
	})
}

func basket(t *rapid.T) (pricing.Input, []Goods) {
	rates := []pricing.Rate{{}, {Name: "a", PPM: 190_000}, {Name: "b", PPM: 72_500}}
	in := pricing.Input{TaxIncluded: rapid.Bool().Draw(t, "included"), Delivery: rapid.Int64Range(0, 2000).Draw(t, "delivery"),
		DeliveryRate: rapid.SampledFrom(rates).Draw(t, "delivery rate")}
	var goods []Goods
	for range rapid.IntRange(0, 6).Draw(t, "lines") {
		in.Lines = append(in.Lines, pricing.Line{Quantity: rapid.IntRange(1, 9).Draw(t, "quantity"), Unit: rapid.Int64Range(0, 20_000).Draw(t, "unit"),
			Rate: rapid.SampledFrom(rates).Draw(t, "rate")})
		product := rapid.Int64Range(1, 5).Draw(t, "product")
		goods = append(goods, Goods{ProductID: product, CategoryID: product % 3})
	}
	return in, goods
}

func drawn(t *rapid.T) []Discount {
	found := make([]Discount, rapid.IntRange(0, 5).Draw(t, "discounts"))
	for i := range found {
		d := Discount{ID: int64(i + 1), Kind: rapid.SampledFrom(Kinds).Draw(t, "kind"), Combinable: rapid.Bool().Draw(t, "combinable"),
			Minimum:  rapid.Int64Range(0, 30_000).Draw(t, "minimum"),
			Products: rapid.SliceOfNDistinct(rapid.Int64Range(1, 5), 0, 2, rapid.ID).Draw(t, "products"), Categories: rapid.SliceOfNDistinct(rapid.Int64Range(0, 2), 0, 1, rapid.ID).Draw(t, "categories")}
		switch d.Kind {
		case PercentOff:
			d.PPM = rapid.Int64Range(1, 1_000_000).Draw(t, "ppm")
		case AmountOff:
			d.Amount = rapid.Int64Range(1, 60_000).Draw(t, "amount")
		case FreeDelivery:
			d.Amount = rapid.Int64Range(0, 1500).Draw(t, "at most")
		}
		found[i] = d
	}
	return found
}

// plain is the lowest total that the rules allow and what may be off it, where stacks come to the same: every set of discounts is tried, and those that may not
// stand together, or leave out one that could stand with them, are left out.
func plain(in pricing.Input, goods []Goods, fit []Discount) (total int64, off []int64) {
	total, off = pricing.Compute(in).Total, []int64{0}
	for set := 1; set < 1<<len(fit); set++ {
		var chosen []Discount
		complete := true
		for i, d := range fit {
			if set>>i&1 == 1 {
				chosen = append(chosen, d)
			} else if d.Combinable {
				complete = false
			}
		}
		alone := len(chosen) == 1 && !chosen[0].Combinable
		together := complete && !slices.ContainsFunc(chosen, func(d Discount) bool { return !d.Combinable })
		if !alone && !together {
			continue
		}
		switch t, o := reduced(in, goods, chosen); {
		case t < total:
			total, off = t, []int64{o}
		case t == total:
			off = append(off, o)
		}
	}
	return total, off
}

// reduced takes discounts off unit of money by unit of money: an amount goes to the lines in proportion, then one by one to
// those with the largest remainders.
func reduced(in pricing.Input, goods []Goods, chosen []Discount) (total, off int64) {
	left := make([]int64, len(in.Lines))
	for i, l := range in.Lines {
		left[i] = int64(l.Quantity) * l.Unit
	}
	delivery := in.Delivery
	for _, kind := range Kinds {
		for _, d := range chosen {
			if d.Kind != kind {
				continue
			}
			if kind == FreeDelivery {
				part := delivery
				if d.Amount > 0 {
					part = min(delivery, d.Amount)
				}
				delivery, off = delivery-part, off+part
				continue
			}
			var sum int64
			for i, g := range goods {
				if d.covers(g) {
					sum += left[i]
				}
			}
			part := min(sum, d.Amount)
			if kind == PercentOff {
				part = (sum*d.PPM + 500_000) / 1_000_000
			}
			off += part
			share(d, goods, left, sum, part)
		}
	}
	in.Delivery, in.Lines = delivery, slices.Clone(in.Lines)
	for i := range in.Lines {
		in.Lines[i].Quantity, in.Lines[i].Unit = 1, left[i]
	}
	return pricing.Compute(in).Total, off
}

func share(d Discount, goods []Goods, left []int64, sum, part int64) {
	if sum == 0 {
		return
	}
	rest, remainders := part, make([]int64, len(left))
	for i, g := range goods {
		remainders[i] = -1
		if d.covers(g) {
			give := part * left[i] / sum
			remainders[i] = part * left[i] % sum
			left[i] -= give
			rest -= give
		}
	}
	for ; rest > 0; rest-- {
		at := slices.Index(remainders, slices.Max(remainders))
		left[at]--
		remainders[at] = -1
	}
}

func TestCodesAreReadHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	for _, row := range [][2]string{
		{"welcome10", "WELCOME10"}, {" Wel-come 10 ", "WELCOME10"}, {"WELCOME\u00a010", "WELCOME10"}, {"ab", ""}, {"", ""}, {"wélcome", ""}, {"a_b_c", ""},
		{"0123456789012345678901234567890", ""}, {"012345678901234567890123456789", "012345678901234567890123456789"},
		{"K7QF-9M2X-4TRW-H3ND", "K7QF9M2X4TRWH3ND"},
	} {
		if got := Normal(row[0]); got != row[1] {
			t.Errorf("%q is read as %q, want %q", row[0], got, row[1])
		}
	}
}

// The rule of docs/discounts.md and its examples.
func TestTheExamplesOfTheDocs(t *testing.T) {
	t.Parallel()
	in := pricing.Input{TaxIncluded: true, Lines: []pricing.Line{{Quantity: 2, Unit: 7999}, {Quantity: 1, Unit: 1499}}, Delivery: 399}
	goods := []Goods{{ProductID: 1, CategoryID: 1}, {ProductID: 2, CategoryID: 2}}
	headphones := Discount{ID: 1, Kind: PercentOff, PPM: 100_000, Minimum: 15_000, Categories: []int64{1}, Combinable: true}
	welcome := Discount{ID: 2, Code: "WELCOME10", Kind: PercentOff, PPM: 100_000, Combinable: true}
	five := Discount{ID: 3, Kind: AmountOff, Amount: 500, Combinable: true}
	freight := Discount{ID: 4, Kind: FreeDelivery, Combinable: true}
	quarter := Discount{ID: 5, Code: "QUARTER", Kind: PercentOff, PPM: 250_000}
	for name, row := range map[string]struct {
		found []Discount
		off   []int64
		total int64
	}{
		"one":                       {[]Discount{headphones}, []int64{1600}, 16_296},
		"two percentages":           {[]Discount{welcome, headphones}, []int64{1600, 1590}, 14_706},
		"all kinds":                 {[]Discount{freight, five, welcome, headphones}, []int64{1600, 1590, 500, 399}, 13_807},
		"alone and cheaper":         {[]Discount{quarter, headphones}, []int64{4374}, 13_522},
		"alone and dearer":          {[]Discount{quarter, freight, five, welcome, headphones, {ID: 6, Kind: AmountOff, Amount: 1000, Combinable: true}}, []int64{1600, 1590, 500, 1000, 399}, 12_807},
		"two that both stand alone": {[]Discount{quarter, {ID: 7, Kind: AmountOff, Amount: 4000}}, []int64{4374}, 13_522},
	} {
		totals, taken := stack(in, goods, row.found, 0)
		var off []int64
		for _, d := range taken {
			off = append(off, d.Off)
		}
		if totals.Total != row.total || !slices.Equal(off, row.off) {
			t.Errorf("%s: %v off, total %d; want %v, %d", name, off, totals.Total, row.off, row.total)
		}
	}
}

func TestBetweenEqualTotalsTheCouponCounts(t *testing.T) {
	t.Parallel()
	in, goods := pricing.Input{Lines: []pricing.Line{{Quantity: 1, Unit: 1000}}}, []Goods{{ProductID: 1}}
	found := []Discount{{ID: 1, Kind: PercentOff, PPM: 100_000}, {ID: 2, Code: "TEN", Kind: PercentOff, PPM: 100_000}}
	for coupon, want := range map[int64]int64{0: 1, 2: 2} {
		if _, taken := stack(in, goods, found, coupon); len(taken) != 1 || taken[0].ID != want {
			t.Errorf("with coupon %d: %v", coupon, taken)
		}
	}
}
