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
	"softlaunch/views/components"
)

// TaxClasses shows the classes of goods.
func (p Pages) TaxClasses(c echo.Context) error {
	return p.showTaxClasses(c, http.StatusOK, market.TaxClass{}, nil)
}

func (p Pages) showTaxClasses(c echo.Context, status int, typed market.TaxClass, faults map[string]string) error {
	classes, err := p.Shop.Setup.TaxClasses(c.Request().Context())
	if err != nil {
		return err
	}
	frame := p.frame(c, "Classes of goods", components.Link{Text: "Products", URL: "/admin/products"}, components.Link{Text: "Tax classes", Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewTaxClassesPage(frame, classes, typed, faults, session.Actor(c).May(staff.ManageMarkets))))
}

type taxClass struct {
	Code string `form:"code"`
	Name string `form:"name"`
}

// SetTaxClass adds a class of goods or gives one another name.
func (p Pages) SetTaxClass(c echo.Context) error {
	var f taxClass
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := market.TaxClass{Code: f.Code, Name: f.Name}
	err := p.Shop.Setup.SetTaxClass(c.Request().Context(), session.Actor(c), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showTaxClasses(c, status, entered, faults) },
		"/admin/tax-classes", "The class is saved.")
}

type classified struct {
	Class string `form:"tax_class"`
}

// Classify gives a product a class for tax.
func (p Pages) Classify(c echo.Context) error {
	var f classified
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	if err := p.Shop.Setup.Classify(c.Request().Context(), session.Actor(c), c.Param("slug"), f.Class); err != nil {
		return err
	}
	return p.done(c, "/admin/products/"+c.Param("slug"), "The class is saved.")
}
