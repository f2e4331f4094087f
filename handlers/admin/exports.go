package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/clock"
	"softlaunch/models/document"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Exports shows the form that takes books out.
func (p Pages) Exports(c echo.Context) error {
	return p.showExports(c, http.StatusOK, document.Period{Book: document.BookDocuments}, nil)
}

func (p Pages) showExports(c echo.Context, status int, typed document.Period, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ExportBooks); err != nil {
		return err
	}
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	return respond.Page(c, status, admin.Sections(admin.NewExportsPage(p.frame(c, "Exports"), markets, typed, faults)))
}

type export struct {
	Book   string `form:"book"`
	Market string `form:"market"`
	From   string `form:"from"`
	To     string `form:"to"`
}

// Export sends a book of a period.
func (p Pages) Export(c echo.Context) error {
	var f export
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	period := document.Period{Book: f.Book, Market: f.Market, From: clock.Day(f.From), To: clock.Day(f.To)}
	rows, err := p.Shop.Documents.Export(c.Request().Context(), session.Actor(c), period)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showExports(c, status, period, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return sendCSV(c, period.Book+"-"+f.From+"-"+f.To+".csv", rows)
}
