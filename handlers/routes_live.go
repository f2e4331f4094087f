package handlers

import "github.com/labstack/echo/v4"

// liveRoutes are what staff watch and do while a launch is under way.
func (s *server) liveRoutes(e *echo.Echo) {
	p := s.admin
	office := area{e, "/admin", []echo.MiddlewareFunc{p.Sessions.Load, p.SignedIn}}
	office.GET("/live", p.Live)
	office.GET("/live/events", p.LiveEvents)
	office.GET("/markets/:code/waiting-room", p.Room)
	office.POST("/markets/:code/waiting-room/arming", p.ArmRoom)
	office.POST("/markets/:code/waiting-room/opening", p.OpenRoom)
	office.POST("/markets/:code/waiting-room/draining", p.DrainRoom)
	office.POST("/markets/:code/waiting-room/closing", p.CloseRoom)
}
