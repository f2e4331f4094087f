package handlers_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// Spain's launch, and a product that is on sale from then on.
var launchInSpain = modelstest.At("2027-06-01T00:00:00+02:00")

const fromLaunchOn = "/es/products/piston-in-ear"

// However the clock jumps, a page shows the phase of the instant at which it is asked for, and nothing is kept from another.
func TestPagesFollowAClockThatJumps(t *testing.T) {
	t.Parallel()
	followClock(t, 40)
}

func TestTorturePagesFollowAClockThatJumps(t *testing.T) {
	modelstest.Torture(t, 1, func(t *testing.T) { followClock(t, 3000) })
}

func followClock(t *testing.T, jumps int) {
	shop := handlerstest.New(t)
	anybody, buyer := shop.Visit(t), shop.Visit(t)
	buyer.Post("/es/cart/items", map[string][]string{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
	for range jumps {
		ahead := []time.Duration{-24 * time.Hour, -time.Hour, -time.Minute, -time.Millisecond, 0, time.Millisecond, time.Minute, time.Hour}[rand.N(8)]
		shop.Time.Set(launchInSpain.Add(ahead))
		shop.Machine.Advance([]time.Duration{-time.Hour, 0, time.Hour}[rand.N(3)])
		want := "test"
		if ahead >= 0 {
			want = "open"
		}
		for _, visit := range []*handlerstest.Visit{anybody, buyer} {
			visit.Open(fromLaunchOn)
			visit.Answered(200)
			sells := strings.Contains(visit.Body, `action="/es/cart/items"`)
			if !strings.Contains(visit.Body, `data-phase="`+want+`"`) || sells != (ahead >= 0) {
				t.Fatalf("%v from the launch the page is not in phase %q, or sells: %v", ahead, want, sells)
			}
			visit.Open("/es/cart")
			visit.Answered(200)
		}
	}
}

// A clock that is set right by some minutes throws nobody out; one that jumps back by a year makes no session immortal.
func TestASessionAgesThoughTheClockJumpsBack(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	shop.Machine.Advance(-10 * time.Minute)
	visit.Open("/admin/orders")
	visit.See("Orders")
	shop.Machine.Advance(staff.IdleTime)
	visit.Open("/admin/orders")
	visit.See("Sign in to the back-office")

	visit = shop.Owner(t)
	shop.Machine.Advance(-365 * 24 * time.Hour)
	visit.Open("/admin/orders")
	visit.See("Sign in to the back-office")
	shop.Owner(t).See("Dashboard")
}
