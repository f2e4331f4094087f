package admin

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/catalog"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Range shows what a market lists and could list.
func (p Pages) Range(c echo.Context) error {
	return p.showRange(c, http.StatusOK, catalog.RangeForm{Listing: catalog.ListingForm{LimitOrder: "5", LimitBuyer: "10", TestLimitOrder: "1", TestLimitBuyer: "1"}}, nil)
}

func (p Pages) showRange(c echo.Context, status int, typed catalog.RangeForm, faults map[string]string) error {
	r, err := p.Shop.Catalog.Range(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	page := admin.NewRangePage(p.ofMarket(c, r.Market, "Listings and prices"), r, typed, faults, session.Actor(c).May(staff.ManageProducts))
	return respond.Page(c, status, admin.Range(page))
}

type goodsRange struct {
	Slugs          []string `form:"slug"`
	SKUs           []string `form:"sku"`
	Amounts        []string `form:"amount"`
	LimitOrder     string   `form:"limit_order"`
	LimitBuyer     string   `form:"limit_buyer"`
	TestLimitOrder string   `form:"test_limit_order"`
	TestLimitBuyer string   `form:"test_limit_buyer"`
}

// SetRange lists and prices many products of a market at once.
func (p Pages) SetRange(c echo.Context) error {
	var f goodsRange
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.RangeForm{Slugs: f.Slugs, Amounts: paired(f.SKUs, f.Amounts),
		Listing: catalog.ListingForm{LimitOrder: f.LimitOrder, LimitBuyer: f.LimitBuyer, TestLimitOrder: f.TestLimitOrder, TestLimitBuyer: f.TestLimitBuyer}}
	for sku, amount := range entered.Amounts {
		if strings.TrimSpace(amount) == "" {
			delete(entered.Amounts, sku)
		}
	}
	err := p.Shop.Catalog.SetRange(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showRange(c, status, entered, faults) },
		marketPath(c)+"/listings", "The listings and prices are saved.")
}
