package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Nexus shows where the seller collects tax.
func (p Pages) Nexus(c echo.Context) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	frame := p.ofMarket(c, r.Market, "Nexus", components.Link{Text: "Taxes", URL: marketPath(c) + "/taxes"})
	return respond.Page(c, http.StatusOK, admin.Sections(admin.NewNexusPage(frame, r, p.Shop.Clock(), session.Actor(c).May(staff.ManageMarkets))))
}

type nexus struct {
	Nexus string `form:"nexus"`
}

// SetNexus says whether the seller collects tax in a place.
func (p Pages) SetNexus(c echo.Context) error {
	var f nexus
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	if err := p.Shop.Setup.SetNexus(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("region"), f.Nexus == "yes"); err != nil {
		return err
	}
	return p.done(c, marketPath(c)+"/taxes/nexus", "The place is changed.")
}
