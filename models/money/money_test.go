package money

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParseReadsPlainDecimals(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"14.99": 1499, "14,99": 1499, "0.05": 5, "7": 700, "999999999999": 99999999999900} {
		if got, err := Parse(text, "EUR"); err != nil || got.Minor != want {
			t.Errorf("%q is %d, %v", text, got.Minor, err)
		}
	}
	if got, err := Parse(" 7.5 ", "EUR"); err != nil || got.Minor != 750 {
		t.Errorf("with spaces around it is %d, %v", got.Minor, err)
	}
	for _, text := range []string{"", "-1", "+1", "1.", ".5", "1.999", "1e3", "1 000", "1,000.00", "٣", "NaN", "9999999999999"} {
		if got, err := Parse(text, "EUR"); err == nil {
			t.Errorf("%q was read as %d", text, got.Minor)
		}
	}
	for code, want := range map[string]int64{"JPY": 500, "KWD": 500000} {
		if got, err := Parse("500", code); err != nil || got.Minor != want {
			t.Errorf("500 %s is %d, %v", code, got.Minor, err)
		}
	}
}

func TestPlainAndParseAreInverse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Of(rapid.Int64Range(0, 1e12-1).Draw(t, "minor"), rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency"))
		if back, err := Parse(a.Plain(), a.Currency); err != nil || back != a {
			t.Fatalf("%v is %q and back %v, %v", a, a.Plain(), back, err)
		}
	})
}

func TestFormatIsTheMarkets(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		amount       Amount
		locale, want string
	}{
		{Of(129999, "USD"), "en-US", "$1,299.99"},
		{Of(129999, "GBP"), "en-GB", "£1,299.99"},
		{Of(129999, "EUR"), "de-DE", "1.299,99\u00a0€"},
		{Of(129999, "EUR"), "fr-FR", "1\u202f299,99\u00a0€"},
		{Of(1299, "JPY"), "en-US", "¥1,299"},
	} {
		if got := row.amount.Format(row.locale); got != row.want {
			t.Errorf("%s: %q, not %q", row.locale, got, row.want)
		}
	}
}

func TestMulDivRoundsHalvesAwayFromZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, d := rapid.Int64Range(-1e15, 1e15).Draw(t, "a"), rapid.Int64Range(0, 1e6).Draw(t, "b"), rapid.Int64Range(1e6, 2e6).Draw(t, "d")
		product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		twice := new(big.Int).Mul(product, big.NewInt(2))
		half := big.NewInt(d)
		if a < 0 {
			half.Neg(half)
		}
		want := new(big.Int).Quo(twice.Add(twice, half), big.NewInt(2*d)).Int64()
		if got := MulDiv(a, b, d); got != want {
			t.Fatalf("%d*%d/%d is %d, not %d", a, b, d, got, want)
		}
	})
}

func TestAllocateGivesOutEverythingFairly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(-1e12, 1e12).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e12), 1, 20).Draw(t, "weights")
		var given, sum int64
		parts := Allocate(total, weights)
		for i, p := range parts {
			given += p
			sum += weights[i]
		}
		if given != total {
			t.Fatalf("%d of %d given", given, total)
		}
		for i, p := range parts {
			if sum == 0 {
				break
			}
			exact := new(big.Int).Quo(new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])), big.NewInt(sum)).Int64()
			if off := p - exact; off < -1 || off > 1 {
				t.Fatalf("part %d is %d, exactly %d", i, p, exact)
			}
		}
	})
}
