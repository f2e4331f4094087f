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

// Taxes shows a market's rates of tax.
func (p Pages) Taxes(c echo.Context) error {
	return p.showTaxes(c, http.StatusOK, market.RateForm{Class: "standard"}, nil)
}

func (p Pages) showTaxes(c echo.Context, status int, typed market.RateForm, faults map[string]string) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	may := session.Actor(c).May(staff.ManageMarkets)
	return respond.Page(c, status, admin.Sections(admin.NewTaxesPage(p.ofMarket(c, r.Market, "Taxes"), r, p.Shop.Clock(), typed, faults, may)))
}

type rate struct {
	Region    string `form:"region"`
	Class     string `form:"tax_class"`
	Name      string `form:"name"`
	Percent   string `form:"percent"`
	ValidFrom string `form:"valid_from"`
	FromFold  string `form:"valid_from_fold"`
}

// SetRate gives goods a rate of tax in a market.
func (p Pages) SetRate(c echo.Context) error {
	var f rate
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := market.RateForm{Region: f.Region, Class: f.Class, Name: f.Name, Percent: f.Percent, From: market.Moment{Local: f.ValidFrom, Fold: market.Fold(f.FromFold)}}
	err := p.Shop.Setup.SetRate(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showTaxes(c, status, entered, faults) },
		marketPath(c)+"/taxes", "The rate is set.")
}

// RemoveRate takes back a rate that does not hold yet.
func (p Pages) RemoveRate(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "rate")
	if err != nil {
		return err
	}
	if err := p.Shop.Setup.RemoveRate(c.Request().Context(), session.Actor(c), c.Param("code"), id); err != nil {
		return err
	}
	return p.done(c, marketPath(c)+"/taxes", "The rate is taken back.")
}
