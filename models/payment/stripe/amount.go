package stripe

import (
	"errors"
	"strings"

	"softlaunch/models/money"
)

// Stripe counts in the minor units of ISO 4217 with two exceptions: krónur and shillings, which have no decimals any more, in
// hundredths; and currencies of three decimals in thousandths that are multiples of ten.
// https://docs.stripe.com/currencies#special-cases
var hundredths = map[string]bool{"ISK": true, "UGX": true}

var errFraction = errors.New("stripe: the currency's last decimal must be 0")

// charged is an amount as Stripe counts it.
func charged(a money.Amount) (int64, error) {
	if hundredths[a.Currency] {
		return a.Minor * 100, nil
	}
	if money.Digits(a.Currency) == 3 && a.Minor%10 != 0 {
		return 0, errFraction
	}
	return a.Minor, nil
}

// uncharged is what Stripe counted as an amount of the shop's. A fraction that the currency does not have fits no order: it
// comes to a negative amount.
func uncharged(minor int64, currency string) money.Amount {
	code := strings.ToUpper(currency)
	if !hundredths[code] {
		return money.Of(minor, code)
	}
	if minor%100 != 0 {
		return money.Of(-1, code)
	}
	return money.Of(minor/100, code)
}
