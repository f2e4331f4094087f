package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Stock lists what each location has.
func (p Pages) Stock(c echo.Context) error {
	text, low := c.QueryParam("q"), c.QueryParam("low") == "1"
	rows, err := p.Shop.Warehouse.Rows(c.Request().Context(), text)
	if err != nil {
		return err
	}
	if low {
		rows = slices.DeleteFunc(rows, func(r inventory.Row) bool { return !r.Low() })
	}
	page := admin.NewStockPage(p.frame(c, "Stock"), text, low, rows, session.Actor(c).May(staff.ManageStock))
	return respond.Page(c, http.StatusOK, admin.Stock(page))
}

// Count shows the form that counts a variant at a location.
func (p Pages) Count(c echo.Context) error {
	return p.showCount(c, http.StatusOK, inventory.Tally{}, nil)
}

func (p Pages) showCount(c echo.Context, status int, typed inventory.Tally, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageStock); err != nil {
		return err
	}
	rows, err := p.Shop.Warehouse.Rows(c.Request().Context(), c.Param("sku"))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(rows, func(r inventory.Row) bool { return r.SKU == c.Param("sku") && r.Location == c.Param("location") })
	if at < 0 {
		return fault.New(fault.NotFound, "stock.unknown")
	}
	frame := p.frame(c, "Count "+rows[at].SKU, components.Link{Text: "Stock", URL: "/admin/stock"}, components.Link{Text: "Count", Current: true})
	return respond.Page(c, status, admin.Forms(admin.NewCountPage(frame, rows[at], typed, faults)))
}

type tally struct {
	Quantity string `form:"quantity"`
	Reason   string `form:"reason"`
}

// AddCount sets what is on hand to what was counted.
func (p Pages) AddCount(c echo.Context) error {
	var f tally
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := inventory.Tally{Location: c.Param("location"), SKU: c.Param("sku"), Quantity: f.Quantity, Reason: f.Reason}
	err := p.Shop.Warehouse.Count(c.Request().Context(), session.Actor(c), entered)
	if wrong, status, again := refused(err); again {
		faults := wrong.Fields
		if len(faults) == 0 {
			faults = map[string]string{"quantity": wrong.Key}
		}
		return p.showCount(c, status, entered, faults)
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/stock", "The count is saved.")
}
