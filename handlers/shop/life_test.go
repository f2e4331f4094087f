package shop_test

import (
	"net/http"
	"net/url"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestABuyerCancelsInTwoSteps(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	paid := shop.Pay(t, shop.Place(t, "fr", modelstest.Buyer("fr"), modelstest.Goods{powerBank: 1}))
	visit := shop.Visit(t)
	visit.Open("/fr/orders/" + paid.Token)
	visit.Follow("Annuler la commande")
	answered(t, visit, http.StatusOK, "Nous vous remboursons")
	visit.Press("Oui, annuler cette commande")
	answered(t, visit, http.StatusOK, "Cette commande est annulée.")
	visit.See("Remboursements", "Pour toute la commande")
	visit.Post("/fr/orders/"+paid.Token+"/cancellation", url.Values{})
	visit.Answered(http.StatusConflict)
	visit.Open("/fr/orders/" + paid.Token + "/cancellation")
	if visit.Path() != "/fr/orders/"+paid.Token {
		t.Errorf("a cancelled order asks at %s", visit.Path())
	}

	packed := shop.Pay(t, shop.Place(t, "fr", modelstest.Buyer("fr"), modelstest.Goods{powerBank: 1}))
	if err := shop.Orders.Pack(t.Context(), modelstest.Owner, packed.Number); err != nil {
		t.Fatal(err)
	}
	visit.Post("/fr/orders/"+packed.Token+"/cancellation", url.Values{})
	visit.Answered(http.StatusConflict)
}

// Who does not know an order's secret gets the same as for one that is not there.
func TestOrdersOfOthersAreNeitherCancelledNorSentBack(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	placed := shop.Pay(t, shop.Place(t, "fr", modelstest.Buyer("fr"), modelstest.Goods{powerBank: 1}))
	visit := shop.Visit(t)
	for _, path := range []string{"/de/orders/" + placed.Token, "/fr/orders/" + placed.Number, "/fr/orders/nothing"} {
		for _, page := range []string{"/cancellation", "/returns"} {
			visit.Open(path + page)
			visit.Answered(http.StatusNotFound)
			visit.Post(path+page, url.Values{"reason": {"other"}})
			visit.Answered(http.StatusNotFound)
		}
	}
}
