package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
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

const (
	wantedKey  = "wanted"
	refusedKey = "refused"
)

// Wanted is the SKU that a request is about, empty when it is about a whole cart.
func Wanted(c echo.Context) string {
	if sku, wanted := c.Get(wantedKey).(string); wanted {
		return sku
	}
	return c.Param("sku")
}

// Added is the SKU that a request has put into the cart, empty when it has not.
func Added(c echo.Context) string {
	sku, _ := c.Get(wantedKey).(string)
	if c.Response().Status != http.StatusSeeOther {
		return ""
	}
	return sku
}

// Refused is why a request did not get what it wanted, where the page that answers it says so; nil for none.
func Refused(c echo.Context) error {
	err, _ := c.Get(refusedKey).(error)
	return err
}

// tellRefused has the answer counted as one that met no wish to buy.
func tellRefused(c echo.Context, refused *fault.Error) {
	if refused != nil {
		c.Set(refusedKey, refused)
	}
}
