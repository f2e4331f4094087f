package handlers_test

import (
	"os"
	"path/filepath"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/example"
)

func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }

// look is a page that is taken at both widths.
type look struct {
	name, path string
	options    []chrome.Option
}

// TestScreenshots takes the pages into the folder that SHOP_SCREENSHOTS names (make screenshots); without one it only
// opens them, so that a page that complains in a browser fails.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("SHOP_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	for _, l := range []look{
		{name: "chooser", path: "/"},
		{name: "home-open", path: "/us/"},
		{name: "home-test", path: "/es/"},
		{name: "list", path: "/de/products"},
		{name: "product-open", path: "/us/products/mi-headphones"},
		{name: "product-test", path: "/it/products/mi-band"},
		{name: "product-announced", path: "/es/products/piston-in-ear"},
		{name: "product-blocked", path: "/fr/products/mi-note"},
		{name: "page", path: "/de/pages/withdrawal"},
		{name: "missing", path: "/uk/products/unknown"},
		{name: "home-dark", path: "/fr/", options: []chrome.Option{chrome.Dark}},
		{name: "product-dark", path: "/uk/products/mi-band", options: []chrome.Option{chrome.Dark}},
		{name: "sign-in", path: "/admin/session"},
	} {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			for width, options := range map[string][]chrome.Option{"desktop": nil, "phone": {chrome.Phone}} {
				tab := chrome.Start(t, append(options, l.options...)...)
				tab.Open(shop.URL + l.path)
				tab.Screenshot(filepath.Join(folder, l.name+"-"+width+".png"))
			}
		})
	}
	t.Run("checkout", func(t *testing.T) { t.Parallel(); takeCheckout(t, folder, "desktop") })
	t.Run("checkout on a phone", func(t *testing.T) { t.Parallel(); takeCheckout(t, folder, "phone", chrome.Phone) })
	t.Run("back-office", func(t *testing.T) { t.Parallel(); takeBackOffice(t, folder, "desktop") })
	t.Run("back-office on a phone", func(t *testing.T) { t.Parallel(); takeBackOffice(t, folder, "phone", chrome.Phone) })
}

// takeCheckout buys a power bank in Germany and takes each page on the way, a refused form among them.
func takeCheckout(t *testing.T, folder, width string, options ...chrome.Option) {
	shop := handlerstest.New(t)
	tab := chrome.Start(t, options...)
	take := func(name string) { tab.Screenshot(filepath.Join(folder, name+"-"+width+".png")) }
	tab.Open(shop.URL + "/de/products/power-bank-5000")
	tab.Press("In den Warenkorb")
	take("cart")
	tab.Press("Zur Kasse")
	tab.Press("Weiter zur Prüfung")
	take("checkout-refused")
	fill(tab, buyers["de"])
	take("checkout")
	tab.Press("Weiter zur Prüfung")
	take("review")
	tab.Press("Zahlungspflichtig bestellen")
	take("sandbox")
	tab.Press("Bezahlen")
	take("order")
}

// takeBackOffice signs in and takes what staff see first.
func takeBackOffice(t *testing.T, folder, width string, options ...chrome.Option) {
	shop := handlerstest.New(t)
	tab := chrome.Start(t, options...)
	signIn(tab, shop.URL)
	for name, path := range map[string]string{"dashboard": "/admin", "markets": "/admin/markets", "market": "/admin/markets/es",
		"products": "/admin/products", "product": "/admin/products/mi-band", "stock": "/admin/stock", "orders": "/admin/orders", "trail": "/admin/trail"} {
		tab.Open(shop.URL + path)
		tab.Screenshot(filepath.Join(folder, "admin-"+name+"-"+width+".png"))
	}
}

func signIn(tab *chrome.Tab, shop string) {
	tab.Open(shop + "/admin")
	tab.Fill("email", example.Email)
	tab.Fill("password", example.Password)
	tab.Press("Sign in")
}
