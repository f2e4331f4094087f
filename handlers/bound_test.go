package handlers_test

import (
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
)

// One place for requests, and a shopper who takes it by sending his form slowly.
func TestBeyondTheBoundShoppersAreAskedToComeAgain(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t, func(c *handlers.Config) { c.InFlight = 1 })
	visit := shop.Visit(t)
	visit.Open("/es/products/mi-band")
	visit.Answered(http.StatusOK)
	body, typed := io.Pipe()
	slow := make(chan int, 1)
	go func() {
		response, err := http.Post(shop.URL+"/us/cart/items", "application/x-www-form-urlencoded", body)
		if err != nil {
			slow <- 0
			return
		}
		defer response.Body.Close()
		slow <- response.StatusCode
	}()
	if _, err := io.WriteString(typed, "sku=MI-BAND-BLACK&quan"); err != nil {
		t.Fatal(err)
	}
	refused(t, shop)
	for _, path := range []string{"/healthz", "/robots.txt", "/es/products/mi-band", "/admin/session"} {
		visit.Open(path)
		visit.Answered(http.StatusOK)
	}
	if _, err := io.WriteString(typed, "tity=1"); err != nil {
		t.Fatal(err)
	}
	typed.Close()
	if status := <-slow; status != http.StatusOK { // the cart, to which it was redirected
		t.Errorf("the slow shopper was answered %d", status)
	}
	for visit.Status = 0; visit.Status != http.StatusOK; time.Sleep(10 * time.Millisecond) { // until the place is free again
		visit.Open("/es/cart")
	}
}

// refused waits until a request is refused and looks at how.
func refused(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	visit := shop.Visit(t)
	for range 100 {
		begun := time.Now()
		visit.Open("/es/cart")
		took := time.Since(begun)
		if visit.Status != http.StatusServiceUnavailable {
			time.Sleep(10 * time.Millisecond) // the slow shopper is not inside yet
			continue
		}
		seconds, err := strconv.Atoi(visit.Header.Get("Retry-After"))
		if err != nil || seconds < 1 || seconds > 3 || took > 500*time.Millisecond {
			t.Errorf("after %s: try again in %q", took, visit.Header.Get("Retry-After"))
		}
		visit.See("Hay más gente de la que podemos atender a la vez", "tu cesta se conserva")
		return
	}
	t.Fatal("nobody was refused")
}
