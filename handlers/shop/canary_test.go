package shop_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/clock"
	"softlaunch/models/modelstest"
	"softlaunch/static"
)

// canaries are what nobody may read of a hidden product: its names, texts, price and picture.
var canaries = []string{"canary", "kanarienvogel", "canari", "canario", "canarino", "47.11", "47,11", "CANARY-YELLOW", static.URL(canaryFile)}

const canaryFile = "pictures/climate-sensor-white-1.svg" // no other product of the test has it

// hide makes a product of canaries, alone in its category, that every market shows from an instant on. Spain is a draft until
// then.
func hide(t *testing.T, shop *handlerstest.Shop, from clock.Instant) {
	t.Helper()
	shop.Exec(t, `INSERT INTO categories (slug, position, tint) VALUES ('canary', 99, 'grey')`)
	shop.Exec(t, `INSERT INTO category_texts (category_id, language, name, line)
		SELECT c.id, t.language, 'Canary birds', 'Canary birds for all' FROM categories c, category_texts t WHERE c.slug = 'canary' AND t.category_id = 1`)
	shop.Exec(t, `UPDATE products SET category_id = (SELECT id FROM categories WHERE slug = 'canary') WHERE slug = 'climate-sensor'`)
	shop.Exec(t, `UPDATE products SET slug = 'canary', brand = 'Canary', model_number = 'CANARY-1', manufacturer = 'Canary Works' WHERE slug = 'climate-sensor'`)
	shop.Exec(t, `UPDATE variants SET sku = 'CANARY-YELLOW' WHERE sku = 'CLIMATE-SENSOR-WHITE'`)
	for language, name := range map[string]string{"en": "Canary", "de": "Kanarienvogel", "fr": "Canari", "es": "Canario", "it": "Canarino"} {
		shop.Exec(t, `UPDATE product_texts SET name = ?, line = ?, story = ?, warnings = ?, folded = ? WHERE language = ?
			AND product_id = (SELECT id FROM products WHERE slug = 'canary')`, name, name+" line", name+" story", name+" warnings", strings.ToLower(name), language)
	}
	shop.Exec(t, `UPDATE picture_texts SET alt = 'Canary' WHERE picture_id IN (SELECT p.id FROM pictures p JOIN variants v ON v.id = p.variant_id WHERE v.sku = 'CANARY-YELLOW')`)
	shop.Exec(t, `UPDATE prices SET amount = 4711 WHERE variant_id = (SELECT id FROM variants WHERE sku = 'CANARY-YELLOW')`)
	shop.Exec(t, `UPDATE listings SET visible_from = ?, on_sale_from = ? WHERE product_id = (SELECT id FROM products WHERE slug = 'canary')`, from, from)
	shop.Exec(t, `UPDATE markets SET announced_at = ?, announced_local = '', test_at = NULL, test_local = '', launch_at = ?, launch_local = '' WHERE code = 'es'`, from, from)
}

var everyStore = []string{"us", "uk", "de", "de-en", "fr", "es", "it"}

// everywhere are all addresses of a store that could name a product, and one that has to be asked for.
func everywhere(store string) []string {
	s := "/" + store
	return []string{s + "/", s + "/products", s + "/products?sort=new", s + "/products?sort=price", s + "/products?category=home", s + "/products?q=canary",
		s + "/products?q=Kanarienvogel", s + "/products?q=canari", s + "/products/mi-band", s + "/products/smart-plug", s + "/products/bedside-lamp",
		s + "/products/mi-note", s + "/products/pip-plush", s + "/cart", s + "/interest", s + "/interest?product=canary", s + "/pages/terms", s + "/nothing",
		s + "/products/canary", s + "/products?category=canary"}
}

