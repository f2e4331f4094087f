package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
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
	visit.See("The order is on its way.", "DHL JD0123", "Shipped")
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

func TestAMailIsReadAsTextAndInASandbox(t *testing.T) {
	shop := handlerstest.New(t)
	placed := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	mail, err := shop.Orders.KeepMail(t.Context(), order.Mail{JobID: 1, OrderID: &placed.ID, Kind: order.MailReceived, Recipient: placed.Email,
		Subject: "Your order", Plain: "Hello <b>Ada</b>", HTML: "<p>Hello Ada</p><script>alert(1)</script>"})
	if err != nil {
		t.Fatal(err)
	}
	visit := shop.Owner(t)
	visit.Open("/admin/mails")
	visit.See("kept, not sent", placed.Email)
	visit.Follow("Your order")
	visit.See("Hello <b>Ada</b>")
	visit.Follow("See as HTML")
	visit.Answered(200)
	visit.See("Hello Ada")
	if policy := visit.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "sandbox; default-src 'none'") || strings.Contains(policy, "script-src") {
		t.Errorf("mail %d is shown under %q", mail.ID, policy)
	}
}

func TestInProductionMailsAreForWhoeverWorksOnOrders(t *testing.T) {
	shop := handlerstest.NewSecure(t)
	for role, want := range map[staff.Role]int{staff.Support: 200, staff.Merchandiser: 403, staff.Viewer: 403} {
		visit := shop.Member(t, role)
		visit.Open("/admin/mails")
		visit.Answered(want)
	}
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
