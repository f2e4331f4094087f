package admin_test

import (
	"net/url"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/example"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

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
