package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/example"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// trail is the newest line of the trail.
func trail(t *testing.T, shop *handlerstest.Shop) staff.Entry {
	t.Helper()
	h, err := shop.Staff.History(t.Context(), staff.Filter{})
	if err != nil || len(h.Entries) == 0 {
		t.Fatalf("no trail: %v", err)
	}
	return h.Entries[0]
}

func wantTrail(t *testing.T, shop *handlerstest.Shop, verb, subject, name, reason string) {
	t.Helper()
	if e := trail(t, shop); e.Verb != verb || e.Subject != subject || e.Name != name || e.Reason != reason || e.Actor != modelstest.Owner.Name {
		t.Errorf("the trail ends with %+v, want %s %s %s", e, verb, subject, name)
	}
}

func TestEveryPageOfTheBackOfficeOpens(t *testing.T) {
	shop := handlerstest.New(t)
	paid := shop.Pay(t, shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	visit := shop.Owner(t)
	for path, text := range map[string]string{
		"/admin":                               "Paid orders to ship",
		"/admin/orders":                        paid.Number,
		"/admin/orders?q=" + paid.Number:       paid.Name,
		"/admin/orders?state=shipped":          "No order fits",
		"/admin/orders?market=us":              "No order fits",
		"/admin/orders/" + paid.Number:         "MI-BAND-BLACK",
		"/admin/markets":                       "Europe/Berlin",
		"/admin/markets/es":                    "In test",
		"/admin/markets/es/schedule":           "Type “es” to confirm",
		"/admin/launches":                      "Italy",
		"/admin/launches/es":                   "Selling its batch",
		"/admin/launches/de":                   "Missing",
		"/admin/products":                      "Mi Band",
		"/admin/products?q=fox":                "Pip",
		"/admin/products?q=zzz":                "No product",
		"/admin/products/mi-band":              "MI-BAND-BLUE",
		"/admin/products/mi-band/listings/de":  "Holds now",
		"/admin/products/mi-band/listings/it":  "Amount in EUR, tax included",
		"/admin/stock":                         "On hand",
		"/admin/stock?q=fox":                   "Pip",
		"/admin/mails":                         "Mails",
		"/admin/staff":                         example.Email,
		"/admin/staff/1":                       "Sign out everywhere",
		"/admin/password":                      "Present password",
		"/admin/trail":                         "Trail",
		"/admin/trail?subject=price&q=nothing": "No change fits",
	} {
		visit.Open(path)
		visit.Answered(200)
		visit.See(text)
	}
	for _, path := range []string{"/admin/nothing", "/admin/markets/xx", "/admin/orders/NONE", "/admin/products/none", "/admin/staff/77",
		"/admin/staff/x", "/admin/mails/99", "/admin/launches/es/waves/9999", "/admin/launches/es/approvals/9999", "/admin/stock/moon/MI-BAND-BLACK",
		"/admin/products/mi-band/listings/xx", "/admin/customers"} {
		visit.Open(path)
		visit.Answered(404)
		visit.See("There is nothing here", "To the dashboard")
	}
}

func TestAScheduleIsPreviewedAndChanged(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es")
	visit.Follow("Change schedule")
	visit.Fill("Launch", "2026-12-01T09:00")
	visit.Press("Preview")
	visit.Answered(200)
	visit.See("2026-12-01 08:00 UTC", "The market stays in test for now.", "1 December 2026, 09:00")
	visit.Fill("Type “es” to confirm", "de")
	visit.Press("Change the schedule")
	visit.Answered(422)
	visit.See("Type the market's code to confirm.")
	if !strings.HasPrefix(visit.Title(), "Error: ") || visit.Value("launch_at") != "2026-12-01T09:00" {
		t.Errorf("the refused form is titled %q and keeps %q", visit.Title(), visit.Value("launch_at"))
	}
	visit.Fill("Type “es” to confirm", "es")
	visit.Press("Change the schedule")
	visit.See("The schedule is changed.", "1 December 2026, 09:00")
	wantTrail(t, shop, "reschedule", "market", "es", "")
	visit.Open("/admin/markets/es")
	visit.NotSee("The schedule is changed.")
}

func TestAScheduleAsksWhichOfTwoTimes(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	form := url.Values{"announced_at": {"2026-10-01T00:00"}, "test_at": {"2026-11-02T00:00"}, "launch_at": {"2027-03-28T02:30"}, "confirm": {"it"}}
	visit.Post("/admin/markets/it/schedule", form)
	visit.Answered(422)
	visit.See("Clocks skip this time")
	form.Set("launch_at", "2027-10-31T02:30")
	visit.Post("/admin/markets/it/schedule", form)
	visit.Answered(422)
	visit.See("Clocks show this time twice", "The later one")
	visit.Choose("launch_at_fold", "later")
	visit.Press("Change the schedule")
	visit.See("The schedule is changed.", "2027-10-31 01:30 UTC")
}

func TestAMarketIsPausedAndResumed(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/de")
	visit.Press("Pause sales now")
	visit.Answered(422)
	visit.See("Say why the market pauses")
	visit.Fill("Why sales pause", "wrong labels <b>")
	visit.Press("Pause sales now")
	visit.See("Sales are paused.", "wrong labels <b>", "Paused")
	wantTrail(t, shop, "pause", "market", "de", "wrong labels <b>")
	visit.Post("/admin/markets/de/pauses", url.Values{"reason": {"again"}})
	visit.Answered(409)
	visit.See("The market is paused already.")
	visit.Open("/admin/markets/de")
	visit.Press("Resume sales now")
	visit.See("Sales go on.", "Open")
	wantTrail(t, shop, "resume", "market", "de", "")
}

func TestWavesAreAddedChangedAndRemoved(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/launches/es")
	visit.Fill("sku", "MI-BAND-BLUE")
	visit.Fill("Units", "none")
	visit.Press("Add wave")
	visit.Answered(422)
	visit.See("Enter a whole number from 1 to 1,000,000.")
	visit.Fill("Begins", "2026-12-24T10:00")
	visit.Fill("Units", "77")
	visit.Press("Add wave")
	visit.See("The wave is added.", "77 from 24 December 2026, 10:00")
	wantTrail(t, shop, "add", "wave", "es MI-BAND-BLUE", "")
	visit.Open("/admin/launches/es/waves/" + waveOf(t, shop, 77))
	visit.Fill("Units", "78")
	visit.Press("Save wave")
	visit.See("The wave is changed.", "78 from 24 December 2026, 10:00")
	wantTrail(t, shop, "change", "wave", "es MI-BAND-BLUE", "")
	visit.Open("/admin/launches/es/waves/" + waveOf(t, shop, 78))
	visit.Press("Remove wave")
	visit.See("The wave is removed.")
	visit.NotSee("78 from 24 December")
	wantTrail(t, shop, "remove", "wave", "es MI-BAND-BLUE", "")
}

func TestApprovalsAreGrantedAndWithdrawn(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	product, kind := missingApproval(t, shop, "de")
	visit.Open("/admin/launches/de")
	visit.Press("Grant approval")
	visit.Answered(422)
	visit.See("Say what proves it")
	visit.Fill("product", product)
	visit.Fill("kind", kind)
	visit.Fill("What proves it", "certificate 123")
	visit.Fill("Valid until", "2027-06-01T00:00")
	visit.Press("Grant approval")
	visit.See("The approval is granted.", "Granted until 1 June 2027, 00:00", "certificate 123")
	wantTrail(t, shop, "approve", "approval", "de "+product+" "+kind, "certificate 123")
	visit.Open("/admin/launches/de/approvals/" + grantOf(t, shop, "certificate 123"))
	visit.Fill("Why", "recalled")
	visit.Press("Withdraw approval")
	visit.See("The approval is withdrawn.", "Refused or withdrawn")
	wantTrail(t, shop, "withdraw", "approval", "de "+product+" "+kind, "recalled")
}

func TestPricesAndListingsAreChanged(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/products/mi-band")
	visit.Follow("Germany")
	visit.Fill("sku", "MI-BAND-BLACK")
	visit.Fill("Amount in EUR, tax included", "-3")
	visit.Press("Set price")
	visit.Answered(422)
	visit.See("Enter an amount above zero")
	visit.Fill("amount", "13,49")
	visit.Fill("valid_from", "2026-12-01T00:00")
	visit.Press("Set price")
	visit.See("The price is set.", "€13.49", "1 December 2026, 00:00")
	wantTrail(t, shop, "set", "price", "de MI-BAND-BLACK", "")
	visit.Press("Take back")
	visit.See("The price is taken back.")
	wantTrail(t, shop, "take back", "price", "de MI-BAND-BLACK", "")

	visit.Open("/admin/products/mi-band/listings/de")
	visit.Fill("Most per order", "many")
	visit.Press("Save listing")
	visit.Answered(422)
	visit.See("Enter a whole number from 0 to 9999")
	visit.Fill("Most per order", "7")
	visit.Press("Save listing")
	visit.See("The listing is saved.")
	if got := visit.Value("limit_order"); got != "7" {
		t.Errorf("the limit is shown as %q", got)
	}
	wantTrail(t, shop, "set", "listing", "de mi-band", "")
}

func TestStockIsCounted(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/stock?q=MI-BAND-BLACK")
	visit.See("MI-BAND-BLACK")
	rows, err := shop.Warehouse.Rows(t.Context(), "MI-BAND-BLACK")
	if err != nil {
		t.Fatal(err)
	}
	visit.Open("/admin/stock/" + rows[0].Location + "/MI-BAND-BLACK")
	visit.Fill("Units on hand", "11")
	visit.Press("Save count")
	visit.Answered(422)
	visit.Fill("Why", "broken boxes")
	visit.Press("Save count")
	visit.See("The count is saved.")
	wantTrail(t, shop, "count", "stock", rows[0].Location+" MI-BAND-BLACK", "broken boxes")
	visit.Open("/admin/stock?low=1")
	visit.See("MI-BAND-BLACK", "11", "low")
}

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

func TestStaffAreManaged(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/staff")
	visit.Fill("E-mail address", "mia@example.com")
	visit.Fill("Name", "Mia")
	visit.Fill("Role", "support")
	visit.Fill("First password", "short")
	visit.Press("Add to staff")
	visit.Answered(422)
	visit.See("Use 12 to 200 characters.")
	visit.Fill("First password", "long enough for Mia")
	visit.Press("Add to staff")
	visit.See("Mia is on the staff.", "mia@example.com")
	wantTrail(t, shop, "create", "staff", "mia@example.com", "")

	mia := shop.SignIn(t, "mia@example.com", "long enough for Mia")
	visit.Follow("Mia")
	visit.Fill("Role", "viewer")
	visit.Press("Change role")
	visit.See("The role is changed.")
	wantTrail(t, shop, "role", "staff", "mia@example.com", "")
	visit.Press("Disable")
	visit.See("The member can't sign in any more.", "Let in again")
	wantTrail(t, shop, "disable", "staff", "mia@example.com", "")
	mia.Open("/admin/orders")
	mia.See("Sign in to the back-office")

	visit.Open("/admin/staff/1")
	visit.Press("Disable")
	visit.Answered(409)
	visit.See("The shop needs an owner")
}

func TestANewPasswordEndsOtherSessions(t *testing.T) {
	shop := handlerstest.New(t)
	here, elsewhere := shop.Owner(t), shop.Owner(t)
	here.Open("/admin/password")
	here.Fill("Present password", "wrong")
	here.Fill("New password", "another password for the owner")
	here.Press("Change password")
	here.Answered(422)
	here.See("This is not your present password.")
	here.Fill("Present password", example.Password)
	here.Fill("New password", "another password for the owner")
	here.Press("Change password")
	here.See("Your password is changed.")
	here.Open("/admin/orders")
	here.Answered(200)
	here.See("Orders")
	elsewhere.Open("/admin/orders")
	elsewhere.See("Sign in to the back-office")
	shop.SignIn(t, example.Email, "another password for the owner")
}

func TestEachRoleDoesItsOwnWork(t *testing.T) {
	shop := handlerstest.New(t)
	placed := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	posts := map[string][]staff.Role{
		"/admin/markets/de/schedule":                       {staff.Merchandiser},
		"/admin/markets/de/pauses":                         {staff.Merchandiser},
		"/admin/markets/de/pauses/end":                     {staff.Merchandiser},
		"/admin/launches/es/waves":                         {staff.Merchandiser},
		"/admin/launches/de/approvals":                     {staff.Merchandiser},
		"/admin/products/mi-band/listings/de":              {staff.Merchandiser},
		"/admin/products/mi-band/listings/de/prices":       {staff.Merchandiser},
		"/admin/stock/main/MI-BAND-BLACK/counts":           {staff.Merchandiser},
		"/admin/orders/" + placed.Number + "/payment":      {staff.Support},
		"/admin/orders/" + placed.Number + "/cancellation": {staff.Support},
		"/admin/orders/" + placed.Number + "/shipments":    {staff.Support},
		"/admin/staff":             nil,
		"/admin/staff/1/role":      nil,
		"/admin/staff/1/disabling": nil,
		"/admin/staff/1/password":  nil,
	}
	for _, role := range []staff.Role{staff.Merchandiser, staff.Support, staff.Viewer} {
		visit := shop.Member(t, role)
		before := trail(t, shop).ID
		for path, allowed := range posts {
			if len(allowed) > 0 && allowed[0] == role {
				continue
			}
			visit.Post(path, url.Values{"confirm": {"de"}, "reason": {"because"}, "carrier": {"DHL"}, "quantity": {"1"}, "password": {"a new long password"}, "role": {"owner"}})
			visit.Answered(403)
		}
		visit.Open("/admin/staff")
		visit.Answered(403)
		visit.NotSee(example.Email)
		if after := trail(t, shop).ID; after != before {
			t.Errorf("%s changed something: %+v", role, trail(t, shop))
		}
		visit.Open("/admin/orders/" + placed.Number)
		visit.Answered(200)
		if may := role == staff.Support; visit.Has("/admin/orders/"+placed.Number+"/cancellation") != may {
			t.Errorf("%s: the cancellation form is there: %v", role, !may)
		}
	}
}

func TestAChangedScheduleOpensTheMarketAtItsInstant(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Post("/admin/markets/es/schedule", url.Values{"announced_at": {"2026-10-01T00:00"}, "test_at": {"2026-11-02T00:00"},
		"launch_at": {"2026-11-20T13:05"}, "confirm": {"es"}})
	visit.Answered(200)
	shop.Time.Set(modelstest.At("2026-11-20T12:04:59.999Z"))
	if got := phaseOf(t, shop, "es"); got != market.Test {
		t.Errorf("a millisecond before: %s", got)
	}
	shop.Time.Advance(time.Millisecond)
	if got := phaseOf(t, shop, "es"); got != market.Open {
		t.Errorf("at the instant: %s", got)
	}
	visit.Open("/admin/markets/es")
	visit.See("Open")
}
