package admin

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/market"
	"softlaunch/views/admin"
)

type exclusion struct {
	Pattern   string   `form:"pattern"`
	Languages []string `form:"language"`
	Reasons   []string `form:"reason"`
}

// Exclude has a market not deliver to places of its country.
func (p Pages) Exclude(c echo.Context) error {
	var f exclusion
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := market.ExclusionForm{Pattern: f.Pattern, Reasons: paired(f.Languages, f.Reasons)}
	err := p.Shop.Setup.Exclude(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showSettings(c, status, func(shown *admin.SettingsPage) { shown.Excluded, shown.Faults = entered, faults })
	}, marketPath(c)+"/settings", "The places are left out.")
}

// Include has a market deliver to excluded places again.
func (p Pages) Include(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "exclusion")
	if err != nil {
		return err
	}
	if err := p.Shop.Setup.Include(c.Request().Context(), session.Actor(c), c.Param("code"), id); err != nil {
		return err
	}
	return p.done(c, marketPath(c)+"/settings", "The places are delivered to.")
}
