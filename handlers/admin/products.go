package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Products lists products that match the address's text.
func (p Pages) Products(c echo.Context) error {
	text := c.QueryParam("q")
	products, err := p.Shop.Catalog.Find(c.Request().Context(), text)
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Products(admin.NewProductsPage(p.frame(c, "Products"), text, products)))
}

// Product shows a product in all markets.
func (p Pages) Product(c echo.Context) error {
	product, markets, err := p.Shop.Gate.Across(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	kinds, err := p.Shop.Gate.Kinds(c.Request().Context(), "en")
	if err != nil {
		return err
	}
	classes, err := p.Shop.Setup.TaxClasses(c.Request().Context())
	if err != nil {
		return err
	}
	frame := p.frame(c, product.Text.Name, components.Link{Text: "Products", URL: "/admin/products"}, components.Link{Text: product.Text.Name, Current: true})
	return respond.Page(c, http.StatusOK, admin.Product(admin.NewProductPage(frame, product, markets, kinds, classes, session.Actor(c).May(staff.ManageProducts))))
}
