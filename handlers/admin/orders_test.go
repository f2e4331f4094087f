package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestOrdersArePaidShippedAndCancelled(t *testing.T) {
	shop := handlerstest.New(t)
	buyer := modelstest.Buyer("de")
	buyer.Payment = "transfer"
	transfer := shop.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	visit := shop.Owner(t)
	visit.See("1 Transfers to confirm")
	visit.Open("/admin/orders/" + transfer.Number)
	visit.See("Awaiting payment", "Held until")
	visit.Press("Mark transfer as paid")
	visit.See("The transfer is marked as paid.", "Paid")
	wantTrail(t, shop, "mark paid", "order", transfer.Number, "")
	visit.Press("Mark as shipped")
	visit.Answered(422)
	visit.See("Enter the carrier")
	visit.Fill("Carrier", "DHL")
	visit.Fill("Tracking number", "JD0123")
	visit.Press("Mark as shipped")
	visit.See("The parcel is on its way.", "DHL JD0123", "Shipped", "Follow the parcel")
	wantTrail(t, shop, "ship", "order", transfer.Number, "")
	visit.Post("/admin/orders/"+transfer.Number+"/cancellation", url.Values{"reason": {"too late"}})
	visit.Answered(409)

	buyer = modelstest.Buyer("de")
	buyer.Payment = "transfer"
	other := shop.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	visit.Open("/admin/orders/" + other.Number)
	visit.Press("Mark transfer as paid")
	visit.Press("Cancel the order")
	visit.Answered(422)
	visit.Fill("Why it is cancelled", "buyer asked")
	visit.Press("Cancel the order")
	visit.See("The order is cancelled.", "due since")
	wantTrail(t, shop, "cancel", "order", other.Number, "buyer asked")
	visit.Press("Money was sent back")
	visit.See("The refund is marked as sent.", "sent back")
	wantTrail(t, shop, "refund", "order", other.Number, "")
}

func TestTheOrderListIsPagedByItsLastLine(t *testing.T) {
	shop := handlerstest.New(t)
	var first string
	for i := range 52 {
		placed := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
		if i == 0 {
			first = placed.Number
		}
	}
	visit := shop.Owner(t)
	visit.Open("/admin/orders?market=de")
	visit.NotSee(first)
	visit.Follow("Older")
	visit.See(first)
	if strings.Contains(visit.Text(), "Older") {
		t.Error("the last page leads to another one")
	}
}
