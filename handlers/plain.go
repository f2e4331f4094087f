package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
)

// healthy says that the process lives.
func (s *server) healthy(c echo.Context) error {
	return c.String(http.StatusOK, "ok\n")
}

// ready says that the database answers too.
func (s *server) ready(c echo.Context) error {
	if _, err := s.models.Markets.Visible(c.Request().Context()); err != nil {
		return err
	}
	return c.String(http.StatusOK, "ready\n")
}

// robots keeps search engines out of the back-office and of pages that belong to one visitor.
func (s *server) robots(c echo.Context) error {
	respond.Revalidate(c)
	return c.String(http.StatusOK, `User-agent: *
Disallow: /admin
Disallow: /*/cart
Disallow: /*/checkout
Disallow: /*/orders
Disallow: /*/pay
Disallow: /*/account
Disallow: /*/waiting-room
Disallow: /*/interest/

Sitemap: `+s.URL.JoinPath("sitemap.xml").String()+"\n")
}
