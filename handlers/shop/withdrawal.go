package shop

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/order"
	view "softlaunch/views/shop"
)

// Withdrawal asks for a declaration of withdrawal, or says that it has been received.
func (p Pages) Withdrawal(c echo.Context) error {
	if c.QueryParam("received") != "" {
		_, f, err := p.private(c, "/withdrawal")
		if err != nil {
			return err
		}
		return respond.Page(c, http.StatusOK, view.Withdrawal(view.NewWithdrawnPage(f)))
	}
	return p.withdrawalPage(c, http.StatusOK, order.Withdrawal{OrderNumber: c.QueryParam("order")}, nil)
}

func (p Pages) withdrawalPage(c echo.Context, status int, typed order.Withdrawal, wrong map[string]string) error {
	s, f, err := p.private(c, "/withdrawal")
	if err != nil {
		return err
	}
	return respond.Page(c, status, view.Withdrawal(view.NewWithdrawalPage(f, s.Store.Market, typed, wrong, s.Pages)))
}

type declaration struct {
	Name  string `form:"name"`
	Order string `form:"order"`
	Email string `form:"email"`
}

// Withdraw takes a declaration. The answer, and the time it takes, is the same whether there is such an order or not.
func (p Pages) Withdraw(c echo.Context) error {
	var d declaration
	if err := form.Decode(c, &d); err != nil {
		return err
	}
	wait := evenly(c.Request().Context())
	store, _ := storeOf(c)
	typed := order.Withdrawal{Name: d.Name, OrderNumber: d.Order, Email: d.Email, Peer: c.RealIP()}
	_, err := p.shop(c).Orders.Withdraw(c.Request().Context(), store, typed)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return p.withdrawalPage(c, http.StatusUnprocessableEntity, typed, f.Fields)
	}
	if err != nil {
		return err
	}
	wait()
	return respond.To(c, "/"+store.Path()+"/withdrawal?received=yes")
}
