package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/clock"
	"softlaunch/views/admin"
)

// Dashboard shows what waits and how the markets do.
func (p Pages) Dashboard(c echo.Context) error {
	ctx, now := c.Request().Context(), p.Shop.Clock()
	duties, err := p.Shop.Orders.Duties(ctx)
	if err != nil {
		return err
	}
	low, err := p.Shop.Warehouse.Low(ctx)
	if err != nil {
		return err
	}
	markets, err := p.Shop.Markets.All(ctx)
	if err != nil {
		return err
	}
	page := admin.NewDashboardPage(p.frame(c, "Dashboard"), duties, len(low))
	if page.Alarms, err = p.alarms(c); err != nil {
		return err
	}
	for _, m := range markets {
		midnight := clock.DayOf(now, m.Location()).Start(m.Location())
		today, err := p.Shop.Orders.Since(ctx, m.ID, midnight)
		if err != nil {
			return err
		}
		page.Add(m, today, now)
	}
	return respond.Page(c, http.StatusOK, admin.Dashboard(page))
}
