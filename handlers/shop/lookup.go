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

// Lookup asks for the address that orders were placed with, or says that their links are on the way if there are any.
func (p Pages) Lookup(c echo.Context) error {
	if c.QueryParam("asked") != "" {
		s, f, err := p.private(c, "/orders")
		if err != nil {
			return err
		}
		return respond.Page(c, http.StatusOK, view.Lookup(view.NewLookedUpPage(f, s.Store.Market)))
	}
	return p.lookupPage(c, http.StatusOK, order.Lookup{}, nil)
}

func (p Pages) lookupPage(c echo.Context, status int, typed order.Lookup, wrong map[string]string) error {
	s, f, err := p.private(c, "/orders")
	if err != nil {
		return err
	}
	return respond.Page(c, status, view.Lookup(view.NewLookupPage(f, s.Store.Market, typed, wrong)))
}

type lookup struct {
	Email string `form:"email"`
	Order string `form:"order"`
}

// AskLookup has the links of orders mailed. The answer, and the time it takes, tells nobody whether there are any.
func (p Pages) AskLookup(c echo.Context) error {
	var l lookup
	if err := form.Decode(c, &l); err != nil {
		return err
	}
	wait := evenly(c.Request().Context())
	store, _ := storeOf(c)
	typed := order.Lookup{Email: l.Email, OrderNumber: l.Order}
	err := p.shop(c).Lookups.Ask(c.Request().Context(), store, typed, c.RealIP())
	var refused *fault.Error
	if errors.As(err, &refused) && refused.Kind == fault.Invalid {
		return p.lookupPage(c, http.StatusUnprocessableEntity, typed, refused.Fields)
	}
	if err != nil {
		return err
	}
	wait()
	return respond.To(c, "/"+store.Path()+"/orders?asked=yes")
}
