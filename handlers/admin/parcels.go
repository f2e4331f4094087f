package admin

import (
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/clock"
	"softlaunch/views/admin"
)

// PackOrder notes that an order's goods are packed.
func (p Pages) PackOrder(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	err := p.Shop.Orders.Pack(c.Request().Context(), session.Actor(c), c.Param("number"))
	return p.orderDone(c, err, "The order is packed.", admin.OrderForm{})
}

// UnpackOrder notes that they are not.
func (p Pages) UnpackOrder(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	err := p.Shop.Orders.Unpack(c.Request().Context(), session.Actor(c), c.Param("number"))
	return p.orderDone(c, err, "The order is not packed any more.", admin.OrderForm{})
}

type handover struct {
	On string `form:"delivered_on"`
}

// DeliverParcel notes on which day a parcel was delivered.
func (p Pages) DeliverParcel(c echo.Context) error {
	var f handover
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "shipment")
	if err != nil {
		return err
	}
	on := strings.TrimSpace(f.On)
	err = p.Shop.Orders.Deliver(c.Request().Context(), session.Actor(c), c.Param("number"), id, clock.Day(on))
	return p.orderDone(c, err, "The parcel is delivered.", admin.OrderForm{Part: "parcel-" + c.Param("shipment"), DeliveredOn: on})
}
