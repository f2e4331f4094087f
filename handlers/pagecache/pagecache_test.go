package pagecache_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/models/modelstest"
)

// site is a server of one kind of page, which counts how often it renders one.
type site struct {
	*modelstest.Shop
	cache    *pagecache.Cache
	handler  *echo.Echo
	rendered atomic.Int64
	during   func() // something that happens while a page is rendered
}

// newSite answers /page/:name with its name, many times. Only the parameter n is read, and only its digits are canonical.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{Shop: modelstest.New(t), handler: echo.New(), during: func() {}}
	s.cache = pagecache.New(s.Shop.Shop, pagecache.Routes{"/page/:name": {"n"}}, visitor)
	protect := func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error { c.Response().Header().Set("Cache-Control", "no-store"); return next(c) }
	}
	s.handler.GET("/page/:name", s.page, protect, s.cache.Keep)
	return s
}

func (s *site) page(c echo.Context) error {
	at := s.Time.Now()
	s.rendered.Add(1)
	s.during()
	if c.Param("name") == "broken" {
		return errors.New("broken")
	}
	address := "/page/" + c.Param("name")
	if n := strings.Trim(c.QueryParam("n"), "abc"); n != "" {
		address += "?n=" + n
	}
	pagecache.Allow(c, pagecache.Terms{Address: address, Market: s.market(), At: at})
	status := http.StatusOK
	if c.Param("name") == "missing" {
		status = http.StatusNotFound
	}
	units, _ := pagecache.Units(c)
	if c.Request().Header.Get("Cookie") != "" {
		units = -1 // nothing of one visitor may be on a page that others get
	}
	return c.HTML(status, strings.Repeat("<p>"+address+"</p>", 100)+strings.Repeat("<i>", units+1))
}

// market is Spain, whose pages change with each unit that is sold.
func (s *site) market() int64 { return 5 }

func (s *site) get(path string, headers ...string) *httptest.ResponseRecorder {
	r, w := httptest.NewRequest(http.MethodGet, path, nil), httptest.NewRecorder()
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	s.handler.ServeHTTP(w, r)
	return w
}

// renders checks how often pages have been rendered so far.
func (s *site) renders(t *testing.T, want int64, when string) {
	t.Helper()
	if got := s.rendered.Load(); got != want {
		t.Errorf("%s: rendered %d times, not %d", when, got, want)
	}
}

func TestAPageIsRenderedOnceForAllWhoWait(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	start := make(chan struct{})
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			<-start
			if w := s.get("/page/a"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<p>/page/a</p>") {
				t.Errorf("answered %d %q", w.Code, w.Body)
			}
		})
	}
	close(start)
	all.Wait()
	s.renders(t, 1, "200 at once")
}

// A visitor who leaves takes nothing from those who wait for the same page.
func TestAVisitorWhoLeavesSpoilsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ctx, leave := context.WithCancel(t.Context())
	s.during = leave
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/page/a", nil).WithContext(ctx))
	s.during = func() {}
	s.get("/page/a")
	s.renders(t, 1, "after the first has left")
}

func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, ask := range [][]string{
		{"/page/a", "Cookie", "other=x"}, {"/page/a", "Cookie", "units=2; other=x"}, // a visitor of whom more is known
		{"/page/a?utm=1"}, {"/page/a?n=1&utm=1"}, {"/page/a?n=1a"}, {"/page/a?n="}, {"/page/a?"}, // not the page's own address
		{"/page/missing"}, {"/page/broken"},
	} {
		before := s.rendered.Load()
		first, second := s.get(ask[0], ask[1:]...), s.get(ask[0], ask[1:]...)
		s.renders(t, before+2, fmt.Sprint(ask))
		if first.Header().Get("ETag") != "" || second.Header().Get("ETag") != "" {
			t.Errorf("%v: sent with a tag", ask)
		}
		if first.Code != second.Code || first.Body.String() != second.Body.String() || len(first.Body.String()) < 10 {
			t.Errorf("%v: %d and %d", ask, first.Code, second.Code)
		}
	}
	if pages, _ := s.cache.Kept(); pages != 0 {
		t.Errorf("%d pages were kept", pages)
	}
}

func TestVisitorsWithAsMuchInTheCartShareAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	stranger, two := s.get("/page/a"), s.get("/page/a", "Cookie", "units=2")
	s.renders(t, 2, "without a cart, then with two units")
	again, other := s.get("/page/a", "Cookie", "units=2"), s.get("/page/a", "Cookie", "units=1")
	s.renders(t, 3, "with two units again, then with one")
	empty := s.get("/page/a", "Cookie", "units=0")
	s.renders(t, 3, "with an empty cart")
	if two.Body.String() != again.Body.String() || two.Body.String() == other.Body.String() || empty.Body.String() != stranger.Body.String() {
		t.Error("pages are mixed up")
	}
	for _, w := range []*httptest.ResponseRecorder{two, again, other, empty} {
		if w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("a page with a cart is sent with %v", w.Header())
		}
	}
}

// visitor knows what a cookie says of a cart, and no other cookie.
func visitor(c echo.Context) (pagecache.Visitor, bool) {
	who := pagecache.Visitor{Known: true}
	n, err := fmt.Sscanf(c.Request().Header.Get("Cookie"), "units=%d", &who.Units)
	return who, n == 1 && err == nil && !strings.Contains(c.Request().Header.Get("Cookie"), ";")
}

