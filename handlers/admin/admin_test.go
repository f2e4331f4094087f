package admin_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/example"
	"softlaunch/models/modelstest"
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