func TestNothingNamesAHiddenProduct(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	at := modelstest.At("2027-03-01T09:00:00Z")
	hide(t, shop, at)
	for _, now := range []clock.Instant{shop.Time.Now(), at - 1} {
		shop.Time.Set(now)
		for _, path := range []string{"/", "/sitemap.xml", "/robots.txt", "/es/", "/es/products/canary"} {
			silent(t, shop.Visit(t), path)
		}
		for _, store := range everyStore {
			for _, path := range everywhere(store) {
				silent(t, shop.Visit(t), path)
			}
			refuses(t, shop, store)
		}
	}
	shop.Time.Set(at)
	for store, name := range map[string]string{"us": "Canary", "uk": "Canary", "de": "Kanarienvogel", "fr": "Canari", "es": "Canario", "it": "Canarino"} {
		visit := shop.Visit(t)
		visit.Open("/" + store + "/products/canary")
		visit.Answered(http.StatusOK)
		visit.See(name)
		if !strings.Contains(visit.Body, static.URL(canaryFile)) || dataOf(t, visit).Name != name {
			t.Errorf("%s: picture and data are not there at the instant", store)
		}
		visit.Open("/" + store + "/products?q=" + name)
		visit.See(name)
		visit.Follow("Canary birds")
		visit.See(name)
		visit.Open("/sitemap.xml")
		if !strings.Contains(visit.Body, "/"+store+"/products/canary") {
			t.Errorf("%s: the sitemap does not name it at the instant", store)
		}
	}
}

// silent ends the test when an answer names a canary. What the address itself asked for is no secret.
func silent(t *testing.T, visit *handlerstest.Visit, path string) {
	t.Helper()
	visit.Open(path)
	said := strings.ToLower(visit.Body)
	for name, values := range visit.Header {
		said += strings.ToLower(name + strings.Join(values, " "))
	}
	if asked, err := url.Parse(path); err == nil && asked.Query().Get("q") != "" {
		for _, form := range []string{asked.Query().Get("q"), url.QueryEscape(asked.Query().Get("q"))} {
			said = strings.ReplaceAll(said, strings.ToLower(form), "")
		}
	}
	said = strings.ReplaceAll(said, strings.ToLower(path), "")
	for _, canary := range canaries {
		if strings.Contains(said, strings.ToLower(canary)) {
			t.Errorf("%s (%d) names %q", path, visit.Status, canary)
		}
	}
}

// refuses checks that forms about the hidden product answer like those about an unknown one.
func refuses(t *testing.T, shop *handlerstest.Shop, store string) {
	t.Helper()
	for path, fields := range map[string][2]url.Values{
		"/cart/items": {{"sku": {"CANARY-YELLOW"}, "quantity": {"1"}}, {"sku": {"UNKNOWN"}, "quantity": {"1"}}},
		"/interest":   {{"product": {"canary"}, "email": {"a@example.com"}}, {"product": {"unknown"}, "email": {"a@example.com"}}},
		"/cart/code":  {{"product": {"canary"}, "code": {"x"}}, {"product": {"unknown"}, "code": {"x"}}},
	} {
		shop.Machine.Advance(time.Hour) // the throttles forget
		hidden, unknown := shop.Visit(t), shop.Visit(t)
		hidden.Post("/"+store+path, fields[0])
		unknown.Post("/"+store+path, fields[1])
		if hidden.Status != unknown.Status || hidden.Body != unknown.Body {
			t.Errorf("%s%s tells a hidden product from an unknown one: %d and %d", store, path, hidden.Status, unknown.Status)
		}
	}
}

// A line of a cart whose product is hidden again has no name.
func TestACartDoesNotNameWhatIsHiddenElsewhere(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	hide(t, shop, modelstest.At("2027-03-01T09:00:00Z"))
	shop.Exec(t, `UPDATE listings SET visible_from = 0, on_sale_from = 0 WHERE market_id = (SELECT id FROM markets WHERE code = 'us')
		AND product_id = (SELECT id FROM products WHERE slug = 'canary')`)
	visit := shop.Visit(t)
	add(visit, "us", "CANARY-YELLOW")
	visit.See("Canary")
	for _, store := range []string{"de", "fr", "it"} {
		visit.Open("/" + store + "/cart")
		visit.NotSee("Canar", "Kanarienvogel", "47,11", static.URL(canaryFile))
	}
}
