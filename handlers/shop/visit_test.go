package shop_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
)

func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }

const band, powerBank = "MI-BAND-BLACK", "POWER-BANK-5000-SILVER"

// add puts a unit of a SKU into the visitor's cart.
func add(visit *handlerstest.Visit, store, sku string) {
	visit.Post("/"+store+"/cart/items", url.Values{"sku": {sku}, "quantity": {"1"}})
}

// fillIn fills in the checkout of a market with an address that it delivers to.
func fillIn(visit *handlerstest.Visit, fields map[string]string) {
	for name, text := range fields {
		visit.Fill(name, text)
	}
}

var newYorker = map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "1 Main Street",
	"city": "New York", "region": "NY", "postal_code": "10001"}

var berliner = map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "Unter den Linden 1",
	"city": "Berlin", "postal_code": "10115"}

var buyForm = regexp.MustCompile(`<form class="buybar"`)

// product is what a product's page tells search engines.
type product struct {
	Name   string
	Image  []string
	Offers struct {
		Price, PriceCurrency, Availability, AvailabilityStarts, PriceValidUntil string
		PriceSpecification                                                      struct{ Price, PriceType string }
	}
}

var dataBlock = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

func dataOf(t *testing.T, visit *handlerstest.Visit) product {
	t.Helper()
	found := dataBlock.FindStringSubmatch(visit.Body)
	if found == nil {
		t.Fatalf("%s has no data for search engines", visit.Path())
	}
	var p product
	if err := json.Unmarshal([]byte(found[1]), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func phase(visit *handlerstest.Visit) string {
	_, rest, _ := strings.Cut(visit.Body, `data-phase="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// untold is a message's key where its text should be.
var untold = regexp.MustCompile(`\b(cart|checkout|error|fault|field|form|home|list|offer|order|payment|phase|place|price|product|review|totals)\.[a-z]\w*`)

func answered(t *testing.T, visit *handlerstest.Visit, status int, texts ...string) {
	t.Helper()
	visit.Answered(status)
	visit.See(texts...)
	if key := untold.FindString(visit.Text()); key != "" {
		t.Errorf("%s shows the key %s", visit.Path(), key)
	}
}

const conflict = http.StatusConflict
