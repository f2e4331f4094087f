package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Interest shows how many wait for a market and its goods, and its draws.
func (p Pages) Interest(c echo.Context) error {
	return p.showInterest(c, http.StatusOK, admin.InterestForm{})
}

func (p Pages) showInterest(c echo.Context, status int, f admin.InterestForm) error {
	ctx, code := c.Request().Context(), c.Param("code")
	goods, err := p.Shop.Catalog.Range(ctx, code)
	if err != nil {
		return err
	}
	lists, err := p.Shop.Interests.Signups(ctx, code)
	if err != nil {
		return err
	}
	draws, err := p.Shop.Draws.List(ctx, code)
	if err != nil {
		return err
	}
	may := session.Actor(c).May(staff.ManageProducts)
	page := admin.NewInterestPage(p.ofMarket(c, goods.Market, "Interest"), goods, lists, draws, f, p.Shop.Clock(), may)
	return respond.Page(c, status, admin.Sections(page))
}

func interestPath(c echo.Context) string { return marketPath(c) + "/interest" }

// Entries shows a list of interest with its proof.
func (p Pages) Entries(c echo.Context) error {
	ctx, code, product := c.Request().Context(), c.Param("code"), c.QueryParam("product")
	entries, next, err := p.Shop.Interests.Entries(ctx, session.Actor(c), code, product, older(c))
	if err != nil {
		return err
	}
	goods, err := p.Shop.Catalog.Range(ctx, code)
	if err != nil {
		return err
	}
	frame := p.ofMarket(c, goods.Market, "Entries", components.Link{Text: "Interest", URL: interestPath(c)})
	return respond.Page(c, http.StatusOK, admin.Sections(admin.NewEntriesPage(frame, goods, product, entries, next)))
}

type interestList struct {
	Product string `form:"product"`
}

// ExportInterest sends the confirmed entries of a list.
func (p Pages) ExportInterest(c echo.Context) error {
	var f interestList
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entries, err := p.Shop.Interests.Export(c.Request().Context(), session.Actor(c), c.Param("code"), f.Product)
	if err != nil {
		return err
	}
	rows := [][]string{{"email", "language", "product", "asked_at", "confirmed_at", "text_version"}}
	for _, e := range entries {
		rows = append(rows, []string{e.Email, e.Language, e.Product, e.CreatedAt.String(), e.ConfirmedAt.String(), e.TextVersion})
	}
	return sendCSV(c, "interest-"+c.Param("code")+".csv", rows)
}

// RemoveEntry deletes one entry of a list.
func (p Pages) RemoveEntry(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "entry")
	if err != nil {
		return err
	}
	if err := p.Shop.Interests.Remove(c.Request().Context(), session.Actor(c), c.Param("code"), id); err != nil {
		return err
	}
	return p.done(c, interestPath(c), "The entry is deleted.")
}

type erasure struct {
	Email string `form:"email"`
}

// ForgetInterest deletes every entry of an address.
func (p Pages) ForgetInterest(c echo.Context) error {
	var f erasure
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entries, err := p.Shop.Interests.Forget(c.Request().Context(), session.Actor(c), f.Email)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showInterest(c, status, admin.InterestForm{Email: f.Email, ForgetFaults: faults})
	}, interestPath(c), "Entries deleted: "+strconv.Itoa(entries)+".")
}
