package shop_test

import (
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
)

// A page that waits asks again by itself when its instant has come, and keeps what somebody is typing. The shop's clock of
// a test stands, so the browser's own runs ahead of it: the page must not open before the shop says so, and not ask in a
// hurry.
func TestAPageThatWaitsRenewsItself(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Time.Set(launchInSpain - 1)
	tab := chrome.Start(t)
	tab.Open(shop.URL + "/es/products/mi-note")
	tab.Fill("email", "ada@exam")
	chrome.Eval[bool](tab, "(window.waited = performance.timeOrigin, true)")
	tab.Has(`html[data-phase="test"]`)
	begun := time.Now()
	reloads := 0
	for reloads < 2 { // the instant has not come to the shop: each time the page is as it was
		if !chrome.Eval[bool](tab, "window.waited === performance.timeOrigin") {
			chrome.Eval[bool](tab, "(window.waited = performance.timeOrigin, true)")
			reloads++
			tab.Has(`html[data-phase="test"]`)
			if typed := chrome.Eval[string](tab, "document.querySelector('#email').value + ' ' + document.activeElement.id"); typed != "ada@exam email" {
				t.Fatalf("after renewal %d the field holds %q", reloads, typed)
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	if took := time.Since(begun); took < 6*time.Second {
		t.Errorf("two renewals took %v", took)
	}
	shop.Time.Set(launchInSpain)
	tab.Has(`html[data-phase="open"]`)
	tab.Has("#email")
}

func TestAPageThatWaitsHasALinkToLookAgain(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	for path, waits := range map[string]bool{"/es/products/pip-plush": true, "/es/": true, "/us/products/mi-note": false} {
		visit.Open(path)
		if strings.Contains(visit.Body, `<a href="">`) != waits {
			t.Errorf("%s: the link is there: %t", path, !waits)
		}
	}
	visit.Open("/es/products/pip-plush")
	shop.Time.Set(launchInSpain)
	visit.Follow("Volver a mirar")
	visit.See("Añadir a la cesta")
}

// What a page waits for is an instant that shoppers may know: that of a hidden product is not.
func TestAPageDoesNotTellWhenSomethingHiddenAppears(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	hide(t, shop, modelstest.At("2026-12-24T09:00:00Z"))
	visit := shop.Visit(t)
	for _, path := range []string{"/us/", "/us/products", "/us/products/mi-band", "/us/products/mi-note"} {
		visit.Open(path)
		visit.NotSee("1798102800000")
	}
}
