package shop

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Interest asks for an address to tell when something opens, or says that a mail was sent.
func (p Pages) Interest(c echo.Context) error {
	f, awaited, err := p.awaited(c, c.QueryParam("product"))
	if err != nil {
		return err
	}
	page := view.NewInterestPage(f, awaited, "", nil)
	if c.QueryParam("asked") != "" {
		page = view.NewAskedPage(f, awaited)
	}
	return respond.Page(c, http.StatusOK, view.Interest(page))
}

// awaited surrounds a page about a list of interest and says what it waits for. A product that can't be seen has no name.
func (p Pages) awaited(c echo.Context, slug string) (layouts.Frame, view.Awaited, error) {
	s, f, err := p.private(c, "/interest")
	if err != nil {
		return f, view.Awaited{}, err
	}
	awaited := view.Awaited{Market: s.Store.Market}
	if slug == "" {
		return f, awaited, nil
	}
	item, err := p.shop(c).Gate.Item(c.Request().Context(), s.Store, slug)
	if fault.Is(err, fault.NotFound) {
		return f, awaited, nil
	}
	awaited.Slug, awaited.Name = item.Product.Slug, item.Product.Text.Name
	return f, awaited, err
}

type wish struct {
	Product string `form:"product"`
	Email   string `form:"email"`
}

// AskInterest puts an address on a list. The answer, and the time it takes, tells nobody whether it was there already.
func (p Pages) AskInterest(c echo.Context) error {
	var w wish
	if err := form.Decode(c, &w); err != nil {
		return err
	}
	ctx := c.Request().Context()
	wait := evenly(ctx)
	store, _ := storeOf(c)
	err := p.shop(c).Interests.Ask(ctx, store, launch.Wish{Product: w.Product, Email: w.Email, TextVersion: view.InterestVersion}, c.RealIP())
	var refused *fault.Error
	if errors.As(err, &refused) && refused.Kind == fault.Invalid {
		f, awaited, err := p.awaited(c, w.Product)
		if err != nil {
			return err
		}
		return respond.Page(c, http.StatusUnprocessableEntity, view.Interest(view.NewInterestPage(f, awaited, w.Email, refused.Fields)))
	}
	if err != nil {
		return err
	}
	wait()
	return respond.To(c, view.AskedPath(store.Path(), w.Product))
}

// Confirmation asks whoever follows a mail's link to confirm. Only the button does: mail programs follow links too.
func (p Pages) Confirmation(c echo.Context) error {
	return p.interestPage(c, func(f layouts.Frame, a view.Awaited, i launch.Interest) view.InterestPage {
		if i.ConfirmedAt.IsZero() {
			return view.NewConfirmPage(f, a, c.Param("token"))
		}
		return view.NewConfirmedPage(f, a, c.Param("token"))
	})
}

// Confirm notes that the holder of an address agrees.
func (p Pages) Confirm(c echo.Context) error {
	return p.actOnInterest(c, p.shop(c).Interests.Confirm, "/interest/"+c.Param("token")+"/confirmation")
}

// Removal asks whoever follows a mail's link whether to be taken off the list.
func (p Pages) Removal(c echo.Context) error {
	return p.interestPage(c, func(f layouts.Frame, a view.Awaited, _ launch.Interest) view.InterestPage {
		return view.NewLeavePage(f, a, c.Param("token"))
	})
}

// Leave takes an address off its list.
func (p Pages) Leave(c echo.Context) error {
	return p.actOnInterest(c, p.shop(c).Interests.Leave, "/interest/left")
}

// Left says that an address is off its list.
func (p Pages) Left(c echo.Context) error {
	_, f, err := p.private(c, "/interest")
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, view.Interest(view.NewLeftPage(f)))
}

// interestPage shows a page about the entry that the address's secret belongs to.
func (p Pages) interestPage(c echo.Context, page func(layouts.Frame, view.Awaited, launch.Interest) view.InterestPage) error {
	store, _ := storeOf(c)
	entry, err := p.shop(c).Interests.Find(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	f, awaited, err := p.awaited(c, entry.Product)
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, view.Interest(page(f, awaited, entry)))
}

// interestVerb is what a mail's link may do to its entry.
type interestVerb func(ctx context.Context, marketID int64, token string) (launch.Interest, error)

// actOnInterest does something to the entry that the address's secret belongs to and leads to a page of the store.
func (p Pages) actOnInterest(c echo.Context, act interestVerb, next string) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	store, _ := storeOf(c)
	if _, err := act(c.Request().Context(), store.Market.ID, c.Param("token")); err != nil {
		return err
	}
	return respond.To(c, "/"+store.Path()+next)
}
