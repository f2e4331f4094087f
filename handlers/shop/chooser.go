package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/respond"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Chooser lets a visitor pick a market.
func (p Pages) Chooser(c echo.Context) error {
	markets, err := p.markets(c)
	if err != nil {
		return err
	}
	p.share(c, layouts.Surroundings{Now: p.shop(c).Clock()}, "/", pagecache.Nowhere)
	tellTime(c, int64(p.shop(c).Clock()))
	return respond.Page(c, http.StatusOK, view.Chooser(view.NewChooserPage(markets, p.shop(c).Clock(), p.URL, bar(c))))
}
