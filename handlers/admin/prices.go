package admin

import (
	"maps"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/catalog"
	"softlaunch/models/market"
	"softlaunch/views/admin"
)

type price struct {
	SKU       string `form:"sku"`
	Amount    string `form:"amount"`
	ValidFrom string `form:"valid_from"`
	FromFold  string `form:"valid_from_fold"`
	EndsAt    string `form:"price_ends_at"`
	EndsFold  string `form:"price_ends_at_fold"`
}

// SetPrice gives a variant a price in a market.
func (p Pages) SetPrice(c echo.Context) error {
	var f price
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.PriceForm{SKU: f.SKU, Amount: f.Amount,
		From: market.Moment{Local: f.ValidFrom, Fold: market.Fold(f.FromFold)}, To: market.Moment{Local: f.EndsAt, Fold: market.Fold(f.EndsFold)}}
	err := p.Shop.Catalog.SetPrice(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("slug"), entered)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showListing(c, status, func(shown *admin.ListingForm) { shown.Price, shown.PriceFaults = entered, priceFaults(wrong.Fields) })
	}
	if err != nil {
		return err
	}
	return p.done(c, listingPath(c), "The price is set.")
}

// priceFaults names the end as the page does, where the listing has an end of its own.
func priceFaults(fields map[string]string) map[string]string {
	faults := maps.Clone(fields)
	if key, wrong := faults["ends_at"]; wrong {
		faults["price_ends_at"] = key
	}
	return faults
}

// TakeBackPrice removes a price that does not hold yet.
func (p Pages) TakeBackPrice(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "price")
	if err != nil {
		return err
	}
	if err := p.Shop.Catalog.TakeBackPrice(c.Request().Context(), session.Actor(c), c.Param("slug"), id); err != nil {
		return err
	}
	return p.done(c, "/admin/products/"+c.Param("slug"), "The price is taken back.")
}
