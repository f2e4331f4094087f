package handlers_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
)

// One place for requests, and a shopper who has it while the database lets nobody write.
func TestBeyondTheBoundShoppersAreAskedToComeAgain(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t, func(c *handlers.Config) { c.InFlight = 1 })
	visit := shop.Visit(t)
	visit.Open("/es/products/mi-band")
	visit.Answered(http.StatusOK)
	free := shop.Lock(t)
	waits := make(chan int, 1)
	go func() {
		waits <- persist(shop.URL+"/us/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
	}()
	refused(t, shop)
	for _, path := range []string{"/healthz", "/robots.txt", "/es/products/mi-band", "/admin/session"} {
		visit.Open(path)
		visit.Answered(http.StatusOK)
	}
	free()
	if status := <-waits; status != http.StatusOK { // the cart, to which it was redirected
		t.Errorf("the shopper who has the place was answered %d", status)
	}
	for visit.Status = 0; visit.Status != http.StatusOK; time.Sleep(10 * time.Millisecond) { // until the place is free again
		visit.Open("/es/cart")
	}
}

// persist sends a form until there is a place for it, and answers the status.
func persist(address string, form url.Values) int {
	for {
		response, err := http.PostForm(address, form)
		if err != nil {
			return 0
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusServiceUnavailable {
			return response.StatusCode
		}
	}
}

// Who sends a form slowly takes nobody's place.
func TestAFormOnItsWayTakesNoPlace(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t, func(c *handlers.Config) { c.InFlight = 1 })
	conn, err := net.Dial("tcp", strings.TrimPrefix(shop.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, strings.Replace(slowForm, "\r\n", "\r\nExpect: 100-continue\r\n", 1)); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("asked to go on with %q, %v", line, err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	if _, err := handlerstest.NewShopper(shop.URL, transport).Buy(t.Context(), band()); err != nil {
		t.Errorf("somebody else's form keeps a shopper out: %v", err)
	}
}

// refused waits until a request is refused and looks at how.
func refused(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	visit := shop.Visit(t)
	for range 300 {
		visit.Open("/es/cart")
		if visit.Status != http.StatusServiceUnavailable {
			time.Sleep(10 * time.Millisecond) // the slow shopper is not inside yet
			continue
		}
		seconds, err := strconv.Atoi(visit.Header.Get("Retry-After"))
		if err != nil || seconds < 1 || seconds > 3 {
			t.Errorf("try again in %q", visit.Header.Get("Retry-After"))
		}
		visit.See("Hay más gente de la que podemos atender a la vez", "tu cesta se conserva")
		return
	}
	t.Fatal("nobody was refused")
}
