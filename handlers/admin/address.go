package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/cart"
	"softlaunch/models/order"
	"softlaunch/views/admin"
)

// details are a buyer's, as staff type them. Those that a form does not ask for are empty.
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
	Reason     string `form:"reason"`
}

func (d details) typed() cart.Details {
	return cart.Details{Email: d.Email, Name: d.Name, Line1: d.Line1, Line2: d.Line2, PostalCode: d.PostalCode, City: d.City, Region: d.Region,
		Phone: d.Phone, Delivery: d.Delivery}
}

// Address asks where an order goes instead.
func (p Pages) Address(c echo.Context) error {
	o, err := p.orderFor(c)
	if err != nil {
		return err
	}
	to := cart.Details{Name: o.Name, Line1: o.Line1, Line2: o.Line2, PostalCode: o.PostalCode, City: o.City, Region: o.Region, Phone: o.Phone}
	return p.addressPage(c, http.StatusOK, o, admin.AddressForm{Details: to})
}

func (p Pages) addressPage(c echo.Context, status int, o order.Order, f admin.AddressForm) error {
	m, err := p.marketOf(c, o)
	if err != nil {
		return err
	}
	frame := p.frame(c, "Address of order "+o.Number, orderCrumbs(o, "Address")...)
	return respond.Page(c, status, admin.Sections(admin.NewAddressPage(frame, o, m, f)))
}

// ChangeAddress changes it.
func (p Pages) ChangeAddress(c echo.Context) error {
	var d details
	if err := form.Decode(c, &d); err != nil {
		return err
	}
	err := p.Shop.Orders.ChangeAddress(c.Request().Context(), session.Actor(c), c.Param("number"), d.typed(), d.Reason)
	f, status, again := refused(err)
	if again && len(f.Fields) > 0 {
		o, err := p.orderFor(c)
		if err != nil {
			return err
		}
		return p.addressPage(c, status, o, admin.AddressForm{Details: d.typed(), Reason: d.Reason, Faults: f.Fields})
	}
	if err != nil {
		return err
	}
	return p.done(c, orderPath(c), "The address is changed.")
}
