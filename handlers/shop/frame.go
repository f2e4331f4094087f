package shop

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/session"
	"softlaunch/views/layouts"
)

// around gathers what header and footer of a store's page tell; path is the page's within its store.
func (p Pages) around(c echo.Context, path string) (layouts.Surroundings, error) {
	store, _ := storeOf(c)
	ctx, now := c.Request().Context(), p.shop(c).Clock()
	s := layouts.Surroundings{Store: store, Now: now, URL: p.URL, Path: path, Preview: bar(c), Answer: c.Request().Method != http.MethodGet,
		Waiting: p.Shop.Rooms.Announced(store.Market.Code), Payments: p.shop(c).Gateways.Among(store.Market.PaymentMethods(now))}
	var err error
	read := func(step func() error) {
		if err == nil {
			err = step()
		}
	}
	read(func() (err error) { s.Markets, err = p.markets(c); return })
	read(func() (err error) { s.Categories, err = p.shop(c).Gate.Categories(ctx, store); return })
	read(func() (err error) { s.Pages, err = p.shop(c).Markets.Pages(ctx, store); return })
	read(func() (err error) { s.Delivery, err = p.shop(c).Markets.Delivery(ctx, store); return })
	read(func() (err error) { s.Cart, err = p.count(c); return })
	tellTime(c, int64(now))
	return s, err
}

// count is how many units are in the visitor's cart.
func (p Pages) count(c echo.Context) (units int, err error) {
	if units, told := pagecache.Units(c); told {
		return units, nil
	}
	preview, previewing := session.PreviewOf(c)
	if !previewing {
		return p.shop(c).Carts.Count(c.Request().Context(), p.Cart.Token(c))
	}
	for _, quantity := range preview.Goods {
		units += quantity
	}
	return units, nil
}

// private surrounds a page that belongs to one visitor: search engines are kept out.
func (p Pages) private(c echo.Context, path string) (layouts.Surroundings, layouts.Frame, error) {
	s, err := p.around(c, path)
	if err != nil {
		return s, layouts.Frame{}, err
	}
	s.Private = true
	return s, layouts.NewFrame(s), nil
}

// tellTime tells the page's script the shop's time, in milliseconds, which may differ from the browser's.
func tellTime(c echo.Context, now int64) {
	c.Response().Header().Set("Server-Timing", fmt.Sprintf(`clock;desc="%d"`, now))
}
