package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/waiting"
)

// keptPaths are pages of each kind, in markets of each phase.
var keptPaths = []string{"/", "/us/", "/es/", "/it/", "/de-en/products", "/es/products?sort=new", "/us/products?category=audio&sort=price",
	"/us/products/mi-band", "/es/products/mi-headphones", "/es/products/mi-headphones?variant=MI-HEADPHONES-BLACK",
	"/it/products/pip-plush", "/us/products/mi-note", "/fr/products/climate-sensor", "/es/pages/terms"}

// sighting is a page as two visitors see it: one without a cookie, who may get a kept page, and one with a cookie that means
// nothing, whose page is rendered.
type sighting struct{ kept, rendered *handlerstest.Visit }

func newSighting(t *testing.T, shop *handlerstest.Shop) sighting {
	s := sighting{shop.Visit(t), shop.Visit(t)}
	s.rendered.Remember("probe", "1")
	return s
}

// same checks that both see the same at a path, and that the first of them got a kept page if there was one to keep.
func (s sighting) same(t *testing.T, path, when string) (body string) {
	t.Helper()
	s.kept.Open(path)
	s.rendered.Open(path)
	if s.kept.Status != s.rendered.Status || s.kept.Body != s.rendered.Body && s.kept.Status == http.StatusOK {
		t.Errorf("%s %s: kept is %d with %d bytes, rendered %d with %d: %s", when, path, s.kept.Status, len(s.kept.Body),
			s.rendered.Status, len(s.rendered.Body), difference(s.kept.Body, s.rendered.Body))
	}
	if (s.kept.Header.Get("ETag") != "") != (s.kept.Status == http.StatusOK) || s.rendered.Header.Get("ETag") != "" {
		t.Errorf("%s %s: tags %q and %q", when, path, s.kept.Header.Get("ETag"), s.rendered.Header.Get("ETag"))
	}
	return s.kept.Body
}

// difference is where two texts part.
func difference(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	around := func(s string) string { return s[min(len(s), max(0, at-60)):min(len(s), at+60)] }
	return fmt.Sprintf("%q is not %q", around(a), around(b))
}

