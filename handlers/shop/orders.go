package shop

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/order"
	view "softlaunch/views/shop"
)

type placement struct {
	Key   string `form:"idempotency_key"`
	Total string `form:"total"`
}

// PlaceOrder is the order button. An order that can't be placed as it was seen shows the review again and says why.
func (p Pages) PlaceOrder(c echo.Context) error {
	var f placement
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	total, err := strconv.ParseInt(f.Total, 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "fault.key")
	}
	store, _ := storeOf(c)
	placed, err := p.shop(c).Orders.Place(c.Request().Context(),
		order.Placement{CartToken: p.Cart.Token(c), Store: store, Key: f.Key, Total: total})
	if refused := refusal(err); refused != nil {
		if again := p.reviewPage(c, http.StatusConflict, refused); refusal(again) == nil {
			return again
		}
		return refused // there is nothing left to review
	}
	if err != nil {
		return err
	}
	return p.startPayment(c, placed)
}

// startPayment leads from an order to where it is paid. When its provider does not answer the order is there all the same, and
// its page says how to go on.
func (p Pages) startPayment(c echo.Context, o order.Order) error {
	page := "/" + o.Store + "/orders/" + o.Token
	next, err := p.shop(c).Orders.Start(c.Request().Context(), o)
	switch {
	case errors.Is(err, order.ErrSilent):
		slog.WarnContext(c.Request().Context(), "no session to pay in", "order", o.Number, "error", err)
		return respond.To(c, page+"?payment=later")
	case err != nil:
		return err
	case next == "":
		next = page
	}
	return respond.Leave(c, next, p.shop(c).Gateways.Origins())
}

// Order shows an order to whoever knows its secret.
func (p Pages) Order(c echo.Context) error {
	store, _ := storeOf(c)
	placed, err := p.shop(c).Orders.ByToken(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	s, f, err := p.private(c, "/orders/"+placed.Token)
	if err != nil {
		return err
	}
	documents, err := p.shop(c).Documents.OfOrder(c.Request().Context(), placed.ID)
	if err != nil {
		return err
	}
	page := view.NewOrderPage(f, store.Market, placed, s.Now, view.Return(c.QueryParam("payment")))
	page.Documents = view.DocumentLinks(f, placed.Token, documents)
	if page.Waits {
		c.Response().Header().Set("Refresh", "5")
	}
	return respond.Page(c, http.StatusOK, view.Order(page))
}
