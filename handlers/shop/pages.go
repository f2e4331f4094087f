// Package shop answers shoppers: one file per noun.
package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models"
	"softlaunch/models/market"
)

// Pages has a method for each route of the storefront. URL is the shop's public address without a slash at its end.
type Pages struct {
	Shop *models.Shop
	Cart session.Cart
	URL  string
}

const (
	storeKey = "store"
	shopKey  = "shop"
)

// shop is the shop as this request sees it. A page is read at one instant from header to footer, so that none shows a
// market open and its goods not yet; a form acts on the shop as it is.
func (p Pages) shop(c echo.Context) *models.Shop {
	if c.Request().Method != http.MethodGet {
		return p.Shop
	}
	standing, found := c.Get(shopKey).(*models.Shop)
	if !found {
		standing = p.Shop.AsOf(p.Shop.Clock())
		c.Set(shopKey, standing)
	}
	return standing
}

// InStore is middleware that finds the store of an address; an unknown one, and that of a draft market, is not found.
func (p Pages) InStore(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		store, err := p.shop(c).Markets.Store(c.Request().Context(), c.Param("store"))
		if err != nil {
			return err
		}
		c.Set(storeKey, store)
		return next(c)
	}
}

// storeOf is the store that InStore found; found is false outside a store.
func storeOf(c echo.Context) (store market.Store, found bool) {
	store, found = c.Get(storeKey).(market.Store)
	return store, found
}

// Slash leads /us to /us/.
func (p Pages) Slash(c echo.Context) error {
	store, _ := storeOf(c)
	return c.Redirect(http.StatusMovedPermanently, respond.Local("/"+store.Path()+"/", "/"))
}
