package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// The same form fifty times at once, and once more later: one order, one answer. The same key with another total: 409.
func TestTheSameFormFiftyTimesAtOnceIsOneOrder(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	transport := &http.Transport{MaxIdleConnsPerHost: 50}
	t.Cleanup(transport.CloseIdleConnections)
	shopper := handlerstest.NewShopper(shop.URL, transport)
	form, err := shopper.Ready(t.Context(), band())
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	answers := map[string]int{}
	send := func(int) {
		payment, err := shopper.Order(t.Context(), "us", form)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		answers[payment]++
	}
	together(50, send)
	shop.Time.Advance(time.Minute)
	send(0)
	if len(answers) != 1 || shop.Number(t, "SELECT COUNT(*) FROM orders") != 1 {
		t.Errorf("the answers are %v", answers)
	}
	other := url.Values{"idempotency_key": form["idempotency_key"], "total": {"1"}}
	if _, err := shopper.Order(t.Context(), "us", other); !handlerstest.Refused(err) {
		t.Errorf("the key with another total: %v", err)
	}
}

// Somebody leaves the payment page, sees the goods for sale to him alone, and orders anew.
func TestAShopperComesBackFromThePaymentPage(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Stock(t, "reno", "MI-BAND-BLACK", 1)
	wish := band()
	shopper := handlerstest.NewShopper(shop.URL, http.DefaultTransport)
	form, err := shopper.Ready(t.Context(), wish)
	if err != nil {
		t.Fatal(err)
	}
	left, err := shopper.Order(t.Context(), "us", form)
	if err != nil {
		t.Fatal(err)
	}
	if sells, err := handlerstest.NewShopper(shop.URL, http.DefaultTransport).Look(t.Context(), wish); sells || err != nil {
		t.Errorf("the page sells to others what is held: %v", err)
	}
	if sells, err := shopper.Look(t.Context(), wish); !sells || err != nil {
		t.Errorf("the page keeps its holder out: %v", err)
	}
	order, err := shopper.Buy(t.Context(), wish)
	if err != nil || order == left {
		t.Errorf("ordered anew: %s, %v", order, err)
	}
	visit := shop.Visit(t)
	visit.Open(strings.Replace(left, "/pay/sandbox/", "/orders/", 1))
	visit.See("Replaced by a newer order of the same goods")
}

// The time limit stands on the pages on which a shopper pays; when it is over the goods are on sale again at once.
func TestAHoldSaysUntilWhenItLasts(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Stock(t, "reno", "MI-BAND-BLACK", 1)
	wish := band()
	shopper := handlerstest.NewShopper(shop.URL, http.DefaultTransport)
	form, err := shopper.Ready(t.Context(), wish)
	if err != nil {
		t.Fatal(err)
	}
	payment, err := shopper.Order(t.Context(), "us", form)
	if err != nil {
		t.Fatal(err)
	}
	visit := shop.Visit(t)
	for _, page := range []string{payment, strings.Replace(payment, "/pay/sandbox/", "/orders/", 1)} {
		visit.Open(page)
		visit.See("7:15 AM") // fifteen minutes from noon UTC, in New York
	}
	others := handlerstest.NewShopper(shop.URL, http.DefaultTransport)
	for _, c := range []struct {
		after time.Duration
		sells bool
	}{{15*time.Minute - time.Millisecond, false}, {15 * time.Minute, true}} {
		shop.Time.Set(modelstest.Start.Add(c.after))
		if sells, err := others.Look(t.Context(), wish); sells != c.sells || err != nil {
			t.Errorf("%s after the order: on sale %t, %v", c.after, sells, err)
		}
	}
}
