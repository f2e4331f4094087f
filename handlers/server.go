// Package handlers is the shop's web server: it decodes what is asked, calls one verb of the models, and renders or
// redirects.
package handlers

import (
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/admin"
	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/session"
	"softlaunch/handlers/shop"
	"softlaunch/handlers/waitingroom"
	"softlaunch/models"
)

// Config is what the server has to know about where it runs.
type Config struct {
	// Production hides what only developers may see and sends Strict-Transport-Security.
	Production bool
	// URL is the shop's public address, scheme and host only.
	URL *url.URL
	// Proxies are the networks whose X-Forwarded-For counts; anybody else's is ignored.
	Proxies []netip.Prefix
	// Secret signs what only this shop may have written. Without one each process makes up its own.
	Secret string
	// InFlight is how many requests of shoppers are answered at once; 0 is as many as this machine's cores can.
	InFlight int
	// Watch times the answers of a rehearsal more finely than the machine's clock, which it is without one.
	Watch func() time.Time
	// Quiet writes no line for each answer.
	Quiet bool
	// Stop is closed when the server is to end: streams, which have no end of their own, do then. None is never.
	Stop <-chan struct{}
}

// secure reports whether browsers reach the shop over https.
func (c Config) secure() bool { return c.URL.Scheme == "https" }

type server struct {
	Config
	kept    *pagecache.Cache
	flight  chan struct{} // holds something for each request of a shopper that is being answered
	models  *models.Shop
	foreign *http.CrossOriginProtection
	shop    shop.Pages
	admin   admin.Pages
	headers []header // of every answer
	door    waitingroom.Door
}

// New is the whole shop as one handler.
func New(config Config, opened *models.Shop) (http.Handler, error) {
	s := &server{Config: config, models: opened, flight: config.inFlight(), foreign: http.NewCrossOriginProtection()}
	if err := s.foreign.AddTrustedOrigin(config.URL.Scheme + "://" + config.URL.Host); err != nil {
		return nil, err
	}
	s.shop = shop.Pages{Shop: opened, Cart: session.NewCart(config.secure()), URL: strings.TrimSuffix(config.URL.String(), "/")}
	s.admin = admin.Pages{Shop: opened, Sessions: session.NewStaff(opened.Staff, config.secure(), config.Secret), Production: config.Production,
		URL: s.shop.URL, Streams: admin.NewStreams(config.Stop), Rehearsals: config.rehearsals(opened)}
	s.shop.Sessions = s.admin.Sessions
	s.door = waitingroom.Door{Shop: opened, Pages: s.shop, Tickets: session.NewTickets(config.secure())}
	s.kept = pagecache.New(opened, keptPages, s.visitor)
	s.headers = s.protection()
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.IPExtractor = extractor(config.Proxies)
	e.HTTPErrorHandler = s.fail
	e.Pre(s.identify, s.measure, s.log, s.protect, s.recover, s.limit, s.refuseForeign, s.tidy)
	e.Use(s.preview)
	s.routes(e)
	return headAsGet(e), nil
}

// Server answers with a handler at an address. Its times and sizes bound what a slow or hostile client can take.
func Server(address string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    12 << 10,
		// OPTIONS * is answered like any other address, with our headers.
		DisableGeneralOptionsHandler: true,
	}
}

// extractor finds a client's address: its own connection's, unless that is a proxy of ours.
func extractor(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		addr := p.Masked().Addr()
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: addr.AsSlice(), Mask: net.CIDRMask(p.Bits(), addr.BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// headAsGet answers HEAD like GET. The server itself knows better and sends no body; the copy keeps it from forgetting.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := *r
			get.Method = http.MethodGet
			r = &get
		}
		next.ServeHTTP(w, r)
	})
}
