// Package handlerstest visits the whole shop over HTTP as a browser without JavaScript does: it opens pages, fills in,
// presses and sees.
//
//	shop := handlerstest.New(t)
//	visit := shop.Visit(t)
//	visit.Open("/us/products/mi-band")
//	visit.Press("Add to cart")
//	visit.See("Your cart")
package handlerstest

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/models/modelstest"
	"softlaunch/models/payment"
)

// Shop is an example shop with a server of its own. Everything that must always hold is checked when the test ends.
type Shop struct {
	*modelstest.Shop
	URL    string
	client *http.Client
	config handlers.Config
	served atomic.Value // the http.Handler that answers now
}

// New is a shop in development, changed by the options.
func New(t testing.TB, options ...func(*handlers.Config)) *Shop {
	t.Helper()
	return start(t, "http", (*httptest.Server).Start, options, nil)
}

// NewSecure is a shop that is reached over https, as in production.
func NewSecure(t testing.TB, options ...func(*handlers.Config)) *Shop {
	t.Helper()
	production := func(c *handlers.Config) { c.Production = true }
	return start(t, "https", (*httptest.Server).StartTLS, append([]func(*handlers.Config){production}, options...), nil)
}

// Lines about requests that went well would bury what a test has to say.
func init() { slog.SetLogLoggerLevel(slog.LevelWarn) }

// start begins a server and its shop, which has the ways to pay that are made for the server's address beside the usual.
func start(t testing.TB, scheme string, begin func(*httptest.Server), options []func(*handlers.Config), gateways func(address string) []payment.Gateway) *Shop {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	var more []payment.Gateway
	if gateways != nil {
		more = gateways(scheme + "://" + server.Listener.Addr().String())
	}
	s := &Shop{Shop: modelstest.New(t, more...)}
	config := handlers.Config{Watch: time.Now, URL: &url.URL{Scheme: scheme, Host: server.Listener.Addr().String()}}
	for _, option := range options {
		option(&config)
	}
	s.config = config
	s.serve(t)
	server.Config = handlers.Server("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.served.Load().(http.Handler).ServeHTTP(w, r)
	}))
	begin(server)
	t.Cleanup(server.Close)
	s.URL, s.client = server.URL, server.Client()
	return s
}

// serve has the shop that is open answer from now on.
func (s *Shop) serve(t testing.TB) {
	t.Helper()
	handler, err := handlers.New(s.config, s.Shop.Shop)
	if err != nil {
		t.Fatal(err)
	}
	s.served.Store(http.Handler(http.HandlerFunc(handler.ServeHTTP)))
}

// Restart lets a new server answer at the same address, as after a crash: it knows what is in the database and no more.
func (s *Shop) Restart(t testing.TB) {
	t.Helper()
	s.Shop.Shop = modelstest.Open(t, s.Path, s.Time, s.Machine)
	s.serve(t)
}
