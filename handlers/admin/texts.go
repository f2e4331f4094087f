package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Texts shows in which languages a product is described.
func (p Pages) Texts(c echo.Context) error { return p.showTexts(c, http.StatusOK, nil, nil) }

func (p Pages) showTexts(c echo.Context, status int, typed *catalog.SafetyForm, faults map[string]string) error {
	slug := c.Param("slug")
	in, err := p.Shop.Catalog.InLanguages(c.Request().Context(), slug)
	if err != nil {
		return err
	}
	if typed == nil {
		known := admin.SafetyFormOf(in["en"])
		typed = &known
	}
	frame := p.ofProduct(c, in["en"], components.Link{Text: "Texts", Current: true})
	frame.Title = "Texts of " + in["en"].Text.Name
	page := admin.NewTextsPage(frame, slug, in, *typed, faults, session.Actor(c).May(staff.ManageProducts))
	return respond.Page(c, status, admin.Sections(page))
}

// ofProduct surrounds a page below a product's.
func (p Pages) ofProduct(c echo.Context, product catalog.Product, below ...components.Link) admin.Frame {
	crumbs := []components.Link{{Text: "Products", URL: "/admin/products"}, {Text: product.Text.Name, URL: "/admin/products/" + product.Slug}}
	return p.frame(c, product.Text.Name, append(crumbs, below...)...)
}

type safety struct {
	ModelNumber         string `form:"model_number"`
	Manufacturer        string `form:"manufacturer"`
	ManufacturerAddress string `form:"manufacturer_address"`
	ManufacturerContact string `form:"manufacturer_contact"`
	ResponsiblePerson   string `form:"responsible_person"`
}

// SetSafety writes who answers for a product's safety.
func (p Pages) SetSafety(c echo.Context) error {
	var f safety
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.SafetyForm(f)
	err := p.Shop.Catalog.SetSafety(c.Request().Context(), session.Actor(c), c.Param("slug"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showTexts(c, status, &entered, faults) },
		"/admin/products/"+c.Param("slug")+"/texts", "The safety information is saved.")
}

// Text shows the form that describes a product in a language.
func (p Pages) Text(c echo.Context) error { return p.showText(c, http.StatusOK, nil, false, nil) }

// showText shows a product's text as it is, or as it was typed.
func (p Pages) showText(c echo.Context, status int, typed *catalog.TextForm, preview bool, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageProducts); err != nil {
		return err
	}
	in, err := p.Shop.Catalog.InLanguages(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	language := c.Param("language")
	product, known := in[language]
	if !known {
		return fault.New(fault.NotFound, "fault.page")
	}
	if typed == nil {
		as := admin.TextFormOf(product)
		typed = &as
	}
	frame := p.ofProduct(c, in["en"], components.Link{Text: "Texts", URL: "/admin/products/" + product.Slug + "/texts"}, components.Link{Text: language, Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewTextPage(frame, product, language, *typed, preview, faults)))
}

type text struct {
	Name     string   `form:"name"`
	Line     string   `form:"line"`
	Story    string   `form:"story"`
	Warnings string   `form:"warnings"`
	Disposal string   `form:"disposal"`
	DataNote string   `form:"data_note"`
	Category string   `form:"category"`
	Colours  []string `form:"colour"`
	Named    []string `form:"colour_text"`
	Pictures []string `form:"picture"`
	Shown    []string `form:"picture_text"`
	Step     string   `form:"step"`
}

// Describe writes a product's text in a language, or shows what its story will look like.
func (p Pages) Describe(c echo.Context) error {
	var f text
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := catalog.TextForm{Name: f.Name, Line: f.Line, Story: f.Story, Warnings: f.Warnings, Disposal: f.Disposal, DataNote: f.DataNote, Category: f.Category,
		Colours: paired(f.Colours, f.Named), Alts: paired(f.Pictures, f.Shown)}
	if f.Step == "preview" {
		return p.showText(c, http.StatusOK, &entered, true, nil)
	}
	err := p.Shop.Catalog.Describe(c.Request().Context(), session.Actor(c), c.Param("slug"), c.Param("language"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showText(c, status, &entered, false, faults)
	},
		"/admin/products/"+c.Param("slug")+"/texts", "The text is saved.")
}
