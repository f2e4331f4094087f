package handlers_test

import (
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
	"softlaunch/models/waiting"
)

// The live view follows by itself with its script, and by its link without one.
func TestTheLiveViewFollows(t *testing.T) {
	t.Parallel()
	for way, options := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			tab := chrome.Start(t, options...)
			signIn(tab, shop.URL)
			tab.See("Dashboard")
			tab.Open(shop.URL + "/admin/live")
			tab.See("As of 2026-11-20 12:00:00 UTC")
			tab.NotSee("Draining")
			if err := shop.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{}); err != nil {
				t.Fatal(err)
			}
			if err := shop.Rooms.Drain(t.Context(), modelstest.Owner, "es"); err != nil {
				t.Fatal(err)
			}
			shop.Time.Advance(5 * time.Minute)
			if way == "without script" {
				tab.Press("Look again")
			}
			tab.See("As of 2026-11-20 12:05:00 UTC")
			tab.See("Draining")
			if way == "without script" {
				return
			}
			for _, path := range []string{"/admin/live", "/admin/markets/es/waiting-room"} {
				tab.Open(shop.URL + path)
				for _, v := range tab.Axe() {
					t.Errorf("%s: %s", path, v)
				}
			}
		})
	}
}
