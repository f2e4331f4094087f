package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/models/report"
	"softlaunch/static"
)

// measure counts every answer for the live view, kept pages too. It stands outside of the log, so that the status is known.
func (s *server) measure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if path := c.Request().URL.Path; !strings.HasPrefix(path, static.Prefix) {
			status := c.Response().Status
			s.models.Meter.Count(s.marketOf(path), report.Answered{
				Visitor: s.tells(c), Busy: status == http.StatusServiceUnavailable,
				Ordered: status == http.StatusSeeOther && c.Path() == "/:store/orders",
				Failed:  status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable,
			})
		}
		return err
	}
}

// marketOf is the market of an address, empty outside of any.
func (s *server) marketOf(path string) string {
	store, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	code, _, _ := strings.Cut(store, "-")
	if s.models.Rooms.Of(code) == nil {
		return ""
	}
	return code
}

// tells is what tells a visitor from others. The meter keeps a bit of it.
func (s *server) tells(c echo.Context) string {
	if cart := s.shop.Cart.Token(c); cart != "" {
		return cart
	}
	return c.RealIP() + " " + c.Request().UserAgent()
}
