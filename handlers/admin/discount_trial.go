package admin

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

type trial struct {
	Goods string `form:"goods"`
}

// TryDiscount shows what a cart with some goods would cost with a discount. Nothing is kept.
func (p Pages) TryDiscount(c echo.Context) error {
	var f trial
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	if err := session.Actor(c).Require(staff.ManageProducts); err != nil {
		return err
	}
	goods, ok := tried(f.Goods)
	if !ok {
		return p.showDiscount(c, http.StatusUnprocessableEntity, nil, admin.DiscountTrial{Goods: f.Goods, Faults: map[string]string{"goods": "discount.goods"}})
	}
	d, err := p.discount(c)
	if err != nil {
		return err
	}
	at := max(p.Shop.Clock(), d.BeginsAt)
	choice := cart.Choice{}
	if d.Code != "" {
		choice.CouponID = d.ID
	}
	view, err := p.Shop.AsOf(at).Carts.Quote(c.Request().Context(), d.Market.Stores()[0], goods, choice)
	if err != nil {
		return err
	}
	if len(view.Lines) != len(goods) {
		return p.showDiscount(c, http.StatusUnprocessableEntity, nil, admin.DiscountTrial{Goods: f.Goods, Faults: map[string]string{"goods": "price.sku"}})
	}
	return p.showDiscount(c, http.StatusOK, nil, admin.DiscountTrial{Goods: f.Goods, View: &view})
}

// tried reads goods, one in a line.
func tried(typed string) (goods map[string]int, ok bool) {
	goods = map[string]int{}
	for line := range strings.Lines(typed) {
		sku, units, _ := strings.Cut(strings.TrimSpace(line), ";")
		if strings.TrimSpace(sku) == "" {
			continue
		}
		n, err := form.Quantity(strings.TrimSpace(units), 1)
		if fault.Is(err, fault.Invalid) || goods[strings.TrimSpace(sku)] != 0 {
			return nil, false
		}
		goods[strings.TrimSpace(sku)] = n
	}
	return goods, len(goods) > 0
}
