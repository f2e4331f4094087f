package shop

import (
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/document"
	"softlaunch/models/fault"
)

// Invoice sends an order's invoice to whoever knows the order's secret.
func (p Pages) Invoice(c echo.Context) error {
	store, _ := storeOf(c)
	ctx := c.Request().Context()
	o, err := p.shop(c).Orders.Outline(ctx, store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	file, err := p.shop(c).Documents.InvoiceFile(ctx, o.ID)
	if err != nil {
		return err
	}
	return respond.PDF(c, file.Number, file.PDF)
}

// CreditNote sends one of an order's credit notes, by its number.
func (p Pages) CreditNote(c echo.Context) error {
	store, _ := storeOf(c)
	ctx := c.Request().Context()
	o, err := p.shop(c).Orders.Outline(ctx, store.Market.ID, c.Param("token"))
	if err != nil {
		return err
	}
	number, _ := strings.CutSuffix(c.Param("file"), ".pdf")
	file, err := p.shop(c).Documents.File(ctx, o.ID, number)
	if err != nil {
		return err
	}
	if file.Kind != document.CreditNote {
		return fault.New(fault.NotFound, "fault.document")
	}
	return respond.PDF(c, file.Number, file.PDF)
}
