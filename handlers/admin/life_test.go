package admin_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// bought is a paid order of two kinds of goods.
func bought(t *testing.T, shop *handlerstest.Shop) order.Order {
	t.Helper()
	placed := shop.Pay(t, shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 2, "MI-HEADPHONES-BLACK": 1}))
	o, err := shop.Orders.ByNumber(t.Context(), placed.Number)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAnOrderIsPackedSentInPartsAndDelivered(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := bought(t, shop)
	visit := shop.Owner(t)
	visit.Open("/admin/orders/" + o.Number)
	visit.Press("Mark as packed")
	visit.See("The order is packed.", "Packed")
	visit.Press("Not packed after all")
	visit.See("The order is not packed any more.")
	base := "/admin/orders/" + o.Number
	part := url.Values{"carrier": {"DHL"}, "tracking": {"JD01"}, "units_line": {strconv.FormatInt(o.Lines[0].ID, 10)}, "units": {"1"}}
	visit.Post(base+"/shipments", part)
	visit.See("Partly shipped", "Parcel 1")
	part.Set("units", "9")
	visit.Post(base+"/shipments", part)
	visit.Answered(422)
	visit.See("no more than there are")
	visit.Post(base+"/shipments", url.Values{"carrier": {"UPS"}, "link": {"javascript:alert(1)"}})
	visit.Answered(422)
	visit.Post(base+"/shipments", url.Values{"carrier": {"UPS"}})
	visit.See("Shipped", "Parcel 2")
	visit.Press("Mark as delivered")
	visit.Press("Mark as delivered")
	visit.See("The parcel is delivered.", "Delivered", "Withdrawal until")
	buyer := shop.Visit(t)
	buyer.Open("/de/orders/" + o.Token)
	buyer.See("Zugestellt", "Dieses Paket verfolgen", "Etwas zurücksenden")
}

func TestMoneyIsGivenBackOnceItsSumWasSeen(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := bought(t, shop)
	visit := shop.Owner(t)
	visit.Open("/admin/orders/" + o.Number)
	visit.Follow("Refund, or take goods off")
	visit.Press("See the sum")
	visit.Answered(422)
	visit.Fill("Mi Band, Schwarz: take off, they won't be sent, of 2 (optional)", "1")
	visit.Fill("amount", "0.50")
	visit.Fill("reason", "one is enough")
	visit.Press("See the sum")
	visit.See("It comes to €15.49", "of it", "19")
	page := visit.Body
	seen := page[strings.Index(page, `name="seen" value="`)+len(`name="seen" value="`):]
	twice := url.Values{"amount": {"0.50"}, "reason": {"pressed twice"}, "total": {"50"}, "seen": {strings.Split(seen, `"`)[0]}}
	visit.Press("Give back €15.49")
	visit.See("The credit is written", "Partly refunded", "one is enough", "Off the price")
	wantTrail(t, shop, "credit", "order", o.Number, "one is enough")
	buyer := shop.Visit(t)
	buyer.Open("/de/orders/" + o.Token)
	buyer.See("Erstattungen", "15,49", "Preisnachlass")

	visit.Post("/admin/orders/"+o.Number+"/credits", url.Values{"amount": {"1"}, "reason": {"again"}, "total": {"99"}})
	visit.Answered(409)
	visit.See("Something else was credited")
	visit.Post("/admin/orders/"+o.Number+"/credits", url.Values{"amount": {"-1"}, "reason": {"again"}})
	visit.Answered(422)
	visit.Post("/admin/orders/"+o.Number+"/credits", twice)
	visit.Answered(409)
	for _, role := range []staff.Role{staff.Viewer, staff.Merchandiser} {
		other := shop.Member(t, role)
		other.Open("/admin/orders/" + o.Number + "/credits/new")
		other.Answered(403)
		other.Post("/admin/orders/"+o.Number+"/credits", url.Values{"amount": {"1"}, "reason": {"mine"}, "total": {"100"}})
		other.Answered(403)
	}
}

