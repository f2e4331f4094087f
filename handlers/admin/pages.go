// Package admin answers staff: one file per noun.
package admin

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/handlers/stage"
	"softlaunch/models"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Pages has a method for each route of the back-office. Production guards what developers may see of real people.
type Pages struct {
	Shop       *models.Shop
	Sessions   *session.Staff
	Production bool
	Streams    *Streams
	Rehearsals *stage.Rehearsals
	URL        string // the shop's public address without a slash at its end, for links in mails
}

// SignedIn is middleware that lets members of staff through and leads everybody else to the sign-in page, and from there
// back to the page that was asked for.
func (p Pages) SignedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, signedIn := session.Member(c); signedIn {
			return next(c)
		}
		target := "/admin/session"
		if c.Request().Method == http.MethodGet && c.Request().URL.Path != "/admin" {
			target += "?next=" + url.QueryEscape(c.Request().URL.RequestURI())
		}
		return respond.To(c, target)
	}
}

// frame surrounds a page for whoever is signed in.
func (p Pages) frame(c echo.Context, title string, crumbs ...components.Link) admin.Frame {
	member, _ := session.Member(c)
	return admin.NewFrame(member, c.Request().URL.Path, title, p.Sessions.Notice(c), crumbs...)
}

// done answers a form that did its work: a notice on the page that follows.
func (p Pages) done(c echo.Context, target, notice string) error {
	p.Sessions.Notify(c, notice)
	return respond.To(c, target)
}

// finish answers a form: with the page again when its fields are wrong, with a notice on target when it did its work.
func (p Pages) finish(c echo.Context, err error, again func(status int, faults map[string]string) error, target, notice string) error {
	if wrong, status, can := refused(err); can && len(wrong.Fields) > 0 {
		return again(status, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return p.done(c, target, notice)
}

// ofMarket surrounds a page of a market; title names it in the crumbs.
func (p Pages) ofMarket(c echo.Context, m market.Market, title string, between ...components.Link) admin.Frame {
	crumbs := admin.MarketCrumbs(m, append(between, components.Link{Text: title, Current: true})...)
	return p.frame(c, title, crumbs...).OfMarket(m, c.Request().URL.Path)
}

// rules are a market's settings, for its pages.
func (p Pages) rules(c echo.Context) (launch.Rules, error) {
	return p.Shop.Setup.Rules(c.Request().Context(), c.Param("code"))
}

// refused is the fault of a form that can be shown again with what is wrong: its fields, or that something has changed.
// Anything else is not for the form to tell.
func refused(err error) (f *fault.Error, status int, ok bool) {
	if !errors.As(err, &f) {
		return nil, 0, false
	}
	switch f.Kind {
	case fault.Invalid:
		return f, http.StatusUnprocessableEntity, true
	case fault.Conflict, fault.NotOpen:
		return f, http.StatusConflict, true
	}
	return nil, 0, false
}

// number is a table's id in an address.
func number(c echo.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.New(fault.NotFound, "fault.page")
	}
	return id, nil
}

// older is the id to page on from, 0 for the first page.
func older(c echo.Context) int64 {
	id, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil {
		return 0
	}
	return max(0, id)
}
