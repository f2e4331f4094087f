package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/rehearsal"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// refresh is how many seconds the page of a rehearsal that runs stands before the browser asks for it anew.
const refresh = "2"

// Rehearsal shows the rehearsal that runs, or the last one's report, and the form that begins one.
func (p Pages) Rehearsal(c echo.Context) error {
	return p.showRehearsal(c, http.StatusOK, admin.RehearsalForm{Buyers: strconv.Itoa(rehearsal.Usual.Buyers),
		Units: strconv.Itoa(rehearsal.Usual.Units), AtOnce: strconv.Itoa(rehearsal.Usual.AtOnce)})
}

func (p Pages) showRehearsal(c echo.Context, status int, f admin.RehearsalForm) error {
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	state := p.Rehearsals.State()
	if state.Running {
		c.Response().Header().Set("Refresh", refresh) // without a script; it leaves out what was typed
	}
	shown := admin.RehearsalState{Running: state.Running, Progress: state.Progress, Report: state.Report, Fault: state.Fault}
	page := admin.NewRehearsalPage(p.frame(c, "Rehearsal"), markets, shown, f, session.Actor(c).May(staff.ManageMarkets), p.Production)
	return respond.Page(c, status, admin.Sections(page))
}

type rehearse struct {
	Market  string `form:"market"`
	SKU     string `form:"sku"`
	Buyers  string `form:"buyers"`
	Units   string `form:"units"`
	AtOnce  string `form:"at_once"`
	Confirm string `form:"confirm"`
}

// plan is what was typed; what is no number becomes 0, which no plan takes.
func (r rehearse) plan() rehearsal.Plan {
	number := func(typed string) int {
		n, err := strconv.Atoi(typed)
		if err != nil {
			return 0
		}
		return n
	}
	return rehearsal.Plan{Market: r.Market, SKU: r.SKU, Buyers: number(r.Buyers), Units: number(r.Units), AtOnce: number(r.AtOnce)}
}

// Rehearse begins a rehearsal. In production the code of the market has to be typed as well: the simulated shoppers take
// the machine's power from the real ones.
func (p Pages) Rehearse(c echo.Context) error {
	var f rehearse
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := session.Actor(c).Require(staff.ManageMarkets)
	if err == nil && p.Production && f.Confirm != f.Market {
		err = fault.Fields{"confirm": "rehearsal.confirm"}.Err()
	}
	if err == nil {
		_, err = p.Shop.Markets.Market(c.Request().Context(), f.Market)
	}
	if err == nil {
		err = p.Rehearsals.Start(f.plan())
	}
	if wrong, status, again := refused(err); again {
		faults := wrong.Fields
		if len(faults) == 0 {
			faults = map[string]string{"market": wrong.Key}
		}
		return p.showRehearsal(c, status, admin.RehearsalForm{Market: f.Market, SKU: f.SKU, Buyers: f.Buyers, Units: f.Units, AtOnce: f.AtOnce, Faults: faults})
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/rehearsal", "The rehearsal has begun.")
}
