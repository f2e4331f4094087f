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

// Checkout asks for the details of an order, filled with what was typed before.
func (p Pages) Checkout(c echo.Context) error {
	store, _ := storeOf(c)
	typed, _, err := p.shop(c).Carts.Details(c.Request().Context(), p.Cart.Token(c), store)
	if err != nil {
		return err
	}
	return p.checkoutPage(c, http.StatusOK, typed, nil)
}

// checkoutPage shows the form with what was typed. A cart that can't be ordered as it is leads back to the cart, which
// says why.
func (p Pages) checkoutPage(c echo.Context, status int, typed cart.Details, wrong map[string]string) error {
	s, f, err := p.private(c, "/checkout")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	shown, err := p.shop(c).Carts.View(ctx, p.Cart.Token(c), s.Store, cart.Choice{Region: typed.Region, Delivery: typed.Delivery})
	if err != nil {
		return err
	}
	if !shown.Sound() {
		return respond.To(c, f.To("/cart"))
	}
	regions, err := p.shop(c).Markets.Regions(ctx, s.Store.Market)
	if err != nil {
		return err
	}
	page := view.NewCheckoutPage(f, shown, typed, view.Asked{Regions: regions, Payments: s.Payments}, wrong)
	return respond.Page(c, status, view.Checkout(page))
}

type details struct {
	Email      string `form:"email"`
	Name       string `form:"name"`
	Line1      string `form:"line1"`
	Line2      string `form:"line2"`
	PostalCode string `form:"postal_code"`
	City       string `form:"city"`
	Region     string `form:"region"`
	Phone      string `form:"phone"`
	Delivery   string `form:"delivery"`
	Payment    string `form:"payment"`
}

func (d details) typed() cart.Details {
	return cart.Details{Email: d.Email, Name: d.Name, Line1: d.Line1, Line2: d.Line2, PostalCode: d.PostalCode, City: d.City,
		Region: d.Region, Phone: d.Phone, Delivery: d.Delivery, Payment: d.Payment}
}

// SaveDetails keeps what was typed and goes on to the review; what is wrong is shown in the form, as it was typed.
func (p Pages) SaveDetails(c echo.Context) error {
	var d details
	if err := form.Decode(c, &d); err != nil {
		return err
	}
	store, _ := storeOf(c)
	err := p.shop(c).Carts.SaveDetails(c.Request().Context(), p.Cart.Token(c), store, d.typed())
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return p.checkoutPage(c, http.StatusUnprocessableEntity, d.typed(), f.Fields)
	}
	if err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/checkout/review")
}

// Review shows everything as it will be ordered.
func (p Pages) Review(c echo.Context) error {
	store, _ := storeOf(c)
	err := p.reviewPage(c, http.StatusOK, nil)
	var f *fault.Error
	switch {
	case errors.As(err, &f) && f.Key == "fault.no_details":
		return respond.To(c, "/"+store.Path()+"/checkout")
	case errors.As(err, &f) && f.Key == "fault.cart_empty":
		return respond.To(c, "/"+store.Path()+"/cart")
	}
	return err
}

// reviewPage shows the review; refused is what stood in the way of the order.
func (p Pages) reviewPage(c echo.Context, status int, refused *fault.Error) error {
	tellRefused(c, refused)
	s, f, err := p.private(c, "/checkout/review")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	review, err := p.shop(c).Orders.Review(ctx, p.Cart.Token(c), s.Store)
	if err != nil {
		return err
	}
	regions, err := p.shop(c).Markets.Regions(ctx, s.Store.Market)
	if err != nil {
		return err
	}
	page := view.NewReviewPage(f, review, view.Asked{Regions: regions, Payments: s.Payments}, s.Pages, refused)
	return respond.Page(c, status, view.Review(page))
}
