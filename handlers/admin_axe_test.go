package handlers_test

import (
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// busyOffice is a shop whose back-office has something on every page: orders, refusals, people who wait, a draw that was
// drawn, codes that are made and being made, an approval with a file. It answers the address of a page of each.
func busyOffice(t *testing.T) (shop *handlerstest.Shop, pages []string) {
	t.Helper()
	shop = handlerstest.New(t)
	ctx, store := t.Context(), shop.Store(t, "es")
	wait(t, shop, "mi-note", "ada@example.com")
	key, err := shop.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Name: "First phones", Product: "mi-note", Winners: "1", ClosesAt: market.Moment{Local: "2026-11-20T13:30"}})
	must(t, err)
	for range 50 {
		shop.Time.Advance(time.Minute)
		shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1}))
	}
	shop.Refusals.Count(store.Market, "MI-HEADPHONES-BLACK", shop.Carts.Add(ctx, "another", store, "MI-HEADPHONES-BLACK", 1))
	must(t, shop.Refusals.Flush(ctx))
	shop.AccessCodes(t, "es", "mi-band", 3, 2)
	_, err = shop.Codes.Make(ctx, modelstest.Owner, "es", launch.CodeForm{Label: "Press", Quantity: "5000", Uses: "1"})
	must(t, err)
	must(t, shop.Setup.AddPartner(ctx, modelstest.Owner, "es", "mi-note", launch.PartnerForm{Name: "Movil Ejemplo", URL: "https://movil.example/"}))
	paid := shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	es := "/admin/markets/es"
	return shop, []string{"/admin", "/admin/launches", "/admin/launches/es", "/admin/markets", "/admin/markets/new", es, es + "/checklist", es + "/schedule", es + "/settings",
		es + "/seller", es + "/listings", es + "/taxes", es + "/delivery", es + "/delivery/es-home", es + "/pages", es + "/pages/es/terms", es + "/requirements", es + "/codes", es + "/codes/1", es + "/codes/3",
		es + "/interest", es + "/interest/entries?product=mi-note", es + "/draws/" + key, es + "/report", "/admin/products", "/admin/products/mi-note", "/admin/products/mi-note/texts",
		"/admin/products/mi-note/texts/es", "/admin/products/mi-note/listings/es", "/admin/products/mi-note/listings/es/partners/1", "/admin/discounts", "/admin/discounts/1", "/admin/discounts/new?market=de", "/admin/stock", "/admin/orders", "/admin/orders/" + paid.Number,
		"/admin/exports", "/admin/staff", "/admin/trail"}
}

// wait puts an address on a list and confirms it.
func wait(t *testing.T, shop *handlerstest.Shop, product, email string) {
	t.Helper()
	store := shop.Store(t, "es")
	must(t, shop.Interests.Ask(t.Context(), store, launch.Wish{Product: product, Email: email, TextVersion: "1"}, "192.0.2.1"))
	for _, n := range shop.Work(t) {
		_, err := shop.Interests.Confirm(t.Context(), store.Market.ID, n.Token)
		must(t, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheBackOfficeHasNoBarriers(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]chrome.Option{"desktop": nil, "phone in the dark": {chrome.Phone, chrome.Dark}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop, pages := busyOffice(t)
			tab := chrome.Start(t, options...)
			tab.Open(shop.URL + "/admin/session")
			passes(t, tab, "sign-in")
			signIn(tab, shop.URL)
			for _, path := range pages {
				tab.Open(shop.URL + path)
				passes(t, tab, path)
			}
			tab.Open(shop.URL + "/admin/markets/new")
			tab.Press("Make the market")
			passes(t, tab, "refused form")
		})
	}
}

// passes also wants that nothing but what scrolls by itself is wider than the window.
func passes(t *testing.T, tab *chrome.Tab, page string) {
	t.Helper()
	for _, violation := range tab.Axe() {
		t.Errorf("%s: %s", page, violation)
	}
	if over := chrome.Eval[float64](tab, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		t.Errorf("%s: %v pixels wider than the window", page, over)
	}
}
