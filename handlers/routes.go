package handlers

import (
	"github.com/labstack/echo/v4"

	"softlaunch/static"
)

// routes is the shop's whole public face; DESIGN §6 is its contract.
func (s *server) routes(e *echo.Echo) {
	s.plainRoutes(e)
	s.adminRoutes(e.Group("/admin", s.admin.Sessions.Load))
	s.shopRoutes(e)
}

// plainRoutes are for machines.
func (s *server) plainRoutes(e *echo.Echo) {
	e.GET("/healthz", s.healthy)
	e.GET("/readyz", s.ready)
	e.GET("/robots.txt", s.robots)
	e.GET("/sitemap.xml", s.sitemap)
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
}

// shopRoutes are for shoppers.
func (s *server) shopRoutes(e *echo.Echo) {
	p := s.shop
	store := e.Group("/:store", p.InStore)
	store.GET("", p.Slash)
}

// adminRoutes are for staff. Those of the desk come before anybody has signed in.
func (s *server) adminRoutes(desk *echo.Group) {
	p := s.admin
	desk.GET("/session", p.SignIn)
	desk.POST("/session", p.StartSession)
	desk.POST("/session/end", p.EndSession)
}
