package shop

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/cart"
	"softlaunch/models/fault"
	view "softlaunch/views/shop"
)

// ShowCart shows the visitor's cart as this store decides it.
func (p Pages) ShowCart(c echo.Context) error { return p.cartPage(c, http.StatusOK, nil) }

// cartPage shows the cart; refused is why a change of it was not possible.
func (p Pages) cartPage(c echo.Context, status int, refused *fault.Error) error {
	s, f, err := p.private(c, "/cart")
	if err != nil {
		return err
	}
	shown, err := p.shop(c).Carts.View(c.Request().Context(), p.Cart.Token(c), s.Store, cart.Choice{})
	if err != nil {
		return err
	}
	shown.Store = s.Store
	return respond.Page(c, status, view.Cart(view.NewCartPage(f, shown, s.Payments, refused)))
}

type addItem struct {
	SKU      string `form:"sku"`
	Quantity string `form:"quantity"`
}

// AddItem puts goods into the cart. The cart begins with the first that can be had.
func (p Pages) AddItem(c echo.Context) error {
	var f addItem
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	quantity, err := form.Quantity(f.Quantity, 1)
	if err != nil {
		return err
	}
	store, _ := storeOf(c)
	token := p.Cart.Token(c)
	if token == "" {
		token = p.Cart.Fresh()
	}
	if err := p.shop(c).Carts.Add(c.Request().Context(), token, store, f.SKU, quantity); err != nil {
		return err
	}
	p.Cart.Keep(c, token)
	return respond.To(c, "/"+store.Path()+"/cart")
}

type setItem struct {
	Quantity string `form:"quantity"`
}

// SetItem changes how many of a SKU are in the cart; 0 takes it out. A change that is refused shows the cart as it is.
func (p Pages) SetItem(c echo.Context) error {
	var f setItem
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	quantity, err := form.Quantity(f.Quantity, 0)
	if err != nil {
		return err
	}
	store, _ := storeOf(c)
	token := p.Cart.Token(c)
	if token == "" {
		return fault.New(fault.NotFound, "fault.product")
	}
	err = p.shop(c).Carts.Set(c.Request().Context(), token, store, c.Param("sku"), quantity)
	if refused := refusal(err); refused != nil {
		return p.cartPage(c, http.StatusConflict, refused)
	}
	if err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/cart")
}

// refusal is the fault of something that was possible before and is not now; nil for every other error.
func refusal(err error) *fault.Error {
	var f *fault.Error
	if errors.As(err, &f) && (f.Kind == fault.Conflict || f.Kind == fault.NotOpen) {
		return f
	}
	return nil
}
