package admin

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/catalog"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

type price struct {
	SKU       string `form:"sku"`
	Amount    string `form:"amount"`
	ValidFrom string `form:"valid_from"`
	FromFold  string `form:"valid_from_fold"`
	EndsAt    string `form:"price_ends_at"`
	EndsFold  string `form:"price_ends_at_fold"`
	Step      string `form:"step"`
}

// SetPrice gives a variant a price in a market, or shows what shoppers would see.
func (p Pages) SetPrice(c echo.Context) error {
	var f price
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.PriceForm{SKU: f.SKU, Amount: f.Amount,
		From: market.Moment{Local: f.ValidFrom, Fold: market.Fold(f.FromFold)}, To: market.Moment{Local: f.EndsAt, Fold: market.Fold(f.EndsFold)}}
	if f.Step == "preview" {
		return p.previewPrice(c, entered)
	}
	err := p.Shop.Catalog.SetPrice(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("slug"), entered)
	return p.priced(c, entered, err)
}

func (p Pages) previewPrice(c echo.Context, entered catalog.PriceForm) error {
	if err := session.Actor(c).Require(staff.ManageProducts); err != nil {
		return err
	}
	coming, err := p.Shop.Gate.Prospects(c.Request().Context(), c.Param("code"), c.Param("slug"), &entered)
	if err != nil {
		return p.priced(c, entered, err)
	}
	return p.showListing(c, http.StatusOK, func(shown *admin.ListingForm) { shown.Price, shown.Prospects = entered, coming })
}

// priced answers a price that was typed: with the form again where it is wrong.
func (p Pages) priced(c echo.Context, entered catalog.PriceForm, err error) error {
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
