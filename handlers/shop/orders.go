package shop

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/order"
	"softlaunch/models/payment"
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

// startPayment leads from an order to where it is paid.
func (p Pages) startPayment(c echo.Context, o order.Order) error {
	page := "/" + o.Store + "/orders/" + o.Token
	gateway, found := p.shop(c).Gateways.Find(o.Payment)
	if !found || o.State != order.AwaitingPayment {
		return respond.To(c, page)
	}
	next, err := gateway.Start(c.Request().Context(), payment.Intent{Store: o.Store, Token: o.Token, Number: o.Number, Amount: o.Total()})
	if err != nil {
		return err
	}
	if next == "" {
		next = page
	}
	return respond.To(c, next)
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
	return respond.Page(c, http.StatusOK, view.Order(view.NewOrderPage(f, store.Market, placed, s.Now)))
}
