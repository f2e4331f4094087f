package shop_test

import (
	"net/http"
	"net/url"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestTheCartShowsTheFullTotalBeforeItAsksWhoYouAre(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	add(visit, "de", band)
	visit.Open("/de/cart")
	answered(t, visit, http.StatusOK, "Lieferung", "Gesamtsumme", "inkl. 19 % MwSt.", "Kommt", "Zahlung: Karte (Test), Überweisung")
}

func TestQuantitiesAreChangedAndGoodsRemoved(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	add(visit, "us", band)
	visit.Fill("quantity", "2")
	visit.Press("Update")
	answered(t, visit, http.StatusOK, "$29.98", "$14.99 each")
	visit.Press("Remove: Mi Band")
	answered(t, visit, http.StatusOK, "Your cart is empty")
}

func TestBadQuantitiesAreRefusedAndChangeNothing(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	for _, quantity := range []string{"", "-1", "0", "1.5", "1e3", "NaN", "+1", "٣", "10000", "2147483648", "9223372036854775808"} {
		visit.Post("/us/cart/items", url.Values{"sku": {band}, "quantity": {quantity}})
		visit.Answered(http.StatusUnprocessableEntity)
	}
	visit.Post("/us/cart/items", url.Values{"sku": {band}, "quantity": {"9999"}})
	answered(t, visit, conflict, "At most")
	visit.Open("/us/cart")
	visit.See("Your cart is empty")
}

func TestACartWhoseGoodsAreNoLongerOnSaleNamesThemAndWhy(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	add(visit, "us", band)
	add(visit, "us", powerBank)
	shop.Stock(t, "reno", band, 0)
	visit.Open("/us/cart")
	answered(t, visit, http.StatusOK, "Some goods can’t be had right now", "Mi Band", "Sold out", "Mi Power Bank 5000 mAh", "$9.99")
	visit.NotSee("Go to checkout")
	visit.Open("/us/checkout")
	visit.See("Some goods can’t be had right now")
	visit.Press("Remove: Mi Band")
	visit.See("Go to checkout")
}

func TestACartIsDecidedAnewInEachStoreAndKeepsItsLines(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	add(visit, "us", "SMART-PLUG-WHITE")
	add(visit, "us", band)
	visit.Open("/es/cart")
	answered(t, visit, http.StatusOK, "No conocemos este", "Mi Band", "14,99 €")
	visit.NotSee("Smart Plug", "smart-plug")
	visit.Open("/us/cart")
	answered(t, visit, http.StatusOK, "Mi Smart Plug", "$29.98")
}

func TestTheTestPhaseLimitsEachBuyer(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Post("/es/cart/items", url.Values{"sku": {band}, "quantity": {"2"}})
	answered(t, visit, conflict, "Como máximo 1 por")
	add(visit, "es", band)
	answered(t, visit, http.StatusOK, "Mi Band")
	visit.Fill("quantity", "2")
	visit.Press("Actualizar")
	answered(t, visit, conflict, "Como máximo 1 por", "Mi Band")
}

func TestNothingIsSoldBeforeItsInstant(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Time.Set(modelstest.At("2015-06-01T03:59:59.999Z"))
	visit := shop.Visit(t)
	visit.Open("/us/products/pip-plush")
	visit.See("On sale when we open in the United States, on Jun 1, 2015, 12:00 AM (New York, EDT).")
	add(visit, "us", "PIP-PLUSH-FOX")
	answered(t, visit, conflict, "Jun 1, 2015, 12:00 AM (New York, EDT)")
	shop.Time.Advance(1e6)
	add(visit, "us", "PIP-PLUSH-FOX")
	answered(t, visit, http.StatusOK, "Cart", "Pip plush toy")
}
