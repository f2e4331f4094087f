package shop_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// withdraw makes a draft of Spain, to be announced again at a date that nobody knows yet.
func withdraw(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	later := launch.Times{Announced: market.Moment{Local: "2028-02-03T04:05"}}
	if err := shop.Gate.Reschedule(t.Context(), modelstest.Owner, "es", later, "es", "not yet"); err != nil {
		t.Fatal(err)
	}
}

// Whoever signed up in a market that becomes a draft again can still leave its list.
func TestAListCanBeLeftThoughItsMarketIsADraftAgain(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	join(t, shop, "es", "pip-plush", "stays@example.com")
	visit := shop.Visit(t)
	visit.Post("/es/interest", url.Values{"product": {"pip-plush"}, "email": {"ada@example.com"}})
	work(t, shop)
	confirmation := link(t, mailed(t, shop, launch.MailConfirm, "ada@example.com"))
	withdraw(t, shop)
	visit.Open("/es/")
	visit.Answered(http.StatusNotFound)
	visit.Open("/es/interest")
	visit.Answered(http.StatusNotFound)
	visit.Open(confirmation)
	visit.Press("Confirmar")
	answered(t, visit, http.StatusOK, "Estás en la lista")
	visit.NotSee("Pip", "2028")
	visit.Follow("Quitarme de la lista")
	visit.Press("Quitarme de la lista")
	answered(t, visit, http.StatusOK, "Hemos borrado tu dirección.")
	if n := shop.Number(t, "SELECT COUNT(*) FROM interests WHERE email = 'ada@example.com'"); n != 0 {
		t.Error("the address is still there")
	}
}

// An order keeps its page, its payment and its withdrawal; what the market sells or plans is as secret as any draft's.
func TestAnOrderIsServedThoughItsMarketIsADraftAgain(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	placed := shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
	shop.Time.Advance(time.Minute)
	withdraw(t, shop)
	visit := shop.Visit(t)
	for _, path := range []string{"/es/", "/es/products", "/es/products/mi-band", "/es/cart", "/es/checkout"} {
		visit.Open(path)
		visit.Answered(http.StatusNotFound)
	}
	visit.Open("/es/pages/terms")
	visit.Answered(http.StatusOK)
	visit.Open("/es/orders/" + placed.Token)
	answered(t, visit, http.StatusOK, placed.Number, "Por ahora no vendemos.")
	visit.NotSee("2028", "Redmi")
	visit.Open("/es/pay/sandbox/" + placed.Token)
	visit.Press("Pagar")
	answered(t, visit, http.StatusOK, placed.Number)
	if n := shop.Number(t, "SELECT COUNT(*) FROM orders WHERE state = 'paid'"); n != 1 {
		t.Error("the order was not paid")
	}
	visit.Open("/es/withdrawal")
	visit.Answered(http.StatusOK)
}

// A draft that nobody has ever seen answers like a market that isn't there.
func TestANewDraftTellsNothingOfItself(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	withdraw(t, shop)
	for _, path := range []string{"", "/", "/products", "/orders/x", "/pay/sandbox/x", "/pages/terms", "/withdrawal", "/interest", "/interest/left", "/interest/x/confirmation", "/interest/x/removal"} {
		draft, unknown := shop.Visit(t), shop.Visit(t)
		draft.Open("/es" + path)
		unknown.Open("/xx" + path)
		if draft.Status != http.StatusNotFound || draft.Body != unknown.Body {
			t.Errorf("%s is told from an unknown market: %d and %d", path, draft.Status, unknown.Status)
		}
	}
}
