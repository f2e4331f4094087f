package pricing

import (
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/money"
)

func TestComputeKnowsItsCountries(t *testing.T) {
	t.Parallel()
	german, californian := Rate{"MwSt.", 190000}, Rate{"CA sales tax", 72500}
	for name, row := range map[string]struct {
		in    Input
		total int64
		tax   int64
	}{
		"a band in Germany":      {Input{TaxIncluded: true, Lines: []Line{{1, 1499, german}}, Delivery: 399, DeliveryRate: german}, 1898, 303},
		"a band in California":   {Input{Lines: []Line{{1, 1499, californian}}, Delivery: 499}, 1499 + 499 + 109, 109},
		"a band in Oregon":       {Input{Lines: []Line{{1, 1499, Rate{}}}, Delivery: 499}, 1998, 0},
		"halves go up":           {Input{Lines: []Line{{1, 50, Rate{"x", 10000}}}}, 51, 1},
		"nothing":                {Input{TaxIncluded: true}, 0, 0},
		"a tenth off the band":   {Input{TaxIncluded: true, Lines: []Line{{1, 1499, german}}, Discounts: []Discount{{PPM: 100_000}}, Delivery: 399, DeliveryRate: german}, 1748, 279},
		"delivery for nothing":   {Input{Lines: []Line{{1, 1499, californian}}, Discounts: []Discount{{PPM: 1_000_000, OnDelivery: true}}, Delivery: 499}, 1499 + 109, 109},
		"more off than is there": {Input{TaxIncluded: true, Lines: []Line{{1, 1499, german}}, Discounts: []Discount{{Amount: 2000}}, Delivery: 399, DeliveryRate: german}, 399, 64},
		"one after the other":    {Input{Lines: []Line{{1, 1000, Rate{}}, {1, 1000, Rate{}}}, Discounts: []Discount{{PPM: 500_000, Lines: []int{1}}, {PPM: 100_000}}}, 1350, 0},
	} {
		if got := Compute(row.in); got.Total != row.total || got.Tax != row.tax {
			t.Errorf("%s: total %d, tax %d", name, got.Total, got.Tax)
		}
	}
}

// Row 4 of GUARANTEES: everything adds up, whichever way it is read.
func TestTotalsAddUp(t *testing.T) {
	t.Parallel()
	rates := []Rate{{}, {"a", 190000}, {"b", 70000}, {"c", 72500}, {"d", 40000}}
	line := rapid.Custom(func(t *rapid.T) Line {
		return Line{rapid.IntRange(1, 9999).Draw(t, "quantity"), rapid.Int64Range(0, 1e9).Draw(t, "unit"), rapid.SampledFrom(rates).Draw(t, "rate")}
	})
	rapid.Check(t, func(t *rapid.T) {
		goods := rapid.SliceOfN(line, 0, 12).Draw(t, "lines")
		in := Input{TaxIncluded: rapid.Bool().Draw(t, "included"), Lines: goods, Discounts: discounts(t, len(goods)),
			Delivery: rapid.Int64Range(0, 1e5).Draw(t, "delivery"), DeliveryRate: rapid.SampledFrom(rates).Draw(t, "delivery rate")}
		got := Compute(in)
		var lines, taxes, bases, lineTax int64
		for i, l := range in.Lines {
			lines += l.Amount()
			lineTax += got.LineTax[i]
			if got.LineTax[i] < 0 || (l.Rate.PPM == 0 && got.LineTax[i] != 0) {
				t.Fatalf("line %d bears tax of %d", i, got.LineTax[i])
			}
		}
		for _, tax := range got.Taxes {
			taxes += tax.Amount
			bases += tax.Base
			want := money.MulDiv(tax.Base, tax.PPM, 1_000_000)
			if off := tax.Amount - want; off < -1 || off > 1 {
				t.Fatalf("tax of %d on %d at %d", tax.Amount, tax.Base, tax.PPM)
			}
		}
		var taken, onLines int64
		for i := range in.Discounts {
			taken += got.Taken[i]
		}
		for i, l := range in.Lines {
			onLines += got.LineDiscount[i]
			if got.LineDiscount[i] < 0 || got.LineDiscount[i] > l.Amount() {
				t.Fatalf("a discount of %d on a line of %d", got.LineDiscount[i], l.Amount())
			}
		}
		if taken != got.Discount || onLines > taken || taken-onLines > in.Delivery {
			t.Fatalf("discounts of %d, %d of them on lines, delivery is %d", taken, onLines, in.Delivery)
		}
		total := lines - taken + in.Delivery
		if !in.TaxIncluded {
			total += taxes
		}
		if got.Lines != lines || got.Tax != taxes || got.Total != total || lineTax > taxes {
			t.Fatalf("%+v does not add up", got)
		}
		if in.TaxIncluded && bases+taxes > total {
			t.Fatalf("bases of %d and taxes of %d exceed %d", bases, taxes, total)
		}
	})
}

func discounts(t *rapid.T, lines int) []Discount {
	one := rapid.Custom(func(t *rapid.T) Discount {
		d := Discount{PPM: rapid.Int64Range(0, 1_000_000).Draw(t, "ppm"), Amount: rapid.Int64Range(0, 1e9).Draw(t, "amount"), OnDelivery: rapid.Bool().Draw(t, "delivery")}
		for i := range lines {
			if rapid.Bool().Draw(t, "eligible") {
				d.Lines = append(d.Lines, i)
			}
		}
		return d
	})
	return rapid.SliceOfN(one, 0, 4).Draw(t, "discounts")
}
