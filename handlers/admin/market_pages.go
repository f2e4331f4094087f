package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// MarketPages shows which pages a market has and which it needs.
func (p Pages) MarketPages(c echo.Context) error {
	return p.showMarketPages(c, http.StatusOK, nil, nil)
}

func (p Pages) showMarketPages(c echo.Context, status int, typed *string, faults map[string]string) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	if typed == nil {
		listed := strings.Join(r.Required, "\n")
		typed = &listed
	}
	page := admin.NewPagesPage(p.ofMarket(c, r.Market, "Pages"), r, *typed, faults, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Sections(page))
}

type requiredPages struct {
	Slugs string `form:"slugs"`
}

// RequirePages says which pages a market can't launch without.
func (p Pages) RequirePages(c echo.Context) error {
	var f requiredPages
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Setup.RequirePages(c.Request().Context(), session.Actor(c), c.Param("code"), admin.Slugs(f.Slugs))
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showMarketPages(c, status, &f.Slugs, faults)
	},
		marketPath(c)+"/pages", "The list is saved.")
}

// MarketPage shows the form that writes a page of a market in a language.
func (p Pages) MarketPage(c echo.Context) error {
	return p.showMarketPage(c, http.StatusOK, nil, false, nil)
}

// showMarketPage shows a page as it is, or as it was typed.
func (p Pages) showMarketPage(c echo.Context, status int, typed *market.Page, preview bool, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	language, slug := c.Param("language"), c.Param("slug")
	if !speaks(r, language) {
		return fault.New(fault.NotFound, "fault.page")
	}
	if typed == nil {
		typed = &market.Page{Language: language, Slug: slug}
		at := slices.IndexFunc(r.Pages, func(one market.Page) bool { return one.Slug == slug && one.Language == language })
		if at >= 0 {
			typed = &r.Pages[at]
		}
	}
	frame := p.ofMarket(c, r.Market, slug, components.Link{Text: "Pages", URL: marketPath(c) + "/pages"})
	return respond.Page(c, status, admin.Sections(admin.NewPagePage(frame, r.Market, *typed, preview, faults)))
}

func speaks(r launch.Rules, language string) bool {
	return slices.ContainsFunc(r.Market.Languages, func(l market.Language) bool { return l.Language == language })
}

type marketPage struct {
	Title string `form:"title"`
	Body  string `form:"body"`
	Step  string `form:"step"`
}

// WriteMarketPage writes a page of a market, or shows what it will look like.
func (p Pages) WriteMarketPage(c echo.Context) error {
	var f marketPage
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	page := market.Page{Language: c.Param("language"), Slug: c.Param("slug"), Title: f.Title, Body: f.Body}
	if f.Step == "preview" {
		return p.showMarketPage(c, http.StatusOK, &page, true, nil)
	}
	err := p.Shop.Setup.WritePage(c.Request().Context(), session.Actor(c), c.Param("code"), page)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showMarketPage(c, status, &page, false, faults)
	},
		marketPath(c)+"/pages", "The page is saved.")
}
