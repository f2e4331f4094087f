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
		"a band in Germany":    {Input{TaxIncluded: true, Lines: []Line{{1, 1499, german}}, Delivery: 399, DeliveryRate: german}, 1898, 303},
		"a band in California": {Input{Lines: []Line{{1, 1499, californian}}, Delivery: 499}, 1499 + 499 + 109, 109},
		"a band in Oregon":     {Input{Lines: []Line{{1, 1499, Rate{}}}, Delivery: 499}, 1998, 0},
		"halves go up":         {Input{Lines: []Line{{1, 50, Rate{"x", 10000}}}}, 51, 1},
		"nothing":              {Input{TaxIncluded: true}, 0, 0},
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
		in := Input{TaxIncluded: rapid.Bool().Draw(t, "included"), Lines: rapid.SliceOfN(line, 0, 12).Draw(t, "lines"),
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
		total := lines + in.Delivery
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