// instants are those at which any page can change by time, of the example and of what plan adds.
func instants(t *testing.T, shop *handlerstest.Shop) []clock.Instant {
	t.Helper()
	all := shop.Instants(t)
	all = slices.DeleteFunc(all, clock.Instant.IsZero)
	for _, at := range slices.Clone(all) {
		all = append(all, at.Add(-market.LaunchWeek), at.Add(launch.NewFor))
	}
	for _, day := range []string{"2026-11-20T13:00:00Z", "2026-11-20T17:00:00-05:00", "2026-11-21T00:00:00+01:00", "2026-11-20T14:00:00+01:00",
		"2027-03-28T00:00:00Z", "2027-03-28T02:00:00Z", "2027-10-31T01:00:00Z"} {
		all = append(all, modelstest.At(day))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// plan makes everything happen that an instant can bring: a pause, a price, an approval, an end, a hold.
func plan(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	later := func(days int) clock.Instant { return modelstest.Start.Add(time.Duration(days) * 24 * time.Hour) }
	shop.Exec(t, "INSERT INTO pauses (market_id, from_at, to_at, reason) SELECT id, ?, ?, 'a test' FROM markets WHERE code = 'us'", later(1), later(2))
	shop.Exec(t, `INSERT INTO prices (market_id, variant_id, amount, currency, valid_from, ends_at)
		SELECT market_id, variant_id, amount - 100, currency, ?, ? FROM prices WHERE market_id IN (SELECT id FROM markets WHERE code IN ('us', 'es'))`, later(3), later(4))
	shop.Exec(t, `UPDATE approvals SET status = 'granted', valid_from = ?, valid_to = ? WHERE market_id = (SELECT id FROM markets WHERE code = 'us')`, later(5), later(6))
	shop.Exec(t, `UPDATE listings SET ends_at = ? WHERE market_id = (SELECT id FROM markets WHERE code = 'es') AND product_id = (SELECT id FROM products WHERE slug = 'mi-headphones')`, later(300))
	shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
}

func TestAKeptPageIsNeverEarlyAndNeverLate(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	plan(t, shop)
	see := newSighting(t, shop)
	paths := []string{"/", "/us/", "/es/", "/us/products?sort=new", "/us/products/mi-band", "/es/products/mi-headphones", "/us/products/mi-note", "/fr/products/climate-sensor", "/fr/products/bedside-lamp"}
	visit := func(at clock.Instant) {
		shop.Time.Set(at)
		for _, path := range paths {
			see.same(t, path, at.String())
		}
	}
	all := instants(t, shop)
	for _, at := range all {
		visit(at - 1)
		visit(at)
	}
	for range 30 { // and a clock that jumps, back too
		visit(all[rand.IntN(len(all))] + clock.Instant(rand.IntN(3)-1))
	}
}

func TestNothingHiddenIsInAKeptPage(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	const canary = "Kept Canary"
	visible := modelstest.Start.Add(time.Hour)
	shop.Exec(t, "UPDATE product_texts SET name = ? WHERE product_id = (SELECT id FROM products WHERE slug = 'mi-band')", canary)
	shop.Exec(t, "UPDATE listings SET visible_from = ? WHERE product_id = (SELECT id FROM products WHERE slug = 'mi-band')", visible)
	see := newSighting(t, shop)
	for _, row := range []struct {
		at    clock.Instant
		shown bool
	}{{modelstest.Start, false}, {visible - 1, false}, {visible, true}, {visible - 1, false}} {
		shop.Time.Set(row.at)
		for _, path := range []string{"/us/", "/us/products", "/us/products/mi-band", "/es/", "/us/products/pip-plush"} {
			if body := see.same(t, path, row.at.String()); strings.Contains(body, canary) != row.shown && path != "/us/products/pip-plush" {
				t.Errorf("%s at %s: shown %v", path, row.at, !row.shown)
			} else if !row.shown && strings.Contains(body, canary) {
				t.Errorf("%s at %s shows what is hidden", path, row.at)
			}
		}
	}
}

func TestAChangeIsOnTheNextPage(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	other := modelstest.Open(t, shop.Path, shop.Time, shop.Machine) // another process
	see := newSighting(t, shop)
	everywhere := func(when string) {
		t.Helper()
		for _, path := range keptPaths {
			see.same(t, path, when)
			see.same(t, path, when+", again")
		}
	}
	everywhere("at first")
	price := func(amount string) catalog.PriceForm { return catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: amount} }
	for name, set := range map[string]*catalog.Catalog{"here": shop.Catalog, "there": other.Catalog} {
		amount := "17." + fmt.Sprint(10+len(name))
		shop.Time.Advance(time.Second)
		if err := set.SetPrice(t.Context(), modelstest.Owner, "us", "mi-band", price(amount)); err != nil {
			t.Fatal(err)
		}
		if body := see.same(t, "/us/products/mi-band", "a price set "+name); !strings.Contains(body, amount) {
			t.Errorf("the price set %s is not shown", name)
		}
		everywhere("after a price set " + name)
	}
	shop.Stock(t, "reno", "MI-BAND-BLACK", 0)
	everywhere("after a count")
	if err := shop.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{}); err != nil {
		t.Fatal(err)
	}
	if body := see.same(t, "/es/", "a waiting room"); !strings.Contains(body, "/es/waiting-room") {
		t.Error("the waiting room is not shown")
	}
	everywhere("with a waiting room")
	if err := shop.Rooms.Close(t.Context(), modelstest.Owner, "es"); err != nil {
		t.Fatal(err)
	}
	everywhere("without one")
	order := shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	if body := see.same(t, "/es/products/mi-headphones", "a unit held"); !strings.Contains(body, "49") {
		t.Error("the units left are not shown")
	}
	everywhere("after an order")
	shop.Pay(t, order)
	everywhere("after a payment")
	held := shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	end := clock.Instant(shop.Number(t, "SELECT expires_at FROM holds WHERE order_id = ?", held.ID))
	for at, left := range map[clock.Instant]string{end - 1: "48", end: "49"} {
		shop.Time.Set(at)
		if body := see.same(t, "/es/products/mi-headphones", "a hold at its end"); !strings.Contains(body, left) {
			t.Errorf("at %s not %s are left", at, left)
		}
	}
	shop.Work(t)
	everywhere("after the sweep")
}

