package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Listing shows a product in one market.
func (p Pages) Listing(c echo.Context) error {
	return p.showListing(c, http.StatusOK, func(*admin.ListingForm) {})
}

// showListing shows the product as it is; typed puts what was entered over it.
func (p Pages) showListing(c echo.Context, status int, typed func(*admin.ListingForm)) error {
	ctx, code := c.Request().Context(), c.Param("code")
	product, markets, err := p.Shop.Gate.Across(ctx, c.Param("slug"))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(markets, func(in launch.InMarket) bool { return in.Market.Code == code })
	if at < 0 {
		return fault.New(fault.NotFound, "fault.market")
	}
	prices, err := p.Shop.Catalog.Prices(ctx, product.ID)
	if err != nil {
		return err
	}
	partners, err := p.Shop.Setup.AllPartners(ctx, product.Slug)
	if err != nil {
		return err
	}
	partners = slices.DeleteFunc(partners, func(one launch.Partner) bool { return one.MarketID != markets[at].Market.ID })
	coming, err := p.Shop.Gate.Prospects(ctx, code, product.Slug, nil)
	if err != nil {
		return err
	}
	f := admin.ListingForm{Listing: markets[at].Listing.FormOf(markets[at].Market)}
	typed(&f)
	name := product.Text.Name
	frame := p.frame(c, "", components.Link{Text: "Products", URL: "/admin/products"},
		components.Link{Text: name, URL: "/admin/products/" + product.Slug}, components.Link{Text: code, Current: true})
	by, standing := session.Actor(c), admin.Standing{Product: product, In: markets[at], Prices: prices, Coming: coming, Partners: partners}
	page := admin.NewListingPage(frame, standing, f, p.Shop.Clock(), by.May(staff.ManageProducts), by.May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Listing(page))
}

type listing struct {
	VisibleFrom    string `form:"visible_from"`
	VisibleFold    string `form:"visible_from_fold"`
	OnSaleFrom     string `form:"on_sale_from"`
	OnSaleFold     string `form:"on_sale_from_fold"`
	EndsAt         string `form:"ends_at"`
	EndsFold       string `form:"ends_at_fold"`
	LimitOrder     string `form:"limit_order"`
	LimitBuyer     string `form:"limit_buyer"`
	TestLimitOrder string `form:"test_limit_order"`
	TestLimitBuyer string `form:"test_limit_buyer"`
}

// SetListing changes how a product is listed in a market.
func (p Pages) SetListing(c echo.Context) error {
	var f listing
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.ListingForm{
		VisibleFrom: market.Moment{Local: f.VisibleFrom, Fold: market.Fold(f.VisibleFold)},
		OnSaleFrom:  market.Moment{Local: f.OnSaleFrom, Fold: market.Fold(f.OnSaleFold)},
		EndsAt:      market.Moment{Local: f.EndsAt, Fold: market.Fold(f.EndsFold)},
		LimitOrder:  f.LimitOrder, LimitBuyer: f.LimitBuyer, TestLimitOrder: f.TestLimitOrder, TestLimitBuyer: f.TestLimitBuyer,
	}
	err := p.Shop.Catalog.SetListing(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("slug"), entered)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showListing(c, status, func(shown *admin.ListingForm) { shown.Listing, shown.ListingFaults = entered, wrong.Fields })
	}
	if err != nil {
		return err
	}
	return p.done(c, listingPath(c), "The listing is saved.")
}

func listingPath(c echo.Context) string {
	return "/admin/products/" + c.Param("slug") + "/listings/" + c.Param("code")
}
