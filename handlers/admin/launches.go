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
	"softlaunch/views/components"
)

// Launches is the launch centre: all markets on one line of time.
func (p Pages) Launches(c echo.Context) error {
	return p.showLaunches(c, http.StatusOK, admin.PreviewForm{})
}

func (p Pages) showLaunches(c echo.Context, status int, f admin.PreviewForm) error {
	lanes, now, err := p.Shop.Gate.Centre(c.Request().Context())
	if err != nil {
		return err
	}
	alarms, err := p.alarms(c)
	if err != nil {
		return err
	}
	page := admin.NewCentrePage(p.frame(c, "Launches"), lanes, now, alarms, f, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Centre(page))
}

// alarms are what stops sales if staff leave it.
func (p Pages) alarms(c echo.Context) ([]admin.AlarmRow, error) {
	ctx := c.Request().Context()
	warnings, err := p.Shop.Gate.Warnings(ctx)
	if err != nil || len(warnings) == 0 {
		return nil, err
	}
	kinds, err := p.Shop.Gate.Kinds(ctx, "en")
	return admin.NewAlarms(warnings, kinds, p.Shop.Clock()), err
}

// Launch shows a market's batches and approvals.
func (p Pages) Launch(c echo.Context) error {
	return p.showLaunch(c, http.StatusOK, admin.LaunchForm{})
}

func (p Pages) showLaunch(c echo.Context, status int, f admin.LaunchForm) error {
	overview, err := p.Shop.Gate.Overview(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	waves, err := p.Shop.Reports.Waves(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	by := session.Actor(c)
	frame := p.frame(c, "", launchCrumbs(overview.Market.Code, "")...)
	page := admin.NewLaunchPage(frame, overview, waves, f, by.May(staff.ManageProducts), by.May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Launch(page))
}

// launchCrumbs lead to a market's launch and, when there is one, a page below it.
func launchCrumbs(code, below string) []components.Link {
	crumbs := []components.Link{{Text: "Launches", URL: "/admin/launches"}, {Text: code, URL: "/admin/launches/" + code, Current: below == ""}}
	if below != "" {
		crumbs = append(crumbs, components.Link{Text: below, Current: true})
	}
	return crumbs
}

type wave struct {
	SKU       string `form:"sku"`
	OpensAt   string `form:"opens_at"`
	OpensFold string `form:"opens_at_fold"`
	Quantity  string `form:"quantity"`
	NeedsCode string `form:"needs_code"`
}

func (w wave) form() launch.WaveForm {
	return launch.WaveForm{OpensAt: market.Moment{Local: w.OpensAt, Fold: market.Fold(w.OpensFold)}, Quantity: w.Quantity, NeedsCode: w.NeedsCode == "yes"}
}

// AddWave adds units to a batch.
func (p Pages) AddWave(c echo.Context) error {
	var f wave
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Gate.AddWave(c.Request().Context(), session.Actor(c), c.Param("code"), f.SKU, f.form())
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showLaunch(c, status, admin.LaunchForm{SKU: f.SKU, Wave: f.form(), WaveFaults: wrong.Fields})
	}
	if err != nil {
		return err
	}
	return p.done(c, launchPath(c), "The wave is added.")
}

type claim struct {
	Product   string `form:"product"`
	Status    string `form:"status"`
	Kind      string `form:"kind"`
	Evidence  string `form:"evidence"`
	ValidFrom string `form:"valid_from"`
	FromFold  string `form:"valid_from_fold"`
	ValidTo   string `form:"valid_to"`
	ToFold    string `form:"valid_to_fold"`
}

// Approve grants an approval.
func (p Pages) Approve(c echo.Context) error {
	var f claim
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	claim := launch.Claim{Kind: f.Kind, Evidence: f.Evidence,
		From: market.Moment{Local: f.ValidFrom, Fold: market.Fold(f.FromFold)}, To: market.Moment{Local: f.ValidTo, Fold: market.Fold(f.ToFold)}}
	claim.Product, claim.Category = admin.Subject(f.Product)
	verb, notice := p.Shop.Gate.Approve, "The approval is granted."
	if f.Status == launch.Pending {
		verb, notice = p.Shop.Setup.Await, "The approval is noted as applied for."
	}
	err := verb(c.Request().Context(), session.Actor(c), c.Param("code"), claim)
	if wrong, status, again := refused(err); again {
		shown := admin.LaunchForm{Claim: claim, Status: f.Status, ClaimFaults: wrong.Fields}
		if len(wrong.Fields) == 0 {
			shown.ClaimError = admin.Explain(wrong)
		}
		return p.showLaunch(c, status, shown)
	}
	if err != nil {
		return err
	}
	return p.done(c, launchPath(c), notice)
}

func launchPath(c echo.Context) string { return "/admin/launches/" + c.Param("code") }
