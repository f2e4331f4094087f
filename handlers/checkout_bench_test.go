package handlers_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/stage"
	"softlaunch/models/modelstest"
)

// shoppers are how many buy at the same time, and a round is how many do before it is the other server's turn.
const (
	shoppers = 64
	round    = 4 * shoppers
)

// BenchmarkCheckout buys over HTTP as a browser would, from the product's page to the page of the paid order, nine requests
// each, in turns with an Echo that gives the same answers from memory. The shoppers run beside the server, on the same
// cores. It reports orders a second, how much of the Echo's rate and of its work that is, and the slowest step's 99th
// percentile.
func BenchmarkCheckout(b *testing.B) {
	slog.SetDefault(slog.New(slog.NewJSONHandler(io.Discard, nil)))
	shop := handlerstest.New(b)
	transport := &http.Transport{MaxIdleConnsPerHost: shoppers, DisableCompression: true}
	b.Cleanup(transport.CloseIdleConnections)
	limit := memory(b, shop.URL)
	var ours, theirs rush
	for left := b.N; left > 0 && !b.Failed(); left -= round {
		ours.add(b, shop.URL, transport, min(left, round))
		theirs.add(b, limit, transport, min(left, round))
	}
	b.ReportMetric(ours.rate(), "orders/s")
	b.ReportMetric(theirs.rate(), "constant/s")
	b.ReportMetric(ours.rate()/theirs.rate(), "ratio")
	b.ReportMetric(float64(theirs.cost())/float64(ours.cost()), "cpu-ratio")
	b.ReportMetric(float64(ours.cost().Microseconds())/1000, "cpu-ms")
	b.ReportMetric(ours.p99(), "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// rush is what so many shoppers at a time have done.
type rush struct {
	orders       int
	took, worked time.Duration
	mu           sync.Mutex
	steps        map[stage.Step][]time.Duration
}

func (r *rush) add(b *testing.B, address string, transport http.RoundTripper, orders int) {
	begun, before := time.Now(), worked()
	var all sync.WaitGroup
	for range min(shoppers, orders) {
		all.Go(func() {
			for range max(1, orders/shoppers) {
				r.buy(b, address, transport)
			}
		})
	}
	all.Wait()
	r.took, r.worked = r.took+time.Since(begun), r.worked+worked()-before
	r.orders += min(shoppers, orders) * max(1, orders/shoppers)
}

func (r *rush) buy(b *testing.B, address string, transport http.RoundTripper) {
	shopper := handlerstest.NewShopper(address, transport)
	shopper.Observe = func(step stage.Step) func(int) {
		begun := time.Now()
		return func(int) { r.note(step, time.Since(begun)) }
	}
	wish := handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
	if _, err := shopper.Buy(b.Context(), wish); err != nil {
		b.Error(err)
	}
}

func (r *rush) note(step stage.Step, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.steps == nil {
		r.steps = map[stage.Step][]time.Duration{}
	}
	r.steps[step] = append(r.steps[step], took)
}

func (r *rush) rate() float64 { return float64(r.orders) / r.took.Seconds() }

func (r *rush) cost() time.Duration { return r.worked / time.Duration(max(1, r.orders)) }

// p99 is the slowest step's 99th percentile in milliseconds.
func (r *rush) p99() (worst float64) {
	for _, took := range r.steps {
		slices.Sort(took)
		worst = max(worst, float64(took[len(took)*99/100].Microseconds())/1000)
	}
	return worst
}

// memory is an Echo that answers each request of a checkout as the shop did, from memory.
func memory(b *testing.B, address string) string {
	kept := &recorder{answers: map[string]recorded{}}
	wish := handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
	if _, err := handlerstest.NewShopper(address, kept).Buy(b.Context(), wish); err != nil {
		b.Fatal(err)
	}
	e := echo.New()
	e.Any("/*", func(c echo.Context) error {
		a := kept.answers[c.Request().Method+" "+c.Request().URL.Path]
		if c.Request().Method == http.MethodPost {
			_, _ = io.Copy(io.Discard, c.Request().Body)
		}
		for _, name := range []string{"Location", "Set-Cookie"} {
			if value := a.header.Get(name); value != "" {
				c.Response().Header().Set(name, value)
			}
		}
		c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(a.body)))
		return c.Blob(a.status, "text/html; charset=utf-8", a.body)
	})
	server := httptest.NewUnstartedServer(nil)
	server.Config = handlers.Server("", e)
	server.Start()
	b.Cleanup(server.Close)
	return server.URL
}

type recorded struct {
	status int
	header http.Header
	body   []byte
}

// recorder is a transport that remembers what was answered.
type recorder struct{ answers map[string]recorded }

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(body))
	r.answers[request.Method+" "+request.URL.Path] = recorded{response.StatusCode, response.Header, body}
	return response, err
}
