package handlers_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/order"
)

// Two bands are bought and paid; one is sent, the other is refunded, and what arrived is withdrawn from.
func TestAnOrderFromTheCartToTheWithdrawal(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	buyer, office := chrome.Start(t), chrome.Start(t)
	buyer.Open(shop.URL + "/de/products/mi-band")
	buyer.Fill("quantity", "2")
	buyer.Press("In den Warenkorb")
	buyer.Press("Zur Kasse")
	fill(buyer, buyers["de"])
	buyer.Press("Weiter zur Prüfung")
	buyer.Press("Zahlungspflichtig bestellen")
	buyer.Press("Bezahlen")
	buyer.See("DE-10001")
	page := buyer.URL()

	office.Open(shop.URL + "/admin")
	fill(office, [][2]string{{"email", "owner@example.com"}, {"password", "softlaunch-example"}})
	office.Press("Sign in")
	office.Open(shop.URL + "/admin/orders/DE-10001")
	office.Fill("Mi Band, Schwarz: in this parcel", "1")
	fill(office, [][2]string{{"carrier", "DHL"}, {"tracking", "JD0123"}})
	office.Press("Mark as shipped")
	office.See("Partly shipped")
	office.Press("Refund, or take goods off")
	office.Fill("Mi Band, Schwarz: take off", "1")
	office.Fill("reason", "one is enough")
	office.Press("See the sum")
	office.See("It comes to €14.99")
	office.Press("Give back €14.99")
	office.See("Partly refunded")
	office.Press("Mark as delivered")
	office.See("The parcel is delivered.")

	buyer.Open(page)
	buyer.See("Zugestellt")
	buyer.See("Erstattungen")
	buyer.See("14,99\u00a0€")
	buyer.Press("Vertrag widerrufen")
	fill(buyer, [][2]string{{"name", "Ada Beispiel"}, {"order", "DE-10001"}, {"email", "ada@example.com"}})
	buyer.Press("Widerruf bestätigen")
	buyer.See("Ihr Widerruf ist eingegangen.")

	o, err := shop.Orders.ByNumber(t.Context(), "DE-10001")
	if err != nil || o.State != order.Delivered || o.RefundState != order.PartlyRefunded {
		t.Errorf("the order is %s and %s, %v", o.State, o.RefundState, err)
	}
	if len(o.Returns) != 1 || o.Returns[0].Reason != order.Withdrawn || o.Returns[0].State != order.ReturnApproved {
		t.Errorf("the returns are %+v", o.Returns)
	}
}
