package shop_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

func TestAGuestFindsHisOrderByMail(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	placed := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{powerBank: 1})
	visit := shop.Visit(t)
	visit.Open("/de/orders/lost-link")
	answered(t, visit, http.StatusNotFound)
	visit.Follow("Bestellung finden")
	answered(t, visit, http.StatusOK, "Bestellung finden", "24 Monate")
	if !strings.Contains(visit.Body, `name="robots" content="noindex`) || visit.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page may be kept or found: %v", visit.Header)
	}
	visit.Fill("email", "nobody")
	visit.Press("Links zumailen")
	answered(t, visit, http.StatusUnprocessableEntity, "Bitte korrigieren Sie diese Angaben")
	visit.Fill("email", placed.Email)
	visit.Press("Links zumailen")
	answered(t, visit, http.StatusOK, "Bitte sehen Sie in Ihr Postfach")
	visit.NotSee(placed.Number, placed.Token)
	work(t, shop)
	visit.Open(link(t, mailed(t, shop, order.MailLinks, placed.Email)))
	answered(t, visit, http.StatusOK, placed.Number)
}

func TestALookupTellsNobodyWhetherThereAreOrders(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	placed := shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{powerBank: 1})
	var pages []string
	for _, fields := range []url.Values{{"email": {placed.Email}}, {"email": {"unknown@example.com"}}, {"email": {"other@example.com"}, "order": {placed.Number}}} {
		visit := shop.Visit(t)
		begun := time.Now()
		visit.Post("/us/orders/links", fields)
		if took := time.Since(begun); took < 150*time.Millisecond {
			t.Errorf("%v was answered after %v", fields, took)
		}
		pages = append(pages, fmt.Sprint(visit.Status, visit.Path(), visit.Body, visit.Cookies()))
	}
	if pages[0] != pages[1] || pages[0] != pages[2] {
		t.Error("the pages differ")
	}
	work(t, shop)
	for _, to := range []string{"unknown@example.com", "other@example.com"} {
		if _, found := mail(t, shop, order.MailLinks, to); found {
			t.Errorf("%s was mailed", to)
		}
	}
}

// Links in mails are the configured address, whatever host a request names.
func TestALookupCantBeLedElsewhere(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t, func(c *handlers.Config) { c.Quiet = true })
	placed := shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{powerBank: 1})
	visit := shop.Visit(t)
	visit.Extra = http.Header{"X-Forwarded-Host": {"evil.example"}, "Forwarded": {"host=evil.example"}}
	visit.Post("/us/orders/links", url.Values{"email": {placed.Email}})
	work(t, shop)
	if m := mailed(t, shop, order.MailLinks, placed.Email); strings.Contains(m.Plain+m.HTML, "evil.example") || !strings.Contains(m.Plain, shop.URL+"/us/orders/"+placed.Token) {
		t.Error(m.Plain)
	}
}

func TestLookupsAreFewInAllLanguages(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for path, words := range map[string]string{"us": "Find your order", "de": "Bestellung finden", "fr": "Retrouver une commande", "es": "Buscar tu pedido", "it": "Trova il tuo ordine"} {
		visit := shop.Visit(t)
		visit.Open("/" + path + "/")
		visit.Follow(words)
		answered(t, visit, http.StatusOK, words)
		visit.Open("/" + path + "/withdrawal")
		visit.See(words)
		visit.Open("/" + path + "/cart")
		visit.See(words)
	}
	last := shop.Visit(t)
	for range 6 {
		last.Post("/us/orders/links", url.Values{"email": {"ada@example.com"}})
	}
	answered(t, last, http.StatusTooManyRequests, "Try again in 600 seconds")
}