// A page that was read while something changed may be a mixture: it is sent, and not kept.
func TestAPageReadDuringAChangeIsNotKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.during = func() { s.Fill(t, s.Store(t, "us"), modelstest.Goods{"MI-BAND-BLACK": 1}) }
	s.get("/page/a")
	s.during = func() {}
	s.get("/page/a")
	s.get("/page/a")
	s.renders(t, 2, "after a change while it was read")
}

// Only what a page shows makes it be rendered anew; any change at all makes it be looked at.
func TestAPageStaysWhileWhatItShowsDoes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get("/page/a")
	s.Fill(t, s.Store(t, "us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	s.get("/page/a")
	s.renders(t, 1, "after a cart and an order elsewhere")
	s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	s.get("/page/a")
	s.get("/page/a")
	s.renders(t, 2, "after a unit of the test was ordered")
	s.Exec(t, "UPDATE products SET brand = 'Other' WHERE slug = 'mi-band'")
	s.get("/page/a")
	s.renders(t, 3, "after a change of a setting by another process")
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 100_000 {
		path := fmt.Sprintf("/page/%d", i)
		switch i % 3 {
		case 1:
			path = fmt.Sprintf("/page/a?n=%d", i)
		case 2:
			path = fmt.Sprintf("/page/a?n=%d&junk=%d", i, i)
		}
		if w := s.get(path); w.Code != http.StatusOK {
			t.Fatal(w.Code)
		}
	}
	pages, size := s.cache.Kept()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if size > pagecache.Bound || pages < 1000 {
		t.Errorf("%d pages take %d bytes of %d", pages, size, pagecache.Bound)
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 3*pagecache.Bound/2 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
	t.Logf("%d pages of 100,000 addresses are kept in %d KiB", pages, size>>10)
	for range 10 { // the memory is full: a page that nobody asks for again does not push out others
		s.get("/page/new")
	}
	n := s.rendered.Load()
	s.get("/page/new")
	s.renders(t, n, "a page that many ask for when the memory is full")
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	want := s.get("/page/a").Body.String()
	tags := map[string]bool{}
	for accept, encoding := range map[string]string{
		"": "", "identity": "", "gzip": "gzip", "GZIP": "gzip", "gzip, deflate, br": "gzip", "gzip, deflate, br, zstd": "zstd",
		"zstd;q=0, gzip;q=0.5": "gzip", "gzip;q=0": "", "br": "", "gzip;q=x": "", "gzipped": "",
	} {
		w := s.get("/page/a", "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != encoding {
			t.Errorf("%q is answered in %q", accept, got)
		}
		if got := unpack(t, encoding, w.Body.Bytes()); got != want {
			t.Errorf("%q unpacks to %d bytes, not %d", accept, len(got), len(want))
		}
		if got := w.Header().Get("Content-Length"); got != fmt.Sprint(w.Body.Len()) {
			t.Errorf("%q: %s bytes are told and %d sent", accept, got, w.Body.Len())
		}
		if w.Header().Get("Vary") != "Accept-Encoding, Cookie" || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%q: %v", accept, w.Header())
		}
		tags[w.Header().Get("ETag")] = true
	}
	if len(tags) != 3 {
		t.Errorf("three encodings have the tags %v", tags)
	}
	s.renders(t, 1, "in all encodings")
}

func unpack(t *testing.T, encoding string, body []byte) string {
	t.Helper()
	var in io.Reader = bytes.NewReader(body)
	var err error
	switch encoding {
	case "gzip":
		in, err = gzip.NewReader(in)
	case "zstd":
		in, err = zstd.NewReader(in)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAVisitorWhoHasThePageIsToldThatItHolds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain := s.get("/page/a").Header().Get("ETag")
	packed := s.get("/page/a", "Accept-Encoding", "gzip").Header().Get("ETag")
	for _, row := range []struct {
		has, accepts string
		status       int
	}{
		{plain, "", 304}, {packed, "gzip", 304}, {"W/" + packed, "gzip", 304}, {`"x", ` + plain, "", 304}, {"*", "", 304},
		{plain, "gzip", 200}, {packed, "", 200}, {`"x"`, "", 200}, {strings.Trim(plain, `"`), "", 200}, {"", "", 200},
	} {
		w := s.get("/page/a", "If-None-Match", row.has, "Accept-Encoding", row.accepts)
		if w.Code != row.status || (w.Body.Len() == 0) != (row.status == 304) {
			t.Errorf("who has %s and accepts %q is answered %d with %d bytes", row.has, row.accepts, w.Code, w.Body.Len())
		}
		if w.Header().Get("ETag") == "" || w.Header().Get("Vary") == "" || !strings.HasPrefix(w.Header().Get("Server-Timing"), "clock;desc=") {
			t.Errorf("who has %s is told %v", row.has, w.Header())
		}
	}
	s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	if w := s.get("/page/a", "If-None-Match", plain); w.Code != http.StatusNotModified {
		t.Errorf("a page that was rendered anew to the same bytes answers %d", w.Code)
	}
}