func TestAVisitorWithACartGetsHisOwnPage(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit, stranger := shop.Visit(t), shop.Visit(t)
	stranger.Open("/us/")
	visit.Post("/us/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"2"}})
	for range 2 {
		visit.Open("/us/")
		if visit.Header.Get("ETag") != "" || visit.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("a page with a cart is sent with %v", visit.Header)
		}
		before := stranger.Body
		stranger.Open("/us/")
		if stranger.Body != before || stranger.Body == visit.Body {
			t.Error("the cart of one visitor is on the page of another")
		}
	}
}

// Whoever has a cart sees what he would see if his page were rendered, also when it carries an access code.
func TestAKeptPageWithACartIsTheRenderedOne(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit, stranger := shop.Visit(t), shop.Visit(t)
	rendered := shop.Visit(t)
	everywhere := func(when string) {
		t.Helper()
		rendered.Remember("cart", visit.Cookies()["cart"])
		rendered.Remember("probe", "1")
		for _, path := range keptPaths {
			for range 2 {
				visit.Open(path)
				stranger.Open(path)
			}
			rendered.Open(path)
			if visit.Status != rendered.Status || visit.Body != rendered.Body {
				t.Errorf("%s %s: %d and %d: %s", when, path, visit.Status, rendered.Status, difference(visit.Body, rendered.Body))
			}
			if strings.Contains(stranger.Body, "tool__count") {
				t.Errorf("%s %s: a stranger sees a cart", when, path)
			}
		}
	}
	visit.Post("/es/cart/items", url.Values{"sku": {"MI-HEADPHONES-BLACK"}, "quantity": {"1"}})
	everywhere("with a cart")
	visit.Post("/es/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
	everywhere("with two units")
	codes := shop.AccessCodes(t, "es", "mi-band", 1, 1)
	visit.Post("/es/cart/code", url.Values{"code": {codes[0]}})
	everywhere("with a code")
}

// A kept page has every header that others have, an id of its own, and the time of now.
func TestAKeptPageIsSentLikeAnyOther(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	see := newSighting(t, shop)
	see.same(t, "/us/products/mi-band", "first")
	shop.Time.Advance(time.Second)
	id := see.kept.Header.Get("X-Request-Id")
	see.same(t, "/us/products/mi-band", "kept")
	for name, value := range see.rendered.Header {
		switch got := see.kept.Header[name]; name {
		case "X-Request-Id":
			if len(got) != 1 || len(got[0]) != len(value[0]) || got[0] == id {
				t.Errorf("the id is %q after %q", got, id)
			}
		case "Cache-Control", "Vary", "Date", "Content-Length": // the last is not told of what was unpacked on its way
		default:
			if !slices.Equal(got, value) {
				t.Errorf("%s is %q, not %q", name, got, value)
			}
		}
	}
	see.kept.Extra.Set("If-None-Match", see.kept.Header.Get("ETag"))
	see.kept.Open("/us/products/mi-band")
	if see.kept.Status != http.StatusNotModified || see.kept.Body != "" || see.kept.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("who has the page is answered %d with %d bytes", see.kept.Status, len(see.kept.Body))
	}
}

// Addresses that are not the pages' own answer like them and take no room.
func TestJunkInAnAddressIsNotKept(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	for _, path := range []string{"/us/?utm_source=x", "/us/products?page=01", "/us/products?page=1", "/us/products?sort=junk",
		"/us/products?sort=price&category=audio", "/us/products?q=band", "/us/products/mi-band?variant=NONE", "/us/products/mi-band?code=X",
		"/us/products?"} {
		visit.Open(path)
		visit.Answered(http.StatusOK)
		if visit.Header.Get("ETag") != "" {
			t.Errorf("%s is kept", path)
		}
	}
}
