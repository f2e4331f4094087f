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

// Markets lists the markets.
func (p Pages) Markets(c echo.Context) error {
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Markets(admin.NewMarketsPage(p.frame(c, "Markets"), markets, p.Shop.Clock(), session.Actor(c).May(staff.ManageMarkets))))
}

// Market shows one market.
func (p Pages) Market(c echo.Context) error {
	return p.showMarket(c, http.StatusOK, admin.PauseForm{})
}

func (p Pages) showMarket(c echo.Context, status int, f admin.PauseForm) error {
	overview, err := p.Shop.Gate.Overview(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	frame := p.frame(c, "", admin.MarketCrumbs(overview.Market)...)
	return respond.Page(c, status, admin.Market(admin.NewMarketPage(frame, overview, f, session.Actor(c).May(staff.ManageMarkets))))
}

type pause struct {
	Reason string `form:"reason"`
	Until  string `form:"until"`
	Fold   string `form:"until_fold"`
}

// PauseMarket stops all sales of a market.
func (p Pages) PauseMarket(c echo.Context) error {
	var f pause
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	until := market.Moment{Local: f.Until, Fold: market.Fold(f.Fold)}
	err := p.Shop.Gate.Pause(c.Request().Context(), session.Actor(c), c.Param("code"), f.Reason, until)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showMarket(c, status, admin.PauseForm{Reason: f.Reason, Until: until, Faults: wrong.Fields})
	}
	if err != nil {
		return err
	}
	return p.done(c, marketPath(c), "Sales are paused.")
}

// ResumeMarket ends a pause.
func (p Pages) ResumeMarket(c echo.Context) error {
	var f pause
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	if err := p.Shop.Gate.Resume(c.Request().Context(), session.Actor(c), c.Param("code"), f.Reason); err != nil {
		return err
	}
	return p.done(c, marketPath(c), "Sales go on.")
}

func marketPath(c echo.Context) string { return "/admin/markets/" + c.Param("code") }
