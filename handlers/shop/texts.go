package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/respond"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Text is one of the store's pages that staff write.
func (p Pages) Text(c echo.Context) error {
	store, _ := storeOf(c)
	page, err := p.shop(c).Markets.Page(c.Request().Context(), store, c.Param("slug"))
	if err != nil {
		return err
	}
	s, err := p.around(c, "/pages/"+page.Slug)
	if err != nil {
		return err
	}
	p.share(c, s, "/pages/"+page.Slug, pagecache.Nowhere)
	return respond.Page(c, http.StatusOK, view.Text(view.NewTextPage(layouts.NewFrame(s), page, s.Pages)))
}
