package admin_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
	"softlaunch/models/waiting"
)

func TestStaffRunAWaitingRoom(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	owner := shop.Owner(t)
	owner.Open("/admin/markets/es/waiting-room")
	owner.See("Closed", "Everybody may shop")
	base := "/admin/markets/es/waiting-room/"

	owner.Form(base+"arming").Fill("most_inside", "none")
	owner.Form(base + "arming").Press("Arm")
	owner.Answered(http.StatusUnprocessableEntity)
	owner.See("whole number")
	owner.Form(base+"arming").Fill("most_inside", "3")
	owner.Form(base + "arming").Press("Arm")
	owner.See("The waiting room is armed.", "1 June 2027", "Inside, or called and expected")
	for range 4 {
		shop.Visit(t).Open("/es/waiting-room")
	}
	owner.Form(base + "opening").Press("Open now")
	owner.See("The waiting room is open.", "Tickets given out 4")
	owner.Form(base + "draining").Press("Drain")
	owner.See("Draining")
	owner.Form(base + "closing").Press("Close now")
	owner.See("The waiting room is closed.")
	owner.Post(base+"closing", url.Values{})
	owner.Answered(http.StatusConflict)
	owner.Open("/admin/trail?subject=waiting+room")
	owner.See("arm waiting room", "open waiting room", "drain waiting room", "close waiting room", "Example Owner")
}

func TestOnlyWhoRunsMarketsRunsWaitingRooms(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	base := "/admin/markets/es/waiting-room/"
	for _, role := range []staff.Role{staff.Support, staff.Viewer} {
		visit := shop.Member(t, role)
		visit.Open("/admin/markets/es/waiting-room")
		visit.Answered(http.StatusOK)
		if visit.Has(base + "arming") {
			t.Errorf("%s is offered what he may not do", role)
		}
		for _, verb := range []string{"arming", "opening", "draining", "closing"} {
			visit.Post(base+verb, url.Values{})
			visit.Answered(http.StatusForbidden)
		}
	}
	nobody := shop.Visit(t)
	nobody.Post(base+"opening", url.Values{})
	nobody.See("Sign in")
	if state := shop.Rooms.Status("es").Plan.State; state != waiting.Closed {
		t.Errorf("the room is %s", state)
	}
}

func TestTheLiveViewShowsWhatGoesOn(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	shopper := shop.Visit(t)
	shopper.Open("/es/products/piston-in-ear")
	shopper.Post("/es/cart/items", url.Values{"sku": {"PISTON-IN-EAR-GOLD"}, "quantity": {"1"}})
	shopper.Answered(http.StatusConflict)
	if err := shop.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{Most: "1"}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		shop.Visit(t).Open("/es/waiting-room")
	}
	shop.Work(t)
	owner := shop.Owner(t)
	owner.Open("/admin/live")
	owner.See("Changes waiting for the writer 0", "Spain", "749", "Before the launch", "Look again")
	status := shop.Rooms.Status("es")
	if status.Waiting != 2 || status.Inside != 1 {
		t.Errorf("%d wait and %d are inside", status.Waiting, status.Inside)
	}
	if traffic := shop.Meter.Traffic("es"); traffic.Visitors == 0 || traffic.Pages < 5 {
		t.Errorf("counted %+v", traffic)
	}
}

// The stream tells at once, and ends when the server does.
func TestTheLiveStreamEndsWithTheServer(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	shop := handlerstest.New(t, func(c *handlers.Config) { c.Stop = stop })
	owner := shop.Owner(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, shop.URL+"/admin/live/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range owner.Cookies() {
		request.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("it is %s", kind)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	told := 0
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "event: figures") {
			if told++; told == 2 {
				close(stop)
			}
		}
	}
	if told < 2 || ctx.Err() != nil {
		t.Errorf("%d events, then %v", told, ctx.Err())
	}
}
