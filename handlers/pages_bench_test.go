//go:build unix

package handlers_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
)

// connections are how many browsers ask at the same time.
const connections = 16

// BenchmarkPages asks for pages over kept-alive connections, in turns with Echo answering constant bytes of the same size
// on the same machine, and reports the ratio of the two rates, and of the work for a request, beside the 99th percentile of the page's answers. The
// shop logs each request as JSON, as it does when it serves.
func BenchmarkPages(b *testing.B) {
	slog.SetDefault(slog.New(slog.NewJSONHandler(io.Discard, nil)))
	shop := handlerstest.New(b)
	cart := cartCookie(b, shop)
	for _, page := range []struct{ name, path string }{
		{"home", "/us/"}, {"list", "/us/products"}, {"product", "/us/products/mi-band"}, {"test", "/es/products/mi-headphones"},
	} {
		for _, how := range []struct{ name, header string }{
			{"kept", ""}, {"kept gzip", "Accept-Encoding: gzip\r\n"}, {"kept zstd", "Accept-Encoding: gzip, deflate, br, zstd\r\n"},
			{"with a cart", "Cookie: " + cart + "\r\n"},
		} {
			b.Run(page.name+"/"+how.name, func(b *testing.B) { compare(b, shop.URL, page.path, how.header) })
		}
	}
}

// cartCookie is the cookie of a visitor with something in the cart.
func cartCookie(b *testing.B, shop *handlerstest.Shop) string {
	visit := shop.Visit(b)
	visit.Post("/us/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
	return "cart=" + visit.Cookies()["cart"]
}

// turn is how long each of the two servers is asked before it is the other's turn, so that a noisy moment falls on both.
const turn = 100 * time.Millisecond

func compare(b *testing.B, address, path, header string) {
	request := "GET " + path + " HTTP/1.1\r\nHost: " + strings.TrimPrefix(address, "http://") + "\r\n" + header + "\r\n"
	pages := dial(b, address)
	size := pages[0].ask(b, request)
	bare, dressed := dial(b, constant(b, size, nil)), dial(b, constant(b, size, headers(b, address+path)))
	var page, limit, same tally
	for b.Loop() && !b.Failed() {
		limit.add(func() []time.Duration { return hammer(b, bare, request) })
		same.add(func() []time.Duration { return hammer(b, dressed, request) })
		page.add(func() []time.Duration { return hammer(b, pages, request) })
	}
	b.ReportMetric(page.rate(), "pages/s")
	b.ReportMetric(limit.rate(), "constant/s")
	b.ReportMetric(page.rate()/limit.rate(), "ratio")
	b.ReportMetric(float64(limit.cost())/float64(page.cost()), "cpu-ratio")
	b.ReportMetric(float64(same.cost())/float64(page.cost()), "cpu-ratio-same-headers")
	b.ReportMetric(page.p99(), "p99-ms")
	b.ReportMetric(float64(size), "bytes")
	b.ReportMetric(0, "ns/op")
}

// constant is an Echo that answers so many bytes, whatever it is asked, with these headers beside its own.
func constant(b *testing.B, size int, more http.Header) string {
	e := echo.New()
	body := bytes.Repeat([]byte("x"), size)
	e.GET("/*", func(c echo.Context) error {
		for name, values := range more {
			c.Response().Header()[name] = values
		}
		c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(size))
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", body)
	})
	server := httptest.NewUnstartedServer(nil)
	server.Config = handlers.Server("", e)
	server.Start()
	b.Cleanup(server.Close)
	return server.URL
}

// headers are those of the shop's answer: what the law of browsers and caches asks of a shop costs too.
func headers(b *testing.B, address string) http.Header {
	response, err := http.Get(address)
	if err != nil {
		b.Fatal(err)
	}
	_ = response.Body.Close()
	response.Header.Del("Date")
	return response.Header
}

// browser is a kept-alive connection that does no more than it must, so that the servers are measured and not their client.
type browser struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(b *testing.B, address string) []browser {
	all := make([]browser, connections)
	for i := range all {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = conn.Close() })
		all[i] = browser{conn, bufio.NewReaderSize(conn, 64<<10)}
	}
	return all
}

// ask sends a request, reads the answer, which must be 200, and answers the size of its body.
func (w browser) ask(b *testing.B, request string) (size int) {
	if _, err := io.WriteString(w.conn, request); err != nil {
		b.Error(err)
		return 0
	}
	head, err := w.head()
	if err != nil || !bytes.HasPrefix(head, []byte("HTTP/1.1 200 ")) {
		b.Errorf("answered %q, %v", head, err)
		return 0
	}
	_, length, _ := bytes.Cut(head, []byte("\r\nContent-Length: "))
	digits, _, _ := bytes.Cut(length, []byte("\r"))
	size, _ = strconv.Atoi(string(digits))
	if _, err := w.in.Discard(len(head) + size); err != nil {
		b.Error(err)
	}
	return size
}

// head waits for the lines before the body, with the empty one that ends them, and leaves them in the buffer.
func (w browser) head() ([]byte, error) {
	for have := 1; ; have = w.in.Buffered() + 1 {
		if _, err := w.in.Peek(have); err != nil {
			return nil, err
		}
		seen, _ := w.in.Peek(w.in.Buffered())
		if end := bytes.Index(seen, []byte("\r\n\r\n")); end >= 0 {
			return seen[:end+4], nil
		}
	}
}

// hammer asks over all connections for one turn and answers how long each request took.
func hammer(b *testing.B, browsers []browser, request string) []time.Duration {
	took := make([][]time.Duration, len(browsers))
	end := time.Now().Add(turn)
	var all sync.WaitGroup
	for i, w := range browsers {
		all.Go(func() {
			for begun := time.Now(); begun.Before(end) && !b.Failed(); {
				w.ask(b, request)
				now := time.Now()
				took[i] = append(took[i], now.Sub(begun))
				begun = now
			}
		})
	}
	all.Wait()
	return slices.Concat(took...)
}

// tally is the requests of some turns, and the time that all cores together worked for them, client included.
type tally struct {
	turns  int
	took   []time.Duration
	worked time.Duration
}

func (t *tally) add(hammered func() []time.Duration) {
	before := worked()
	t.took = append(t.took, hammered()...)
	t.worked += worked() - before
	t.turns++
}

// worked is how long this process has kept cores busy. Beside other work on the machine it is steadier than a clock.
func worked() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func (t *tally) cost() time.Duration { return t.worked / time.Duration(len(t.took)) }

func (t *tally) rate() float64 {
	return float64(len(t.took)) / (time.Duration(t.turns) * turn).Seconds()
}

func (t *tally) p99() float64 {
	slices.Sort(t.took)
	return t.took[len(t.took)*99/100].Seconds() * 1000
}
