package handlers

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/models/launch"
	"softlaunch/static"
)

// Before a request reaches its route it passes these, in the order in which New names them.

// identify gives the request an id of our own; one that came with it proves nothing and could forge log lines.
func (s *server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var id [8]byte
		binary.BigEndian.PutUint64(id[:], rand.Uint64())
		c.Response().Header()[requestID] = []string{hex.EncodeToString(id[:])}
		return next(c)
	}
}

// requestID is the header's name as net/http holds it.
var requestID = http.CanonicalHeaderKey(echo.HeaderXRequestID)

// reference is the id of a request, which its answer tells and its log lines have.
func reference(c echo.Context) string { return c.Response().Header().Get(requestID) }

// log writes a line for every answer: the route's pattern and never the path, which may hold a secret or a name.
func (s *server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		begun := s.models.Machine()
		if err := next(c); err != nil {
			c.Error(err)
		}
		if s.Quiet {
			return nil
		}
		slog.LogAttrs(c.Request().Context(), slog.LevelInfo, "answered", slog.String("request", reference(c)),
			slog.String("route", c.Request().Method+" "+c.Path()), slog.Int("status", c.Response().Status),
			slog.Int64("bytes", c.Response().Size), slog.Int64("ms", s.models.Machine().Sub(begun).Milliseconds()))
		return nil
	}
}

// policy is what pages may load and do: their own style sheets, script and pictures, nothing inline, no frames. A form may lead
// on to the pages on which the shop's buyers pay, and nowhere else: browsers hold the redirect after it to form-action too.
func (s *server) policy() string {
	forms := strings.Join(append([]string{"'self'"}, s.models.Gateways.Origins()...), " ")
	return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action " + forms + "; " +
		"connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// protection are the headers that every answer has, errors included. All answers share the values, so a handler sets a
// header anew and never changes a value in its place. Nothing is stored anywhere unless a handler says so.
func (s *server) protection() []header {
	h := http.Header{}
	h.Set(echo.HeaderContentSecurityPolicy, s.policy())
	h.Set(echo.HeaderXContentTypeOptions, "nosniff")
	h.Set(echo.HeaderReferrerPolicy, "same-origin")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set(echo.HeaderCacheControl, "no-store")
	if s.Production && s.secure() {
		h.Set(echo.HeaderStrictTransportSecurity, "max-age=63072000")
	}
	var all []header
	for name, values := range h {
		all = append(all, header{name, values})
	}
	return all
}

// header is one of them; a list of them is gone through faster than a map, at every request.
type header struct {
	name   string
	values []string
}

// protect sets these headers.
func (s *server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		for _, one := range s.headers {
			h[one.name] = one.values
		}
		return next(c)
	}
}

// recover turns a panic into an error, so that it is logged and answered like any other defect.
func (s *server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch cause := recover(); cause {
			case nil:
			case http.ErrAbortHandler:
				panic(cause)
			default:
				err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			}
		}()
		return next(c)
	}
}

// The longest address and the most header lines that a browser of ours has a reason to send.
const (
	maxAddress = 2000
	maxHeaders = 60
)

// limit refuses requests that are larger than any of this shop.
func (s *server) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, most := c.Request(), mostBytes(c.Request())
		lines := 0
		for _, values := range r.Header {
			lines += len(values)
		}
		switch {
		case len(r.RequestURI) > maxAddress:
			return echo.NewHTTPError(http.StatusRequestURITooLong)
		case lines > maxHeaders:
			return echo.NewHTTPError(http.StatusRequestHeaderFieldsTooLarge)
		case r.ContentLength > most:
			return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		case strings.ContainsRune(r.URL.Path, 0):
			return echo.NewHTTPError(http.StatusBadRequest)
		}
		if r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(c.Response(), r.Body, most)
		}
		return next(c)
	}
}

// uploads are the addresses that take a file.
var uploads = regexp.MustCompile(`^/admin/launches/[a-z]+/approvals/\d+/files$`)

// mostBytes is the largest body that a request may have.
func mostBytes(r *http.Request) int64 {
	if r.Method == http.MethodPost && uploads.MatchString(r.URL.Path) {
		return form.MaxUpload(launch.MaxFile)
	}
	return form.MaxBytes
}

// refuseForeign refuses forms that another site sends in a visitor's name, by Sec-Fetch-Site and Origin.
func (s *server) refuseForeign(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.foreign.Check(c.Request()); err != nil {
			return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
		}
		return next(c)
	}
}

// preview lets staff see the shop as it will be. The back-office stands outside: it shows what is.
func (s *server) preview(next echo.HandlerFunc) echo.HandlerFunc {
	previewing := s.admin.Sessions.Previewing(next)
	return func(c echo.Context) error {
		path := c.Request().URL.Path
		if path == "/admin" || strings.HasPrefix(path, "/admin/") || strings.HasPrefix(path, static.Prefix) {
			return next(c)
		}
		return previewing(c)
	}
}

// tidy leads /us to /us/ is the routes' work; this leads /us/cart/ to /us/cart.
func (s *server) tidy(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		path := strings.TrimRight(r.URL.Path, "/")
		if r.Method != http.MethodGet || path == r.URL.Path || strings.Count(path, "/") < 2 || strings.Contains(path, "//") {
			return next(c)
		}
		target := *r.URL
		target.Path, target.RawPath = path, ""
		return c.Redirect(http.StatusMovedPermanently, target.RequestURI())
	}
}
