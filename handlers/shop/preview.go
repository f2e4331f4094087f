package shop

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/views/layouts"
)

// ForReal is middleware that refuses what a preview can't do: nothing is ordered or written there.
func (p Pages) ForReal(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, previewing := session.PreviewOf(c); previewing {
			return fault.New(fault.Forbidden, "fault.preview")
		}
		return next(c)
	}
}

type previewItem struct {
	Store    string `form:"store"`
	SKU      string `form:"sku"`
	Quantity string `form:"quantity"`
}

// SetPreviewItem changes how many of a SKU are in the preview's own cart, which its cookie holds; 0 takes it out.
func (p Pages) SetPreviewItem(c echo.Context) error {
	var f previewItem
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	quantity, err := form.Quantity(f.Quantity, 0)
	if err != nil {
		return err
	}
	preview, previewing := session.PreviewOf(c)
	if !previewing {
		return fault.New(fault.Forbidden, "fault.right")
	}
	store, err := p.find(c, f.Store)
	if err != nil {
		return err
	}
	if err := p.Sessions.StartPreview(c, preview.With(f.SKU, quantity)); err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+"/cart")
}

// EndPreview leads from a preview back to the back-office.
func (p Pages) EndPreview(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	p.Sessions.EndPreview(c)
	return respond.To(c, "/admin/launches")
}

// bar says on every page of a preview what is looked at; nil outside of one.
func bar(c echo.Context) *layouts.Preview {
	preview, previewing := session.PreviewOf(c)
	if !previewing {
		return nil
	}
	return &layouts.Preview{At: preview.At, WithCode: preview.WithCode, By: preview.By}
}
