package admin_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
)

// portugal is what a merchandiser types into the form for a new market.
func portugal(visit *handlerstest.Visit) {
	visit.Open("/admin/markets/new")
	for field, text := range map[string]string{"code": "pt", "country": "PT", "currency": "EUR", "zone": "Europe/Lisbon", "postal_preset": "digits7",
		"region_kind": "none", "Main language": "es", "Language 2": "en", "like": "es"} {
		visit.Fill(field, text)
	}
	visit.Tick("Prices include tax")
	visit.Tick("Goods need safety information")
}

func TestAMarketIsMadeAndSettled(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets")
	visit.Follow("New market")
	visit.Fill("Code", "us")
	visit.Press("Make the market")
	visit.Answered(422)
	visit.See("Enter the two letters of a country", "Choose at least one language")
	portugal(visit)
	visit.Press("Make the market")
	visit.Answered(200)
	visit.See("The market is made.", "Checklist of Portugal", "no product is listed", "no location serves the market")
	wantTrail(t, shop, "create", "market", "pt", "")
}
