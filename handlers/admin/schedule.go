package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

type schedule struct {
	AnnouncedAt   string `form:"announced_at"`
	AnnouncedFold string `form:"announced_at_fold"`
	TestAt        string `form:"test_at"`
	TestFold      string `form:"test_at_fold"`
	LaunchAt      string `form:"launch_at"`
	LaunchFold    string `form:"launch_at_fold"`
	Confirm       string `form:"confirm"`
	Reason        string `form:"reason"`
	Step          string `form:"step"`
}

func (s schedule) times() launch.Times {
	return launch.Times{
		Announced: market.Moment{Local: s.AnnouncedAt, Fold: market.Fold(s.AnnouncedFold)},
		Test:      market.Moment{Local: s.TestAt, Fold: market.Fold(s.TestFold)},
		Launch:    market.Moment{Local: s.LaunchAt, Fold: market.Fold(s.LaunchFold)},
	}
}

// Schedule shows the form that changes when a market opens.
func (p Pages) Schedule(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	m, err := p.Shop.Markets.Market(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return p.showSchedule(c, http.StatusOK, launch.Plan{Market: m, Schedule: m.Schedule(), At: p.Shop.Clock()}, admin.ScheduleForm{Times: launch.TimesOf(m)})
}

func (p Pages) showSchedule(c echo.Context, status int, plan launch.Plan, f admin.ScheduleForm) error {
	frame := p.ofMarket(c, plan.Market, "Schedule")
	return respond.Page(c, status, admin.Schedule(admin.NewSchedulePage(frame, plan, f, session.Actor(c).May(staff.OverrideChecklist))))
}

// Reschedule changes when a market opens, or shows what the times would mean.
func (p Pages) Reschedule(c echo.Context) error {
	var f schedule
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	ctx, by, code := c.Request().Context(), session.Actor(c), c.Param("code")
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	plan, err := p.Shop.Gate.Plan(ctx, code, f.times())
	typed := admin.ScheduleForm{Times: f.times(), Confirm: f.Confirm, Reason: f.Reason, Preview: err == nil}
	if err == nil && f.Step == "preview" {
		return p.showSchedule(c, http.StatusOK, plan, typed)
	}
	if err == nil {
		err = p.reschedule(c, f)
	}
	if wrong, status, again := refused(err); again {
		if typed.Faults = wrong.Fields; len(wrong.Fields) == 0 {
			typed.Error = admin.Explain(wrong)
		}
		return p.showSchedule(c, status, plan, typed)
	}
	if err != nil {
		return err
	}
	return p.done(c, marketPath(c), "The schedule is changed.")
}

// reschedule overrides a red checklist only for an owner who says why.
func (p Pages) reschedule(c echo.Context, f schedule) error {
	ctx, by, code := c.Request().Context(), session.Actor(c), c.Param("code")
	if f.Reason != "" && by.May(staff.OverrideChecklist) {
		return p.Shop.Gate.Override(ctx, by, code, f.times(), f.Confirm, f.Reason)
	}
	return p.Shop.Gate.Reschedule(ctx, by, code, f.times(), f.Confirm, f.Reason)
}
