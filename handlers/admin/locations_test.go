package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/staff"
)

func TestAStockLocationIsMadeAndFilledInTheBackOffice(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/stock")
	visit.Follow("Locations")
	visit.See("Venlo", "DE, FR", "Add a location")
	visit.Fill("code", "Porto!")
	visit.Fill("name", "Porto")
	visit.Press("Add location")
	visit.Answered(http.StatusUnprocessableEntity)
	visit.See("Use 2 to 30 small letters")
	if visit.Value("name") != "Porto" {
		t.Error("what was typed is gone")
	}
	visit.Fill("code", "porto")
	visit.Press("Add location")
	visit.See("The location is added.", "no market")
	wantTrail(t, shop, "add", "location", "porto", "")

	visit.Fill("sku", "PIP-PLUSH-FOX")
	visit.Fill("quantity", "many")
	visit.Fill("reason", "First delivery")
	visit.Press("Save count")
	visit.Answered(http.StatusUnprocessableEntity)
	visit.Fill("quantity", "40")
	visit.Press("Save count")
	visit.See("The count is saved.")
	wantTrail(t, shop, "count", "stock", "porto PIP-PLUSH-FOX", "First delivery")
	visit.Fill("name", "Porto Norte")
	visit.Press("Save name")
	visit.See("The name is saved.", "Porto Norte")
	wantTrail(t, shop, "rename", "location", "porto", "")
	visit.Open("/admin/stock?q=fox")
	visit.See("Porto Norte", "40")
	visit.Open("/admin/markets/es/settings")
	visit.See("Porto Norte")
	visit.Open("/admin/stock/locations/atlantis")
	visit.Answered(http.StatusNotFound)
}

func TestLocationsAreChangedByWhoMayCount(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for role, may := range map[staff.Role]bool{staff.Merchandiser: true, staff.Support: false, staff.Viewer: false} {
		visit := shop.Member(t, role)
		visit.Open("/admin/stock/locations")
		visit.Answered(http.StatusOK)
		if visit.Has("/admin/stock/locations") != may {
			t.Errorf("%s is offered a new location, or not: %v", role, !may)
		}
		visit.Open("/admin/stock/locations/venlo")
		visit.Answered(http.StatusOK)
		if visit.Has("/admin/stock/locations/venlo") != may {
			t.Errorf("%s is offered a new name, or not: %v", role, !may)
		}
		if may {
			continue
		}
		for path, fields := range map[string]url.Values{
			"/admin/stock/locations": {"code": {"porto"}, "name": {"Porto"}}, "/admin/stock/locations/venlo": {"name": {"Porto"}},
			"/admin/stock/locations/venlo/counts": {"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}, "reason": {"x"}},
		} {
			visit.Post(path, fields)
			visit.Answered(http.StatusForbidden)
		}
	}
}
