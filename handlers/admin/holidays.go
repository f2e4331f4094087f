package admin

import (
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/session"
	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/views/admin"
)

type holidays struct {
	Holidays string `form:"holidays"`
}

// SetHolidays says on which days nothing is delivered in a market.
func (p Pages) SetHolidays(c echo.Context) error {
	var f holidays
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	var days []market.Holiday
	for line := range strings.Lines(f.Holidays) {
		if strings.TrimSpace(line) != "" {
			day, name, _ := strings.Cut(line, ";")
			days = append(days, market.Holiday{Day: clock.Day(strings.TrimSpace(day)), Name: name})
		}
	}
	err := p.Shop.Setup.SetHolidays(c.Request().Context(), session.Actor(c), c.Param("code"), days)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showSettings(c, status, func(shown *admin.SettingsPage) { shown.Holidays, shown.Faults = f.Holidays, faults })
	}, marketPath(c)+"/settings", "The holidays are saved.")
}
