package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/views/admin"
)

// Withdrawals lists the declarations of withdrawal that wait.
func (p Pages) Withdrawals(c echo.Context) error {
	if err := p.mayRead(c); err != nil {
		return err
	}
	open, err := p.Shop.Orders.Withdrawals(c.Request().Context())
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Withdrawals(admin.NewWithdrawalsPage(p.frame(c, "Withdrawals"), open)))
}

// HandleWithdrawal notes that somebody has dealt with one.
func (p Pages) HandleWithdrawal(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "withdrawal")
	if err != nil {
		return err
	}
	if err := p.Shop.Orders.HandleWithdrawal(c.Request().Context(), session.Actor(c), id); err != nil {
		return err
	}
	return p.done(c, "/admin/withdrawals", "The withdrawal is marked as handled.")
}
