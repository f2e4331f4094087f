package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

type partner struct {
	Name      string   `form:"name"`
	URL       string   `form:"url"`
	Languages []string `form:"language"`
	Notes     []string `form:"note"`
}

func (f partner) form() launch.PartnerForm {
	return launch.PartnerForm{Name: f.Name, URL: f.URL, Notes: paired(f.Languages, f.Notes)}
}

// AddPartner names somebody else who sells a product in a market.
func (p Pages) AddPartner(c echo.Context) error {
	var f partner
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Setup.AddPartner(c.Request().Context(), session.Actor(c), c.Param("code"), c.Param("slug"), f.form())
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showListing(c, status, func(shown *admin.ListingForm) {
			shown.Partner = admin.PartnerForm{PartnerForm: f.form(), Faults: faults}
		})
	}, listingPath(c), "The partner is added.")
}

// Partner shows the form that changes a partner.
func (p Pages) Partner(c echo.Context) error { return p.showPartner(c, http.StatusOK, nil, nil) }

func (p Pages) showPartner(c echo.Context, status int, typed *launch.PartnerForm, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	m, one, err := p.partner(c)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = &launch.PartnerForm{Name: one.Name, URL: one.URL, Notes: one.Notes}
	}
	frame := p.frame(c, one.Name, components.Link{Text: "Products", URL: "/admin/products"}, components.Link{Text: c.Param("slug"), URL: "/admin/products/" + c.Param("slug")},
		components.Link{Text: m.Code, URL: listingPath(c)}, components.Link{Text: one.Name, Current: true})
	return respond.Page(c, status, admin.Forms(admin.NewPartnerPage(frame, m, c.Param("slug"), one, admin.PartnerForm{PartnerForm: *typed, Faults: faults})))
}

// partner is the partner of the address, which must be of the address's product and market.
func (p Pages) partner(c echo.Context) (m market.Market, one launch.Partner, err error) {
	id, err := number(c, "partner")
	if err != nil {
		return m, one, err
	}
	if m, err = p.Shop.Markets.Market(c.Request().Context(), c.Param("code")); err != nil {
		return m, one, err
	}
	all, err := p.Shop.Setup.AllPartners(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return m, one, err
	}
	at := slices.IndexFunc(all, func(one launch.Partner) bool { return one.ID == id && one.MarketID == m.ID })
	if at < 0 {
		return m, one, fault.New(fault.NotFound, "partner.gone")
	}
	return m, all[at], nil
}

// ChangePartner changes a partner.
func (p Pages) ChangePartner(c echo.Context) error {
	var f partner
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	_, one, err := p.partner(c)
	if err != nil {
		return err
	}
	entered := f.form()
	err = p.Shop.Setup.ChangePartner(c.Request().Context(), session.Actor(c), c.Param("code"), one.ID, entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showPartner(c, status, &entered, faults) },
		listingPath(c), "The partner is changed.")
}

// RemovePartner takes a partner away.
func (p Pages) RemovePartner(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	_, one, err := p.partner(c)
	if err != nil {
		return err
	}
	if err := p.Shop.Setup.RemovePartner(c.Request().Context(), session.Actor(c), c.Param("code"), one.ID); err != nil {
		return err
	}
	return p.done(c, listingPath(c), "The partner is removed.")
}
