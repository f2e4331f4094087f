package command

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/clock"
	"softlaunch/models/modelstest"
)

// launchInUS is when the United States opened.
var launchInUS = modelstest.At("2015-06-01T00:00:00-04:00")

// The real program, started four seconds before the launch: nobody does anything, and the market opens.
func TestAMarketOpensWhileNobodyDoesAnything(t *testing.T) {
	t.Parallel()
	p := serve(t, folder(t), "SHOP_CLOCK="+launchInUS.Add(-4*time.Second).Time().Format(time.RFC3339))
	const page = "/us/products/piston-in-ear"
	before, after := 0, 0
	for after == 0 {
		body, at := ask(t, p.url+page)
		open := strings.Contains(body, `data-phase="open"`)
		sells := strings.Contains(body, `action="/us/cart/items"`)
		if open != (at >= launchInUS) || sells != open {
			t.Fatalf("at %s the page says open %t and sells %t", at, open, sells)
		}
		if open {
			after++
		} else {
			before++
		}
	}
	if before == 0 {
		t.Error("the page was never seen before the launch")
	}
}

var clockMark = regexp.MustCompile(`clock;desc="?(\d+)`)

// ask is a page with the shop's instant at which it was answered.
func ask(t *testing.T, url string) (string, clock.Instant) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	mark := clockMark.FindStringSubmatch(response.Header.Get("Server-Timing"))
	if mark == nil {
		t.Fatalf("no clock in %q", response.Header.Get("Server-Timing"))
	}
	ms, err := strconv.ParseInt(mark[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), clock.Instant(ms)
}

// A shopper waits at the page, sees nothing change before the instant, and buys after it.
func TestAShopperSeesAMarketOpen(t *testing.T) {
	t.Parallel()
	p := serve(t, folder(t), "SHOP_CLOCK="+launchInUS.Add(-5*time.Second).Time().Format(time.RFC3339))
	tab := chrome.Start(t)
	tab.Open(p.url + "/us/products/piston-in-ear")
	tab.Has(`html[data-phase="test"]`)
	tab.NotSee("Add to cart")
	for phase := "test"; phase == "test"; phase = chrome.Eval[string](tab, "document.documentElement.dataset.phase") {
		tab.Reload()
	}
	tab.Press("Add to cart")
	tab.See("$24.99")
}
