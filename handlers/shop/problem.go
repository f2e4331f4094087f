package shop

import (
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/views/i18n"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Problem says why a request did not get what it asked for, in the store's look where the address has a store.
func (p Pages) Problem(c echo.Context, problem respond.Problem) error {
	found, err := p.lookup(c)
	if err != nil {
		return err
	}
	f := layouts.Frame{Locale: i18n.For("en", ""), Preview: bar(c)}
	if found {
		if _, f, err = p.private(c, "/"); err != nil {
			return err
		}
	}
	store, _ := storeOf(c)
	text := ""
	if problem.Key != "" && f.Has(problem.Key) {
		text = view.Explain(f, store.Market, problem.Key, problem.Args)
	}
	page := view.NewErrorPage(f, problem.Status, text, problem.Reference)
	if problem.Key == "fault.order" {
		page.OfferLookup()
	}
	return respond.Page(c, problem.Status, view.Error(page))
}

// lookup finds the store of an address whose route was not reached; found is false for an address without one.
func (p Pages) lookup(c echo.Context) (found bool, err error) {
	if _, found := storeOf(c); found {
		return true, nil
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(c.Request().URL.Path, "/"), "/")
	if path == "" {
		return false, nil
	}
	store, err := p.find(c, path)
	switch {
	case fault.Is(err, fault.NotFound):
		return false, nil
	case err != nil:
		return false, err
	}
	c.Set(storeKey, store)
	return true, nil
}
