package shop

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	view "softlaunch/views/shop"
)

type useCode struct {
	Code    string `form:"code"`
	Product string `form:"product"` // the page it was typed on, empty for the cart
}

// UseCode puts an access code or a coupon into the cart and leads to what it opens: the product on whose page it was typed, or
// the cart, which says what else, or what the coupon takes off. All unknown codes get the same answer.
func (p Pages) UseCode(c echo.Context) error {
	var f useCode
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	store, _ := storeOf(c)
	token := p.Cart.Token(c)
	if token == "" {
		token = p.Cart.Fresh()
	}
	err := p.shop(c).Carts.UseCode(c.Request().Context(), token, store, f.Code, c.RealIP())
	var refused *fault.Error
	if errors.As(err, &refused) && refused.Kind == fault.Invalid {
		return p.refuseCode(c, f, refused)
	}
	if err != nil {
		return err
	}
	p.Cart.Keep(c, token)
	who, err := p.shop(c).Carts.Keys(c.Request().Context(), token, store)
	if err != nil {
		return err
	}
	opened, err := p.shop(c).Gate.Opened(c.Request().Context(), store, who)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(opened, func(i launch.Item) bool { return i.Product.Slug == f.Product }) {
		return respond.To(c, "/"+store.Path()+"/products/"+f.Product)
	}
	return respond.To(c, "/"+store.Path()+"/cart")
}

// refuseCode shows the page with what was typed and that it can't be used.
func (p Pages) refuseCode(c echo.Context, f useCode, refused *fault.Error) error {
	typed := view.Typed{Code: f.Code, CodeFault: refused.Fields["code"]}
	if f.Product == "" {
		return p.cartPage(c, http.StatusUnprocessableEntity, typed, nil)
	}
	err := p.productPage(c, http.StatusUnprocessableEntity, f.Product, typed)
	if fault.Is(err, fault.NotFound) {
		return p.cartPage(c, http.StatusUnprocessableEntity, typed, nil)
	}
	return err
}

// DropCode takes the access code out of the cart.
func (p Pages) DropCode(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	store, _ := storeOf(c)
	if err := p.shop(c).Carts.DropCode(c.Request().Context(), p.Cart.Token(c)); err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/cart")
}

// DropCoupon takes the coupon out of the cart.
func (p Pages) DropCoupon(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	store, _ := storeOf(c)
	if err := p.shop(c).Carts.DropCoupon(c.Request().Context(), p.Cart.Token(c)); err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/cart")
}

// opened are the goods that the cart's access code opens now.
func (p Pages) opened(c echo.Context, store market.Store, code launch.CodeState) ([]launch.Item, error) {
	if code != launch.ValidCode {
		return nil, nil
	}
	who, err := p.buyer(c)
	if err != nil {
		return nil, err
	}
	return p.shop(c).Gate.Opened(c.Request().Context(), store, who)
}
