package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/launch"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Home is a store's front page.
func (p Pages) Home(c echo.Context) error {
	store, _ := storeOf(c)
	s, err := p.around(c, "/")
	if err != nil {
		return err
	}
	who, err := p.buyer(c)
	if err != nil {
		return err
	}
	shelf, err := p.shop(c).Gate.Shelf(c.Request().Context(), store, launch.Query{Who: who})
	if err != nil {
		return err
	}
	p.share(c, s, "/", store.Market.ID)
	page := view.NewHomePage(layouts.NewFrame(s), store.Market, shelf.Items, s.Markets, s.Now)
	return respond.Page(c, http.StatusOK, view.Home(page))
}
