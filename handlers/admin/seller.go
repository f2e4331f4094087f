package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Seller shows who sells in a market, as its documents name him.
func (p Pages) Seller(c echo.Context) error { return p.showSeller(c, http.StatusOK, nil, nil) }

// showSeller shows the seller with what was typed, or as he is.
func (p Pages) showSeller(c echo.Context, status int, typed *market.SellerForm, faults map[string]string) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	page := admin.NewSellerPage(p.ofMarket(c, r.Market, "Seller"), r, typed, faults, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Sections(page))
}

type seller struct {
	Name       string   `form:"name"`
	Line1      string   `form:"line1"`
	Line2      string   `form:"line2"`
	PostalCode string   `form:"postal_code"`
	City       string   `form:"city"`
	Region     string   `form:"region"`
	Country    string   `form:"country"`
	Email      string   `form:"email"`
	Phone      string   `form:"phone"`
	VATNumber  string   `form:"vat_number"`
	Register   string   `form:"register"`
	KeepYears  string   `form:"keep_years"`
	Paper      string   `form:"paper"`
	Languages  []string `form:"language"`
	Notes      []string `form:"note"`
}

// SetSeller says who sells in a market from now on.
func (p Pages) SetSeller(c echo.Context) error {
	var f seller
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := market.SellerForm{KeepYears: f.KeepYears, Seller: market.Seller{Name: f.Name, Line1: f.Line1, Line2: f.Line2, PostalCode: f.PostalCode, City: f.City,
		Region: f.Region, Country: f.Country, Email: f.Email, Phone: f.Phone, VATNumber: f.VATNumber, Register: f.Register, Paper: f.Paper, Notes: paired(f.Languages, f.Notes)}}
	err := p.Shop.Setup.SetSeller(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showSeller(c, status, &entered, faults) },
		marketPath(c)+"/seller", "The seller is saved.")
}
