package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Payments lists the payments that somebody has to look at.
func (p Pages) Payments(c echo.Context) error {
	open, err := p.Shop.Orders.Exceptions(c.Request().Context())
	if err != nil {
		return err
	}
	page := admin.NewPaymentsPage(p.frame(c, "Payments"), open, session.Actor(c).May(staff.ManageOrders))
	return respond.Page(c, http.StatusOK, admin.Payments(page))
}

// HandlePayment notes that somebody has dealt with one.
func (p Pages) HandlePayment(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "exception")
	if err != nil {
		return err
	}
	if err := p.Shop.Orders.HandleException(c.Request().Context(), session.Actor(c), id); err != nil {
		return err
	}
	return p.done(c, "/admin/payments", "The payment is marked as handled.")
}
