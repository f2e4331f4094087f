// Package waitingroom stands before the checkouts when more people want in than the shop can serve. It decides nothing
// itself: models/waiting knows who may shop, and launch.Decide what can be bought.
package waitingroom

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/handlers/shop"
	"softlaunch/models"
	"softlaunch/models/fault"
	"softlaunch/models/waiting"
)

// Door leads shoppers in, or to the waiting room.
type Door struct {
	Shop    *models.Shop
	Pages   shop.Pages
	Tickets session.Tickets
}

// Shopping is middleware before what shoppers do: cart, checkout and order button. It counts what is asked for and what
// becomes of it, and leads whoever is not inside to the waiting room. The pages of placed orders, payment and everything
// that can only be read stand before the door. Somebody who looks at a preview shops nowhere.
func (d Door) Shopping(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		store, found := shop.StoreOf(c)
		room := d.Shop.Rooms.Of(store.Market.Code)
		if _, previewing := session.PreviewOf(c); previewing || !found || room == nil {
			return next(c)
		}
		visitor := d.Tickets.Visitor(c, store.Market.Code, d.Pages.Cart)
		verdict := room.Knock(visitor, adding(c))
		if in, err := d.mayShop(c, verdict, visitor.Cart); err != nil || !in {
			return orElse(err, func() error { return respond.To(c, d.room(c, store.Path())) })
		}
		c.Response().Before(func() { d.renew(c, room, store.Market.Code, verdict) })
		room.Begin()
		outcome := waiting.Outcome{}
		defer func() { room.End(outcome) }() // also when next panics
		err := next(c)
		d.Shop.Refusals.Count(store.Market, shop.Wanted(c), cmp.Or(err, shop.Refused(c)))
		outcome.Busy = fault.Is(err, fault.Busy)
		if outcome.Ordered = ordered(c, err); outcome.Ordered {
			room.Left(verdict)
		}
		return err
	}
}

// mayShop reports whether a verdict lets a request through. Who was inside before a draw finishes with what he has.
func (d Door) mayShop(c echo.Context, v waiting.Verdict, cart string) (bool, error) {
	if !v.In || !v.Finish {
		return v.In, nil
	}
	skus, err := d.Shop.Carts.SKUs(c.Request().Context(), cart)
	return v.Pass.Covers(skus), err
}

// renew has the browser keep its pass, which follows the cart when that changes.
func (d Door) renew(c echo.Context, room *waiting.Room, code string, v waiting.Verdict) {
	if pass := room.Renew(v, d.Pages.Cart.Current(c), shop.Added(c)); pass != "" {
		d.Tickets.KeepPass(c, code, pass)
	}
}

// adding reports whether a request puts goods into the cart.
func adding(c echo.Context) bool { return c.Path() == "/:store/cart/items" }

// ordered reports whether a request has placed an order.
func ordered(c echo.Context, err error) bool {
	return err == nil && c.Path() == "/:store/orders" && c.Response().Status == http.StatusSeeOther
}

// room is the address of the waiting room, from which a visitor goes on to where he wanted to: the page itself, or the
// one whose form he sent.
func (d Door) room(c echo.Context, store string) string {
	wanted := c.Request().URL.Path
	if c.Request().Method != http.MethodGet {
		wanted = ""
		if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
			wanted = from.EscapedPath()
		}
	}
	target := "/" + store + "/waiting-room"
	if next := within(wanted, store); next != "" {
		target += "?next=" + url.QueryEscape(next)
	}
	return target
}

// within is a path of a store, or empty for any other.
func within(path, store string) string {
	if !strings.HasPrefix(path, "/"+store+"/") || strings.HasPrefix(path, "/"+store+"/waiting-room") {
		return ""
	}
	return respond.Local(path, "")
}

func orElse(err error, otherwise func() error) error {
	if err != nil {
		return err
	}
	return otherwise()
}
