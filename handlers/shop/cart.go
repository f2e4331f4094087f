package shop

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	view "softlaunch/views/shop"
)

// ShowCart shows the visitor's cart as this store decides it. A link in a mail may bring an access code to use.
func (p Pages) ShowCart(c echo.Context) error {
	return p.cartPage(c, http.StatusOK, view.Typed{Code: c.QueryParam("code")}, nil)
}

// cartPage shows the cart; refused is why a change of it was not possible.
func (p Pages) cartPage(c echo.Context, status int, typed view.Typed, refused *fault.Error) error {
	tellRefused(c, refused)
	s, f, err := p.private(c, "/cart")
	if err != nil {
		return err
	}
	shown, err := p.basket(c, s.Store)
	if err != nil {
		return err
	}
	shown.Store = s.Store
	page := view.NewCartPage(f, shown, s.Payments, refused)
	opened, err := p.opened(c, s.Store, shown.Code)
	if err != nil {
		return err
	}
	page.Code = view.NewCodeBox(f, shown, opened, typed)
	return respond.Page(c, status, view.Cart(page))
}

// basket is the visitor's cart, or the preview's own.
func (p Pages) basket(c echo.Context, store market.Store) (cart.View, error) {
	ctx := c.Request().Context()
	preview, previewing := session.PreviewOf(c)
	if !previewing {
		return p.shop(c).Carts.View(ctx, p.Cart.Token(c), store, cart.Choice{})
	}
	who, err := p.buyer(c)
	if err != nil {
		return cart.View{}, err
	}
	return p.shop(c).Carts.Quote(ctx, store, preview.Goods, cart.Choice{Buyer: who})
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
	c.Set(wantedKey, f.SKU)
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
		return p.cartPage(c, http.StatusConflict, view.Typed{}, refused)
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
