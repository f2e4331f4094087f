package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/inventory"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

const locationsPath = "/admin/stock/locations"

var stockLink = components.Link{Text: "Stock", URL: "/admin/stock"}

// Locations lists where goods are kept.
func (p Pages) Locations(c echo.Context) error {
	return p.showLocations(c, http.StatusOK, inventory.LocationForm{}, nil)
}

func (p Pages) showLocations(c echo.Context, status int, typed inventory.LocationForm, faults map[string]string) error {
	all, err := p.Shop.Warehouse.Locations(c.Request().Context())
	if err != nil {
		return err
	}
	frame := p.frame(c, "Locations", stockLink, components.Link{Text: "Locations", Current: true})
	page := admin.NewLocationsPage(frame, all, typed, faults, session.Actor(c).May(staff.ManageStock))
	return respond.Page(c, status, admin.Sections(page))
}

type location struct {
	Code string `form:"code"`
	Name string `form:"name"`
}

// AddLocation makes a location and leads to it.
func (p Pages) AddLocation(c echo.Context) error {
	var f location
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := inventory.LocationForm{Code: f.Code, Name: f.Name}
	err := p.Shop.Warehouse.AddLocation(c.Request().Context(), session.Actor(c), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showLocations(c, status, entered, faults) },
		locationsPath+"/"+f.Code, "The location is added. Count its goods, and let it serve a market in that market's settings.")
}

// Location shows a location, to be renamed and to count goods there that it has not kept before, those of the address's sku.
func (p Pages) Location(c echo.Context) error {
	return p.showLocation(c, http.StatusOK, admin.LocationForm{Tally: inventory.Tally{SKU: c.QueryParam("sku")}})
}

func (p Pages) showLocation(c echo.Context, status int, f admin.LocationForm) error {
	ctx := c.Request().Context()
	l, err := p.Shop.Warehouse.Location(ctx, c.Param("location"))
	if err != nil {
		return err
	}
	variants, err := p.Shop.Warehouse.Variants(ctx)
	if err != nil {
		return err
	}
	if f.Name == "" {
		f.Name = l.Name
	}
	frame := p.frame(c, l.Name, stockLink, components.Link{Text: "Locations", URL: locationsPath}, components.Link{Text: l.Name, Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewLocationPage(frame, l, variants, f, session.Actor(c).May(staff.ManageStock))))
}

// RenameLocation gives a location another name.
func (p Pages) RenameLocation(c echo.Context) error {
	var f location
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Warehouse.RenameLocation(c.Request().Context(), session.Actor(c), c.Param("location"), f.Name)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showLocation(c, status, admin.LocationForm{Name: f.Name, Faults: faults})
	}, locationsPath+"/"+c.Param("location"), "The name is saved.")
}

type firstTally struct {
	SKU      string `form:"sku"`
	Quantity string `form:"quantity"`
	Reason   string `form:"reason"`
}

// CountAt sets what a location has of a variant on hand.
func (p Pages) CountAt(c echo.Context) error {
	var f firstTally
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := inventory.Tally{Location: c.Param("location"), SKU: f.SKU, Quantity: f.Quantity, Reason: f.Reason}
	err := p.Shop.Warehouse.Count(c.Request().Context(), session.Actor(c), entered)
	if wrong, status, again := refused(err); again {
		faults := wrong.Fields
		if len(faults) == 0 {
			faults = map[string]string{"quantity": wrong.Key}
		}
		return p.showLocation(c, status, admin.LocationForm{Tally: entered, Faults: faults})
	}
	if err != nil {
		return err
	}
	return p.done(c, locationsPath+"/"+c.Param("location"), "The count is saved.")
}
