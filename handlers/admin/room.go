package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/models/waiting"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Room shows a market's waiting room.
func (p Pages) Room(c echo.Context) error { return p.showRoom(c, http.StatusOK, admin.RoomForm{}) }

func (p Pages) showRoom(c echo.Context, status int, f admin.RoomForm) error {
	m, err := p.Shop.Markets.Market(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	crumbs := admin.MarketCrumbs(m, components.Link{Text: "Waiting room", Current: true})
	frame := p.frame(c, "", crumbs...).OfMarket(m, c.Request().URL.Path)
	page := admin.NewRoomPage(frame, p.Shop.Rooms.Status(m.Code), f, session.Actor(c).May(staff.ManageMarkets))
	return respond.Page(c, status, admin.Sections(page))
}

type room struct {
	OpensAt string `form:"opens_at"`
	Fold    string `form:"opens_at_fold"`
	Most    string `form:"most_inside"`
}

func (r room) form() waiting.Form {
	return waiting.Form{OpensAt: market.Moment{Local: r.OpensAt, Fold: market.Fold(r.Fold)}, Most: r.Most}
}

// ArmRoom has a room give out tickets and open at an instant.
func (p Pages) ArmRoom(c echo.Context) error {
	var f room
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	return p.roomChanged(c, f, p.Shop.Rooms.Arm(c.Request().Context(), session.Actor(c), c.Param("code"), f.form()), "The waiting room is armed.")
}

// OpenRoom opens a room now.
func (p Pages) OpenRoom(c echo.Context) error {
	var f room
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	return p.roomChanged(c, f, p.Shop.Rooms.Open(c.Request().Context(), session.Actor(c), c.Param("code"), f.form()), "The waiting room is open.")
}

// DrainRoom has a room close when nobody waits.
func (p Pages) DrainRoom(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	return p.roomChanged(c, room{}, p.Shop.Rooms.Drain(c.Request().Context(), session.Actor(c), c.Param("code")), "The waiting room closes when nobody waits.")
}

// CloseRoom takes a room away.
func (p Pages) CloseRoom(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	return p.roomChanged(c, room{}, p.Shop.Rooms.Close(c.Request().Context(), session.Actor(c), c.Param("code")), "The waiting room is closed.")
}

// roomChanged answers a form of the room: with the page again when fields are wrong.
func (p Pages) roomChanged(c echo.Context, f room, err error, notice string) error {
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showRoom(c, status, admin.RoomForm{Form: f.form(), Faults: wrong.Fields})
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/markets/"+c.Param("code")+"/waiting-room", notice)
}
