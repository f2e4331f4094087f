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
	"softlaunch/views/components"
)

// RateImport shows the form that takes a file of rates.
func (p Pages) RateImport(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	return p.showImport(c, http.StatusOK, "", market.RateImport{}, false)
}

func (p Pages) showImport(c echo.Context, status int, file string, found market.RateImport, read bool) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	frame := p.ofMarket(c, r.Market, "Import", components.Link{Text: "Taxes", URL: marketPath(c) + "/taxes"})
	return respond.Page(c, status, admin.Sections(admin.NewImportPage(frame, r, file, found, read)))
}

// CheckRates reads a file of rates and shows what it would change, or what is wrong in it.
func (p Pages) CheckRates(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	file, err := form.Upload(c, "file")
	if err != nil {
		return err
	}
	return p.checkRates(c, string(file.Content), http.StatusOK)
}

// checkRates shows a file that was checked, with a status for one that is sound.
func (p Pages) checkRates(c echo.Context, file string, sound int) error {
	found, err := p.Shop.Setup.ReadRates(c.Request().Context(), session.Actor(c), c.Param("code"), file)
	if err != nil {
		return err
	}
	if len(found.Faults) > 0 {
		sound = http.StatusUnprocessableEntity
	}
	return p.showImport(c, sound, file, found, true)
}

type rates struct {
	CSV string `form:"csv"`
}

// ImportRates sets the rates of a file that was checked, or checks it again where it no longer fits.
func (p Pages) ImportRates(c echo.Context) error {
	var f rates
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Setup.ImportRates(c.Request().Context(), session.Actor(c), c.Param("code"), f.CSV)
	return p.finish(c, err, func(status int, _ map[string]string) error { return p.checkRates(c, f.CSV, status) },
		marketPath(c)+"/taxes", "The rates are set.")
}
