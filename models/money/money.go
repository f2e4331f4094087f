// Package money holds amounts in minor units of a currency and the few sums the shop does with them.
package money

import (
	"errors"
	"strconv"
	"strings"

	"github.com/bojanz/currency"
)

// Amount is a sum in minor units (cents, pence, yen) of an ISO 4217 currency.
type Amount struct {
	Minor    int64
	Currency string
}

// Of is an amount.
func Of(minor int64, code string) Amount { return Amount{Minor: minor, Currency: code} }

// Digits is the number of decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD.
func Digits(code string) int {
	digits, ok := currency.GetDigits(code)
	if !ok {
		return 2
	}
	return int(digits)
}

// IsCurrency reports whether code is an ISO 4217 currency.
func IsCurrency(code string) bool { return currency.IsValid(code) }

// ErrAmount says that a text is not an amount of money.
var ErrAmount = errors.New("money: not an amount")

// Parse reads a plain decimal with a point or comma ("14.99", "1299") as a non-negative amount. It refuses signs,
// exponents, group marks and more decimals than the currency has.
func Parse(text, code string) (Amount, error) {
	digits := Digits(code)
	whole, fraction, found := strings.Cut(strings.Replace(strings.TrimSpace(text), ",", ".", 1), ".")
	if whole == "" || len(fraction) > digits || (found && fraction == "") || len(whole) > 12 {
		return Amount{}, ErrAmount
	}
	fraction += strings.Repeat("0", digits-len(fraction))
	for _, r := range whole + fraction {
		if r < '0' || r > '9' {
			return Amount{}, ErrAmount
		}
	}
	minor, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return Amount{}, ErrAmount
	}
	return Of(minor, code), nil
}

// Plain is the amount as a decimal with a point and no currency, as JSON-LD and form fields want it.
func (a Amount) Plain() string {
	digits := Digits(a.Currency)
	text := strconv.FormatInt(a.Minor, 10)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	if digits == 0 {
		return sign + text
	}
	if len(text) <= digits {
		text = strings.Repeat("0", digits-len(text)+1) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// Format writes the amount as a locale does ("1.299,99 €" for de-DE), with CLDR's no-break spaces.
func (a Amount) Format(locale string) string {
	amount, err := currency.NewAmountFromInt64(a.Minor, a.Currency)
	if err != nil {
		return a.Plain() + " " + a.Currency
	}
	return formatter(locale).Format(amount)
}

// MulDiv is a*b/d to the nearest whole, halves away from zero: the shop's one rounding rule. b is not negative, d is
// positive, and the result fits an int64; the product may be wider.
func MulDiv(a, b, d int64) int64 {
	if a < 0 {
		return -MulDiv(-a, b, d)
	}
	hi, lo := mul(a, b)
	quotient, remainder := div(hi, lo, d)
	if remainder >= d-remainder {
		quotient++
	}
	return quotient
}

// Allocate shares total out in proportion to weights by largest remainder; the parts add up to total exactly. Weights are
// not negative. When all are zero the first takes everything.
func Allocate(total int64, weights []int64) []int64 {
	parts := make([]int64, len(weights))
	if len(weights) == 0 {
		return parts
	}
	var sum int64
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		parts[0] = total
		return parts
	}
	sign := int64(1)
	if total < 0 {
		sign, total = -1, -total
	}
	rest := total
	remainders := make([]int64, len(weights))
	for i, w := range weights {
		hi, lo := mul(total, w)
		parts[i], remainders[i] = div(hi, lo, sum)
		rest -= parts[i]
	}
	for ; rest > 0; rest-- {
		best := 0
		for i := range remainders {
			if remainders[i] > remainders[best] {
				best = i
			}
		}
		parts[best]++
		remainders[best] = -1
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}
