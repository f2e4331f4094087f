package shop

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/order"
	view "softlaunch/views/shop"
)

// Cancellation asks once more whether the order is to be cancelled. One that can't be any more leads back to its page.
func (p Pages) Cancellation(c echo.Context) error {
	store, _ := storeOf(c)
	o, err := p.shop(c).Orders.ByToken(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	if !o.Cancellable() {
		return respond.To(c, "/"+store.Path()+"/orders/"+o.Token)
	}
	_, f, err := p.private(c, "/orders/"+o.Token+"/cancellation")
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, view.CancelOrder(view.NewCancelPage(f, o)))
}

// CancelOrder cancels it.
func (p Pages) CancelOrder(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	store, _ := storeOf(c)
	if err := p.shop(c).Orders.CancelOwn(c.Request().Context(), store.Market.ID, c.Param("token")); err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/orders/"+c.Param("token"))
}

// Return asks what of an order is sent back. When nothing can be it leads to the order's page.
func (p Pages) Return(c echo.Context) error {
	return p.returnPage(c, http.StatusOK, view.ReturnForm{})
}

func (p Pages) returnPage(c echo.Context, status int, typed view.ReturnForm) error {
	store, _ := storeOf(c)
	o, err := p.shop(c).Orders.ByToken(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	if !o.Returnable() {
		return respond.To(c, "/"+store.Path()+"/orders/"+o.Token)
	}
	_, f, err := p.private(c, "/orders/"+o.Token+"/returns")
	if err != nil {
		return err
	}
	return respond.Page(c, status, view.SendBack(view.NewReturnPage(f, store, o, typed)))
}

type comeback struct {
	Lines   []string `form:"line"`
	Units   []string `form:"units"`
	Reason  string   `form:"reason"`
	Comment string   `form:"comment"`
	Seen    string   `form:"seen"`
}

// AskReturn takes the request.
func (p Pages) AskReturn(c echo.Context) error {
	var sent comeback
	if err := form.Decode(c, &sent); err != nil {
		return err
	}
	store, _ := storeOf(c)
	units, typed, err := sent.read()
	seen, _ := strconv.Atoi(sent.Seen)
	if err == nil {
		err = p.shop(c).Orders.AskReturn(c.Request().Context(), store.Market.ID, c.Param("token"),
			order.ReturnRequest{Units: units, Reason: sent.Reason, Comment: sent.Comment, Seen: seen})
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		typed.Faults = f.Fields
		return p.returnPage(c, http.StatusUnprocessableEntity, typed)
	}
	if err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/orders/"+c.Param("token"))
}

// read is what was typed, as units of lines and as it is shown again.
func (s comeback) read() ([]order.Units, view.ReturnForm, error) {
	typed := view.ReturnForm{Units: map[int64]string{}, Reason: s.Reason, Comment: s.Comment}
	for i, line := range s.Lines {
		if id, err := strconv.ParseInt(line, 10, 64); err == nil && i < len(s.Units) {
			typed.Units[id] = s.Units[i]
		}
	}
	units, err := form.UnitsOf(s.Lines, s.Units)
	if err != nil {
		err = fault.Fields{"units": "form.return_units"}.Err()
	}
	return units, typed, err
}
