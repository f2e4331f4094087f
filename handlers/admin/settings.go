package admin

import (
	"net/http"
	"slices"
	"strings"

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

type settings struct {
	Code          string   `form:"code"`
	Country       string   `form:"country"`
	Currency      string   `form:"currency"`
	Zone          string   `form:"zone"`
	TaxIncluded   string   `form:"tax_included"`
	ProductSafety string   `form:"product_safety"`
	PostalPreset  string   `form:"postal_preset"`
	PostalPattern string   `form:"postal_pattern"`
	PostalExample string   `form:"postal_example"`
	RegionKind    string   `form:"region_kind"`
	HoldMinutes   string   `form:"hold_minutes"`
	TransferDays  string   `form:"transfer_days"`
	ReturnDays    string   `form:"return_days"`
	BankHolder    string   `form:"bank_holder"`
	BankAccount   string   `form:"bank_account"`
	Languages     []string `form:"language"`
	OrderButtons  []string `form:"order_button"`
	Payments      []string `form:"payment"`
	InTest        []string `form:"in_test"`
	Like          string   `form:"like"`
}

// form is the market that was typed. A way to write postcodes that was picked brings its own pattern, and its example when
// none was typed.
func (s settings) form() market.Form {
	f := market.Form{Code: s.Code, Country: s.Country, Currency: s.Currency, Zone: s.Zone, TaxIncluded: s.TaxIncluded == "yes", ProductSafety: s.ProductSafety == "yes",
		PostalPattern: s.PostalPattern, PostalExample: s.PostalExample, RegionKind: s.RegionKind,
		HoldMinutes: s.HoldMinutes, TransferDays: s.TransferDays, ReturnDays: s.ReturnDays, BankHolder: s.BankHolder, BankAccount: s.BankAccount}
	for _, preset := range market.PostalPresets {
		if preset.Key != s.PostalPreset {
			continue
		}
		f.PostalPattern = preset.Pattern
		if strings.TrimSpace(f.PostalExample) == "" {
			f.PostalExample = preset.Example
		}
	}
	for i, language := range s.Languages {
		if language == "" {
			continue
		}
		l := market.LanguageForm{Language: language}
		if i < len(s.OrderButtons) {
			l.OrderButton = s.OrderButtons[i]
		}
		f.Languages = append(f.Languages, l)
	}
	for _, provider := range s.Payments {
		f.Payments = append(f.Payments, market.PaymentForm{Provider: provider, InTest: slices.Contains(s.InTest, provider)})
	}
	return f
}

// NewMarket shows the form that makes a market.
func (p Pages) NewMarket(c echo.Context) error {
	return p.showNewMarket(c, http.StatusOK, admin.SettingsForm{Form: market.Form{RegionKind: "none", HoldMinutes: "15", TransferDays: "7", ReturnDays: "14"}})
}

func (p Pages) showNewMarket(c echo.Context, status int, f admin.SettingsForm) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	frame := p.frame(c, "New market", components.Link{Text: "Markets", URL: "/admin/markets"}, components.Link{Text: "New", Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewMarketForm(frame, markets, p.Shop.Gateways.Providers(), f)))
}

// CreateMarket makes a market, which is a draft.
func (p Pages) CreateMarket(c echo.Context) error {
	var f settings
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := f.form()
	err := p.Shop.Setup.CreateMarket(c.Request().Context(), session.Actor(c), entered, f.Like)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showNewMarket(c, status, admin.SettingsForm{Form: entered, Preset: f.PostalPreset, Like: f.Like, Faults: faults})
	}, "/admin/markets/"+strings.TrimSpace(f.Code)+"/checklist", "The market is made. Its checklist says what it still needs.")
}

// Settings shows a market's settings.
func (p Pages) Settings(c echo.Context) error {
	return p.showSettings(c, http.StatusOK, func(*admin.SettingsPage) {})
}

// showSettings shows the settings as they are; typed puts what was entered over them.
func (p Pages) showSettings(c echo.Context, status int, typed func(*admin.SettingsPage)) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	f := admin.SettingsPage{Market: admin.SettingsForm{Form: r.Market.FormOf()}, Locations: r.Locations, Regions: admin.RegionLines(r.Regions), Holidays: admin.HolidayLines(r.Market.Holidays)}
	typed(&f)
	page := admin.NewSettingsPage(p.ofMarket(c, r.Market, "Settings"), r, p.Shop.Gateways.Providers(), f, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Sections(page))
}

// ChangeSettings changes a market's settings.
func (p Pages) ChangeSettings(c echo.Context) error {
	var f settings
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := f.form()
	err := p.Shop.Setup.ChangeMarket(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showSettings(c, status, func(shown *admin.SettingsPage) {
			shown.Market = admin.SettingsForm{Form: entered, Preset: f.PostalPreset, Faults: faults}
		})
	}, marketPath(c)+"/settings", "The settings are saved.")
}

type locations struct {
	Locations []string `form:"location"`
}

// SetLocations says which locations serve a market.
func (p Pages) SetLocations(c echo.Context) error {
	var f locations
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Setup.SetLocations(c.Request().Context(), session.Actor(c), c.Param("code"), f.Locations)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showSettings(c, status, func(shown *admin.SettingsPage) { shown.Locations, shown.Faults = f.Locations, faults })
	}, marketPath(c)+"/settings", "The locations are saved.")
}

type regions struct {
	Regions string `form:"regions"`
}

// SetRegions replaces the states or provinces of a market.
func (p Pages) SetRegions(c echo.Context) error {
	var f regions
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Setup.SetRegions(c.Request().Context(), session.Actor(c), c.Param("code"), regionsOf(f.Regions))
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showSettings(c, status, func(shown *admin.SettingsPage) { shown.Regions, shown.Faults = f.Regions, faults })
	}, marketPath(c)+"/settings", "The list is saved.")
}

// regionsOf reads a list with one region in a line: its code, a semicolon, its name. Empty lines don't count.
func regionsOf(typed string) []market.Region {
	var found []market.Region
	for line := range strings.Lines(typed) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		code, name, _ := strings.Cut(line, ";")
		found = append(found, market.Region{Code: strings.TrimSpace(code), Name: strings.TrimSpace(name)})
	}
	return found
}

// Requirements shows which approvals each category needs in a market.
func (p Pages) Requirements(c echo.Context) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	page := admin.NewRequirementsPage(p.ofMarket(c, r.Market, "Approvals needed"), r, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, http.StatusOK, admin.Sections(page))
}

type requirement struct {
	Kinds []string `form:"kind"`
}

// RequireApprovals says which approvals a category needs in a market.
func (p Pages) RequireApprovals(c echo.Context) error {
	var f requirement
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	if err := p.Shop.Setup.RequireApprovals(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("category"), f.Kinds); err != nil {
		return err
	}
	return p.done(c, marketPath(c)+"/requirements", "The approvals needed are saved.")
}

// Checklist shows what a market lacks for its launch.
func (p Pages) Checklist(c echo.Context) error {
	ctx, code := c.Request().Context(), c.Param("code")
	m, err := p.Shop.Markets.Market(ctx, code)
	if err != nil {
		return err
	}
	lines, err := p.Shop.Gate.Checklist(ctx, code)
	if err != nil {
		return err
	}
	by := session.Actor(c)
	page := admin.NewChecklistPage(p.ofMarket(c, m, "Checklist"), m, lines, launch.Red(lines), by.May(staff.ManageMarkets), by.May(staff.OverrideChecklist))
	return respond.Page(c, http.StatusOK, admin.Checklist(page))
}
