package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Delivery shows a market's delivery methods.
func (p Pages) Delivery(c echo.Context) error {
	return p.showDelivery(c, http.StatusOK, &market.DeliveryForm{Kind: "home", CutoffHour: "14"}, nil)
}

// DeliveryMethod shows the form that changes a delivery method.
func (p Pages) DeliveryMethod(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	return p.showDelivery(c, http.StatusOK, nil, nil)
}

// showDelivery shows the methods with what was typed, or with the method of the address.
func (p Pages) showDelivery(c echo.Context, status int, typed *market.DeliveryForm, faults map[string]string) error {
	r, err := p.rules(c)
	if err != nil {
		return err
	}
	frame, change := p.ofMarket(c, r.Market, "Delivery"), typed == nil
	if change {
		at := slices.IndexFunc(r.Delivery, func(d market.NamedMethod) bool { return d.Code == c.Param("method") })
		if at < 0 {
			return fault.New(fault.NotFound, "delivery.gone")
		}
		entered := admin.DeliveryFormOf(r.Delivery[at], r.Market)
		typed = &entered
		frame = p.ofMarket(c, r.Market, entered.Code, components.Link{Text: "Delivery", URL: marketPath(c) + "/delivery"})
	}
	page := admin.NewDeliveryPage(frame, r, *typed, change, faults, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Sections(page))
}

type delivery struct {
	Code       string   `form:"code"`
	Kind       string   `form:"kind"`
	Amount     string   `form:"amount"`
	DaysMin    string   `form:"days_min"`
	DaysMax    string   `form:"days_max"`
	CutoffHour string   `form:"cutoff_hour"`
	ByAir      string   `form:"by_air"`
	Exclusions []string `form:"exclusion"`
	Weight     string   `form:"weight_steps"`
	Value      string   `form:"value_steps"`
	Zones      string   `form:"zones"`
	Languages  []string `form:"language"`
	Names      []string `form:"name"`
}

// SetDelivery adds a delivery method or changes the one of its code.
func (p Pages) SetDelivery(c echo.Context) error {
	var f delivery
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := market.DeliveryForm{Code: f.Code, Kind: f.Kind, Amount: f.Amount, DaysMin: f.DaysMin, DaysMax: f.DaysMax, CutoffHour: f.CutoffHour,
		ByAir: f.ByAir == "yes", Exclusions: f.Exclusions, WeightSteps: f.Weight, ValueSteps: f.Value, Zones: f.Zones, Names: paired(f.Languages, f.Names)}
	err := p.Shop.Setup.SetDelivery(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showDelivery(c, status, &entered, faults) },
		marketPath(c)+"/delivery", "The delivery method is saved.")
}

// paired are values by their names, which a form sends in the same order.
func paired(names, values []string) map[string]string {
	pairs := map[string]string{}
	for i, name := range names {
		if i < len(values) {
			pairs[name] = values[i]
		}
	}
	return pairs
}

// RemoveDelivery takes a delivery method out of a market.
func (p Pages) RemoveDelivery(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	if err := p.Shop.Setup.RemoveDelivery(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("method")); err != nil {
		return err
	}
	return p.done(c, marketPath(c)+"/delivery", "The delivery method is removed.")
}
