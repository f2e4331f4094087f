package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/staff"
)

func TestStaffRehearseALaunchInTheBackOffice(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	plan := url.Values{"market": {"es"}, "sku": {"MI-HEADPHONES-BLACK"}, "buyers": {"60"}, "units": {"20"}, "at_once": {"20"}}
	begin := func(change url.Values) {
		form := url.Values{}
		for _, values := range []url.Values{plan, change} {
			for name, value := range values {
				form[name] = value
			}
		}
		visit.Post("/admin/rehearsal", form)
	}
	for field, wrong := range map[string]string{"buyers": "0", "units": "many", "at_once": "513"} {
		begin(url.Values{field: {wrong}})
		visit.Answered(http.StatusUnprocessableEntity)
		visit.See("Enter a whole number")
	}
	begin(url.Values{"market": {"zz"}})
	visit.Answered(http.StatusNotFound)

	begin(nil)
	visit.Answered(http.StatusOK)
	visit.See("The rehearsal has begun", "Under way in es")
	if visit.Header.Get("Refresh") == "" {
		t.Error("the page does not refresh itself")
	}
	begin(nil)
	visit.Answered(http.StatusConflict)
	for range 300 {
		if visit.Open("/admin/rehearsal"); visit.Header.Get("Refresh") == "" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	visit.See("60 buyers for 20 units", "Everything held", "Nothing real was touched", "order page")
	if n := shop.Number(t, "SELECT COUNT(*) FROM orders"); n != 0 {
		t.Errorf("the shop itself has %d orders", n)
	}
	begin(url.Values{"sku": {"MI-PHONE"}})
	for range 300 {
		if visit.Open("/admin/rehearsal"); visit.Header.Get("Refresh") == "" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	visit.See("could not be played", "will not sell these goods")
}

func TestOnlyWhoRunsMarketsRehearses(t *testing.T) {
	t.Parallel()
	shop := handlerstest.NewSecure(t)
	visit := shop.Owner(t)
	visit.Post("/admin/rehearsal", url.Values{"market": {"es"}, "buyers": {"2"}, "units": {"1"}, "at_once": {"1"}})
	visit.Answered(http.StatusUnprocessableEntity)
	visit.See("Type the market")
	if strings.Contains(visit.Text(), "Under way") {
		t.Error("production rehearses without being asked twice")
	}
	viewer := shop.Member(t, staff.Viewer)
	viewer.Open("/admin/rehearsal")
	if viewer.Has("/admin/rehearsal") {
		t.Error("a viewer is offered a rehearsal")
	}
	viewer.Post("/admin/rehearsal", url.Values{"market": {"es"}, "confirm": {"es"}, "buyers": {"2"}, "units": {"1"}, "at_once": {"1"}})
	viewer.Answered(http.StatusForbidden)
}
