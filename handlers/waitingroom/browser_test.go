package waitingroom_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
	"softlaunch/models/waiting"
)

func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }

// ways are a browser with its script and one without.
var ways = map[string][]chrome.Option{"with script": nil, "without script": {chrome.WithoutScript}, "on a phone": {chrome.Phone}}

// From the ticket before the launch to the order after it: with the script, and by the page's own refresh, nobody presses
// anything until it is his turn.
func TestFromTicketToOrderInABrowser(t *testing.T) {
	t.Parallel()
	for way, options := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			shop.Time.Set(launch - 60_000)
			shop.Machine.Set(launch - 60_000)
			arm(t, shop, "1")
			tab := chrome.Start(t, options...)
			tab.Open(shop.URL + "/es/products/piston-in-ear")
			tab.Press("Coger puesto")
			tab.See("Llegas a tiempo")
			shop.Time.Set(launch - 1000)
			tab.Reload()
			shop.Time.Set(launch)
			shop.Machine.Set(launch)
			first := shop.Visit(t)
			open := func() { first.Open("/es/waiting-room/place") }
			first.Open("/es/waiting-room")
			tab.Open(shop.URL + "/es/waiting-room?next=/es/products/piston-in-ear")
			ready(t, shop, tab, open)
			tab.Press("Añadir a la cesta")
			tab.Press("Tramitar el pedido")
			d := modelstest.Buyer("es")
			for name, value := range map[string]string{"email": d.Email, "name": d.Name, "line1": d.Line1, "postal_code": d.PostalCode, "city": d.City, "region": d.Region} {
				tab.Fill(name, value)
			}
			tab.Press("Continuar a la revisión")
			tab.Press("Pedido con obligación de pago")
			tab.Press("Pagar")
			tab.See("ES-10001")
		})
	}
}

// ready lets the tab wait until it is led to the goods by itself. Meanwhile the first in line, if it is not the tab, is
// inside and does nothing.
func ready(t *testing.T, shop *handlerstest.Shop, tab *chrome.Tab, others func()) {
	t.Helper()
	for range 100 {
		if tab.URL() == shop.URL+"/es/products/piston-in-ear" {
			return
		}
		others()
		shop.Machine.Advance(30 * time.Second)
		time.Sleep(200 * time.Millisecond)
	}
	t.Fatalf("still at %s", tab.URL())
}

// TestTheRoomPleases looks at each state of the page, light and dark, wide and narrow; SHOP_SCREENSHOTS keeps the pictures.
func TestTheRoomPleases(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("SHOP_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	for name, options := range map[string][]chrome.Option{"desktop": nil, "phone": {chrome.Phone}, "desktop-dark": {chrome.Dark}, "phone-dark": {chrome.Phone, chrome.Dark}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			tab := chrome.Start(t, options...)
			look := func(state string) {
				tab.Has(`[data-state="` + state + `"]`)
				tab.WholeScreenshot(filepath.Join(folder, "waiting-"+state+"-"+name+".png"))
				for _, v := range tab.Axe() {
					t.Errorf("%s: %s", state, v)
				}
			}
			arm(t, shop, "1")
			tab.Open(shop.URL + "/es/waiting-room")
			look("early")
			tab.Open(shop.URL + "/it/waiting-room")
			look("free")
			if err := shop.Rooms.Open(t.Context(), modelstest.Owner, "it", waiting.Form{Most: "1"}); err != nil {
				t.Fatal(err)
			}
			for range 7 {
				shop.Visit(t).Open("/it/waiting-room")
			}
			tab.Open(shop.URL + "/it/waiting-room")
			look("waits")
			empty(t, shop)
			tab.Reload()
			look("sold_out")
		})
	}
}