func TestAReturnIsAnsweredReceivedAndRefunded(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := bought(t, shop)
	visit := shop.Owner(t)
	visit.Post("/admin/orders/"+o.Number+"/shipments", url.Values{"carrier": {"DHL"}})
	visit.Press("Mark as delivered")
	buyer := shop.Visit(t)
	buyer.Open("/de/orders/" + o.Token)
	buyer.Follow("Etwas zurücksenden")
	buyer.Press("Rücksendung anfragen")
	buyer.Answered(422)
	buyer.See("Wählen Sie einen Grund.", "höchstens")
	buyer.Fill("Mi Band, Schwarz: wie viele von 2 (freiwillig)", "2")
	buyer.Fill("reason", "defective")
	buyer.Fill("comment", "<b>dead</b>")
	buyer.Press("Rücksendung anfragen")
	buyer.See("Rücksendungen", "Es funktioniert nicht", "Wir prüfen Ihre Anfrage")

	visit.Open("/admin")
	visit.Follow("1 Returns to answer or receive")
	visit.Follow(o.Number)
	visit.See("It does not work", "<b>dead</b>")
	visit.Press("Answer")
	visit.See("The return is answered")
	visit.Press("It has arrived")
	visit.Answered(422)
	visit.Fill("Condition", "damaged")
	visit.Press("It has arrived")
	visit.See("The return has arrived.", "2 came back, 0 into stock (Damaged)")
	visit.Follow("Refund what came back")
	visit.Press("See the sum")
	visit.Press("Give back €29.98")
	visit.See("The credit is written")
	buyer.Open("/de/orders/" + o.Token)
	buyer.See("29,98", "Es ist angekommen.")
}

func TestAnOrderIsTakenByTelephone(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/orders")
	visit.Follow("Order by hand")
	visit.Follow("Germany, German")
	visit.Press("See the total")
	visit.Answered(422)
	for name, value := range map[string]string{"goods": "mi-band-black 2\nNOTHING 1", "email": "ada@example.com", "name": "Ada", "line1": "1 Way", "postal_code": "10115", "city": "Berlin"} {
		visit.Fill(name, value)
	}
	visit.Press("See the total")
	visit.Answered(422)
	visit.See("There are no such goods in this store.")
	visit.Fill("goods", "mi-band-black 2")
	visit.Press("See the total")
	visit.See("Mi Band", "Goes to")
	visit.Press("Place the order for €33.97")
	visit.See("The order is placed.", "Awaiting payment", "DE-10001")
	visit.Press("Mark transfer as paid")
	visit.Follow("Add goods")
	visit.Fill("goods", "MI-HEADPHONES-BLACK 1")
	visit.Press("See the total")
	visit.See("Mi Headphones")
	visit.Press("Place the order for €79.99")
	visit.See("DE-10002", "Adds goods to DE-10001")
	visit.Follow("Adds goods to DE-10001")
	visit.Follow("Change the address")
	visit.Fill("line1", "2 New Way")
	visit.Fill("reason", "moved")
	visit.Press("Change the address")
	visit.See("The address is changed.", "2 New Way", "Before: Ada, 1 Way")
	other := shop.Member(t, staff.Viewer)
	for _, path := range []string{"/admin/orders/new", "/admin/orders/DE-10001/address"} {
		other.Open(path)
		other.Answered(403)
	}
}

func TestTheDashboardLeadsToWhatHasToBeShippedAndPaidBack(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	paid := bought(t, shop)
	buyer := modelstest.Buyer("de")
	buyer.Payment = "transfer"
	owing := shop.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	if _, err := shop.Orders.MarkPaid(t.Context(), modelstest.Owner, owing.Number); err != nil {
		t.Fatal(err)
	}
	if err := shop.Orders.Cancel(t.Context(), modelstest.Owner, owing.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	visit := shop.Owner(t)
	visit.Open("/admin")
	visit.Follow("1 Paid orders to ship")
	visit.See(paid.Number)
	visit.NotSee(owing.Number)
	visit.Open("/admin")
	visit.Follow("1 Refunds to send")
	visit.See(owing.Number)
	visit.NotSee(paid.Number)
}

func TestAReturnIsAskedForOnceHoweverOftenTheFormIsSent(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := bought(t, shop)
	visit := shop.Owner(t)
	visit.Post("/admin/orders/"+o.Number+"/shipments", url.Values{"carrier": {"DHL"}})
	visit.Press("Mark as delivered")
	buyer := shop.Visit(t)
	page := "/de/orders/" + o.Token + "/returns"
	buyer.Open(page)
	form := url.Values{"seen": {buyer.Value("seen")}, "line": {strconv.FormatInt(o.Lines[0].ID, 10)}, "units": {"1"}, "reason": {"defective"}}
	for range 3 {
		buyer.Post(page, form)
		buyer.See("Rücksendungen")
	}
	if n := shop.Number(t, "SELECT COUNT(*) FROM returns"); n != 1 {
		t.Errorf("%d returns", n)
	}
	buyer.Open(page)
	form.Set("seen", buyer.Value("seen"))
	buyer.Post(page, form) // the second of the two
	if n := shop.Number(t, "SELECT COUNT(*) FROM returns"); n != 2 {
		t.Errorf("%d returns after another form", n)
	}
}
