package shop

import (
	"github.com/labstack/echo/v4"

	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/views/layouts"
)

// StoreOf is the store that InStore found; found is false outside a store.
func StoreOf(c echo.Context) (store market.Store, found bool) { return storeOf(c) }

// Around surrounds a page of one visitor at a path within its store, for packages beside this one.
func (p Pages) Around(c echo.Context, path string) (layouts.Frame, error) {
	_, f, err := p.private(c, path)
	return f, err
}

// TellTime tells the page's script the shop's time, which may differ from the browser's.
func TellTime(c echo.Context, now clock.Instant) { tellTime(c, int64(now)) }

const addedKey = "added"

// Added is the SKU that a request has put into the cart, empty when it has not.
func Added(c echo.Context) string {
	sku, _ := c.Get(addedKey).(string)
	return sku
}
