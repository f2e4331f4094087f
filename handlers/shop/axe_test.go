package shop_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
)

func TestPagesHaveNoBarriers(t *testing.T) {
	for name, options := range map[string][]chrome.Option{"desktop": nil, "phone in the dark": {chrome.Phone, chrome.Dark}} {
		t.Run(name, func(t *testing.T) {
			shop := handlerstest.New(t)
			paid := shop.Pay(t, shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{band: 1}))
			tab := chrome.Start(t, options...)
			for _, path := range []string{"/", "/us/", "/es/", "/us/products", "/us/products?q=zeppelin", "/us/products/mi-band", "/us/products/mi-note",
				"/es/products/mi-band", "/es/products/pip-plush", "/es/interest?product=pip-plush", "/es/interest?asked=yes", "/es/cart", "/us/cart", "/de/pages/terms", "/us/orders/" + paid.Token} {
				tab.Open(shop.URL + path)
				passes(t, tab, path)
			}
			tab.Open(shop.URL + "/us/products/mi-band")
			tab.Press("Add to cart")
			passes(t, tab, "filled cart")
			tab.Press("Go to checkout")
			passes(t, tab, "checkout")
			for field, text := range newYorker {
				if field != "region" {
					tab.Fill(field, text)
				}
			}
			tab.Fill("region", "New York")
			tab.Press("Continue to review")
			passes(t, tab, "review")
			tab.Press("Place order")
			passes(t, tab, "payment")
		})
	}
}

func passes(t *testing.T, tab *chrome.Tab, page string) {
	t.Helper()
	for _, violation := range tab.Axe() {
		t.Errorf("%s: %s", page, violation)
	}
}
