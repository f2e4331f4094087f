package handlers_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
)

// buyers are what is typed at checkout, field by field.
var buyers = map[string][][2]string{
	"us": {{"email", "ada@example.com"}, {"name", "Ada Example"}, {"line1", "1 Market Street"}, {"postal_code", "94103"}, {"city", "San Francisco"}, {"region", "CA"}},
	"de": {{"email", "ada@example.com"}, {"name", "Ada Beispiel"}, {"line1", "Musterstraße 1"}, {"postal_code", "10115"}, {"city", "Berlin"}},
}

func fill(tab *chrome.Tab, fields [][2]string) {
	for _, f := range fields {
		tab.Fill(f[0], f[1])
	}
}

// ways are a browser with its script and one without.
var ways = map[string][]chrome.Option{"with script": nil, "without script": {chrome.WithoutScript}, "on a phone": {chrome.Phone}}

func TestBuyABandInTheUnitedStates(t *testing.T) {
	t.Parallel()
	for way, options := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			tab := chrome.Start(t, options...)
			tab.Open(shop.URL + "/us/products/mi-band")
			tab.See("$14.99")
			tab.Press("Add to cart")
			tab.See("$14.99")
			tab.Press("Go to checkout")
			fill(tab, buyers["us"])
			tab.Press("Continue to review")
			tab.See("$1.09") // California's 7.25 % of $14.99
			tab.See("$21.07")
			tab.Press("Place order")
			tab.See("no money moves")
			tab.Press("Pay")
			tab.See("US-10001")
			paid(t, shop, "US-10001")
		})
	}
}

func TestBuyAPowerBankInGermany(t *testing.T) {
	t.Parallel()
	for way, options := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			tab := chrome.Start(t, options...)
			tab.Open(shop.URL + "/de/products/power-bank-5000")
			tab.See("9,99\u00a0€")
			tab.Press("In den Warenkorb")
			tab.Press("Zur Kasse")
			fill(tab, buyers["de"])
			tab.Press("Weiter zur Prüfung")
			tab.See("12,98\u00a0€")
			tab.Press("Zahlungspflichtig bestellen")
			tab.Press("Bezahlen")
			tab.See("DE-10001")
			paid(t, shop, "DE-10001")
		})
	}
}

func paid(t *testing.T, shop *handlerstest.Shop, number string) {
	t.Helper()
	order, err := shop.Orders.ByNumber(t.Context(), number)
	if err != nil || order.State != "paid" {
		t.Errorf("order %s is %s, %v", number, order.State, err)
	}
}

// The page stays as it is until the instant, and then shows the goods: with the script by itself, without it by the link.
func TestAMarketOpensAtItsInstant(t *testing.T) {
	t.Parallel()
	for way, options := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			launch := modelstest.At("2015-06-01T00:00:00-04:00")
			shop.Time.Set(launch - 1)
			tab := chrome.Start(t, options...)
			tab.Open(shop.URL + "/us/products/piston-in-ear")
			tab.Has(`html[data-phase="test"]`)
			tab.NotSee("Add to cart")
			tab.Reload()
			tab.NotSee("Add to cart")
			shop.Time.Set(launch)
			tab.Reload()
			tab.Has(`html[data-phase="open"]`)
			tab.Press("Add to cart")
			tab.See("$24.99")
		})
	}
}
