package shop_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestAContractIsWithdrawnFromWithoutSigningIn(t *testing.T) {
	shop := handlerstest.New(t)
	buyer := modelstest.Buyer("de")
	placed := shop.Place(t, "de", buyer, modelstest.Goods{powerBank: 1})
	visit := shop.Visit(t)
	visit.Open("/de/orders/" + placed.Token)
	visit.Follow("Vertrag widerrufen")
	if visit.Value("order") != placed.Number {
		t.Errorf("the order's number is %q", visit.Value("order"))
	}
	visit.Press("Widerruf bestätigen")
	answered(t, visit, http.StatusUnprocessableEntity, "Bitte korrigieren Sie diese Angaben")
	if !strings.HasPrefix(visit.Title(), "Fehler:") || visit.Value("order") != placed.Number {
		t.Errorf("title %q, order %q", visit.Title(), visit.Value("order"))
	}
	visit.Fill("name", buyer.Name)
	visit.Fill("email", buyer.Email)
	visit.Press("Widerruf bestätigen")
	answered(t, visit, http.StatusOK, "Ihr Widerruf ist eingegangen.")
	visit.Open("/de/orders/" + placed.Token)
	visit.See("Widerruf")
}

// Each declaration is mailed to an address that anybody may type.
func TestWithdrawalsMailFewToOneAddress(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	for range 6 {
		visit.Post("/us/withdrawal", url.Values{"name": {"Ada"}, "order": {"US-1"}, "email": {"ada@example.com"}})
	}
	answered(t, visit, http.StatusTooManyRequests, "Try again in 600 seconds")
}
