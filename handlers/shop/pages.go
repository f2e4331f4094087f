// Package shop answers shoppers: one file per noun.
package shop

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/layouts"
)

// Pages has a method for each route of the storefront. URL is the shop's public address without a slash at its end.
type Pages struct {
	Shop     *models.Shop
	Cart     session.Cart
	Sessions *session.Staff
	URL      string
}

const (
	storeKey = "store"
	shopKey  = "shop"
)

// shop is the shop as this request sees it. A page is read at one instant from header to footer, so that none shows a
// market open and its goods not yet; a form acts on the shop as it is. In a preview everything is as of its instant, and
// nothing can be written.
func (p Pages) shop(c echo.Context) *models.Shop {
	preview, previewing := session.PreviewOf(c)
	if !previewing && c.Request().Method != http.MethodGet {
		return p.Shop
	}
	standing, found := c.Get(shopKey).(*models.Shop)
	if !found {
		at := preview.At
		if !previewing {
			at = p.Shop.Clock()
		}
		standing = p.Shop.AsOf(at)
		c.Set(shopKey, standing)
	}
	return standing
}

// buyer is what is known of the visitor: his cart with its access code, or the one that a preview is looked at with.
func (p Pages) buyer(c echo.Context) (launch.Keys, error) {
	if preview, previewing := session.PreviewOf(c); previewing {
		return launch.Keys{Holder: preview.WithCode}, nil
	}
	store, _ := storeOf(c)
	return p.shop(c).Carts.Keys(c.Request().Context(), p.Cart.Token(c), store)
}

// InStore is middleware that finds the store of an address; an unknown one, and that of a draft market, is not found.
func (p Pages) InStore(next echo.HandlerFunc) echo.HandlerFunc { return p.in(p.find, next) }

// InOwingStore is InStore for the pages of people to whom a market owes them: their orders, withdrawals, places on lists. When
// staff make a draft of a market that people know, these stay.
func (p Pages) InOwingStore(next echo.HandlerFunc) echo.HandlerFunc { return p.in(p.findOwing, next) }

// in is middleware that finds the store of an address in some way.
func (p Pages) in(find func(c echo.Context, path string) (market.Store, error), next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		store, err := find(c, c.Param("store"))
		if err != nil {
			return err
		}
		c.Set(storeKey, store)
		if c.Request().Method != http.MethodGet {
			return p.ForReal(next)(c)
		}
		return next(c)
	}
}

// find is the store of a path. A preview shows drafts too.
func (p Pages) find(c echo.Context, path string) (market.Store, error) {
	if _, previewing := session.PreviewOf(c); previewing {
		return p.shop(c).Markets.AnyStore(c.Request().Context(), path)
	}
	return p.shop(c).Markets.Store(c.Request().Context(), path)
}

func (p Pages) findOwing(c echo.Context, path string) (market.Store, error) {
	store, err := p.find(c, path)
	if !fault.Is(err, fault.NotFound) {
		return store, err
	}
	ctx, unknown := c.Request().Context(), err
	if store, err = p.shop(c).Markets.AnyStore(ctx, path); err != nil {
		return store, err
	}
	owes, err := p.shop(c).Orders.Owes(ctx, store.Market.ID)
	if err == nil && !owes {
		err = unknown
	}
	return store, err
}

// markets are those that the visitor may know of.
func (p Pages) markets(c echo.Context) ([]market.Market, error) {
	if _, previewing := session.PreviewOf(c); previewing {
		return p.shop(c).Markets.All(c.Request().Context())
	}
	return p.shop(c).Markets.Visible(c.Request().Context())
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

// share lets a page that shows nothing of its visitor be kept, by the browser and by the shop: as what a path within its
// store answers, for as long as the offers of a market stay.
func (p Pages) share(c echo.Context, s layouts.Surroundings, path string, market int64) {
	if _, previewing := session.PreviewOf(c); previewing || p.Cart.Token(c) != "" {
		return
	}
	respond.Revalidate(c)
	if s.Store.Language != "" {
		path = "/" + s.Store.Path() + path
	}
	pagecache.Allow(c, pagecache.Terms{Address: path, Market: market, At: s.Now, Room: s.Store.Market.Code, Waiting: s.Waiting})
}
