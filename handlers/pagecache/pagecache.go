// Package pagecache keeps pages that show no more of their visitor than how much is in the cart as finished bytes, until
// what they show changes.
//
// A kept page is sent only while the glance of the offers that it was read at is the glance of now. The version of the
// shop's data is asked for at each request, so a change by anybody is on the next page; while it stays the same, no
// query is made. A page is filled as for a stranger, by a request without cookies.
package pagecache

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"softlaunch/models"
	"softlaunch/models/clock"
)

// Bound is the most bytes that kept pages take, all their encodings together.
const Bound = 16 << 20

// The markets of pages that tell of offers in all markets, and of none.
const (
	Everywhere = 0
	Nowhere    = -1
)

// Cache keeps pages by their address. It is safe for concurrent use.
type Cache struct {
	shop    *models.Shop
	routes  Routes
	who     Visitors
	pages   *otter.Cache[string, *page]
	fills   singleflight.Group
	glances glances
}

// Routes are the patterns of routes whose pages may be kept, each with the parameters of its query that a kept page may have.
type Routes map[string][]string

// Visitor is what pages show of who asks for them. Known is somebody with a cookie, whose pages are stored nowhere else.
type Visitor struct {
	Units int // in the cart
	Known bool
}

// page names the page of an address as the visitor sees it.
func (v Visitor) page(address string) string {
	if v.Units == 0 {
		return address
	}
	return address + "\n" + strconv.Itoa(v.Units)
}

// Visitors tell of a request with cookies what pages show of its visitor, or that there is more to it: then the page is
// rendered.
type Visitors func(c echo.Context) (who Visitor, all bool)

// New keeps pages of a shop.
func New(shop *models.Shop, routes Routes, who Visitors) *Cache {
	pages := otter.Must(&otter.Options[string, *page]{MaximumWeight: Bound,
		Weigher: func(address string, p *page) uint32 { return p.weight() + uint32(len(address)) }})
	return &Cache{shop: shop, routes: routes, who: who, pages: pages, glances: glances{shop: shop}}
}

// Terms are on which a page may be kept: by its own address, with nothing in it that the page does not depend on; with the
// market whose offers it shows, Everywhere or Nowhere; with the instant it was read at; and with whether it tells that there
// is a waiting room before the market of a code.
type Terms struct {
	Address string
	Market  int64
	At      clock.Instant
	Room    string
	Waiting bool
}

const termsKey = "pagecache"

// Allow lets the page that a handler is about to send be kept.
func Allow(c echo.Context, t Terms) { c.Set(termsKey, t) }

// Keep is middleware that sends kept pages, and keeps them, on the routes that have any.
func (k *Cache) Keep(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		parameters, may := k.routes[c.Path()]
		if !may || r.Method != http.MethodGet || !only(parameters, r.URL.RawQuery) {
			return next(c)
		}
		var who Visitor
		if len(r.Header["Cookie"]) > 0 {
			var all bool
			if who, all = k.who(c); !all {
				return next(c)
			}
		}
		return k.serve(c, next, who)
	}
}

const unitsKey = "pagecache units"

// Units are how many units the cart of the visitor has for whom a page is made that will be kept; told is false for others.
func Units(c echo.Context) (units int, told bool) {
	units, told = c.Get(unitsKey).(int)
	return units, told
}

// only reports whether a query has no other parameters than these.
func only(parameters []string, query string) bool {
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, _, _ := strings.Cut(pair, "=")
		known := false
		for _, parameter := range parameters {
			known = known || parameter == name
		}
		if !known {
			return false
		}
	}
	return true
}

// attempts is how often a request waits for somebody else's page that has changed before it can be sent.
const attempts = 3

// serve sends the kept page, or has it made: by one request at a time, for all that wait.
func (k *Cache) serve(c echo.Context, next echo.HandlerFunc, who Visitor) error {
	address := who.page(c.Request().RequestURI)
	for range attempts {
		version, err := k.shop.Version()
		if err != nil {
			break
		}
		now := k.shop.Clock()
		if p, kept := k.pages.GetIfPresent(address); kept && k.holds(p, version, now) {
			return p.send(c, now, who)
		}
		first := false
		made, err, _ := k.fills.Do(address, func() (any, error) {
			first = true
			return k.fill(c, next, who)
		})
		p, _ := made.(*page)
		switch {
		case first && p == nil:
			return err
		case p == nil:
			return next(c)
		case first || p.since(version, now):
			return p.send(c, now, who)
		}
	}
	return next(c)
}

// holds reports whether a page is as it would be now.
func (k *Cache) holds(p *page, version int64, now clock.Instant) bool {
	glance, err := k.glances.at(p.terms.Market, version, now)
	return err == nil && glance.Same(p.glance) && k.shop.Rooms.Announced(p.terms.Room) == p.terms.Waiting
}

// fill renders a page. It keeps it when nothing was changed meanwhile, because a page is read in several snapshots. It
// answers no page when the handler failed or sent something that is not to be kept; then the request has its answer.
func (k *Cache) fill(c echo.Context, next echo.HandlerFunc, who Visitor) (*page, error) {
	before, err := k.shop.Version()
	if err != nil {
		return nil, next(c)
	}
	sent, err := record(c, next, who)
	terms, allowed := c.Get(termsKey).(Terms)
	if err != nil || !allowed || sent.status != http.StatusOK || terms.Address != c.Request().RequestURI {
		return nil, orElse(err, func() error { return sent.replay(c) })
	}
	glance, err := k.glances.at(terms.Market, before, terms.At)
	if err != nil {
		return nil, sent.replay(c)
	}
	p := newPage(sent, terms, glance, before)
	if after, err := k.shop.Version(); err == nil && after == before {
		k.pages.Set(who.page(terms.Address), p)
	}
	return p, nil
}

func orElse(err error, otherwise func() error) error {
	if err != nil {
		return err
	}
	return otherwise()
}
