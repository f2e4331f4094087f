package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Trail lists what staff changed.
func (p Pages) Trail(c echo.Context) error {
	f := staff.Filter{Subject: c.QueryParam("subject"), Name: c.QueryParam("q"), Before: older(c)}
	history, err := p.Shop.Staff.History(c.Request().Context(), f)
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Trail(admin.NewTrailPage(p.frame(c, "Trail"), f, history)))
}
