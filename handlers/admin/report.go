package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/report"
	"softlaunch/views/admin"
)

// Report shows a market's launch in figures.
func (p Pages) Report(c echo.Context) error {
	l, err := p.Shop.Reports.Launch(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Sections(admin.NewReportPage(p.ofMarket(c, l.Market, "Report"), l)))
}

// ReportFile sends all figures of the report.
func (p Pages) ReportFile(c echo.Context) error {
	l, err := p.Shop.Reports.Launch(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return sendCSV(c, "report-"+l.Market.Code+".csv", slices.Concat([][]string{report.Header}, l.Rows()))
}
