package admin

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/views/paper"
)

// Document sends one of an order's invoices and credit notes, by its number.
func (p Pages) Document(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := p.Shop.Orders.ByNumber(ctx, c.Param("number"))
	if err != nil {
		return err
	}
	file, err := p.Shop.Documents.File(ctx, o.ID, withoutPDF(c))
	if err != nil {
		return err
	}
	return respond.PDF(c, file.Number, file.PDF)
}

// PackingSlip prints what goes into a parcel of an order: one that has left, by its id, or what is still to be packed (open).
func (p Pages) PackingSlip(c echo.Context) error {
	shipment := int64(0)
	if file := withoutPDF(c); file != "open" {
		id, err := strconv.ParseInt(file, 10, 64)
		if err != nil || id <= 0 {
			return fault.New(fault.NotFound, "fault.document")
		}
		shipment = id
	}
	slip, err := p.Shop.Documents.Slip(c.Request().Context(), c.Param("number"), shipment)
	if err != nil {
		return err
	}
	pdf, err := paper.Print(paper.Slip(slip))
	if err != nil {
		return err
	}
	return respond.PDF(c, "packing-slip-"+slip.Order+"-"+strconv.Itoa(slip.Parcel), pdf)
}

// withoutPDF is the name of the file that is asked for, without its ending.
func withoutPDF(c echo.Context) string {
	name, _ := strings.CutSuffix(c.Param("file"), ".pdf")
	return name
}
