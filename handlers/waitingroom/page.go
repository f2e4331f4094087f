package waitingroom

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/shop"
	"softlaunch/models/market"
	"softlaunch/models/waiting"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Page is the waiting room. It gives a ticket to whoever has none and leads on whoever is inside.
func (d Door) Page(c echo.Context) error {
	store, _ := shop.StoreOf(c)
	next := within(c.QueryParam("next"), store.Path())
	if c.QueryParam("again") != "" && d.Tickets.Ticket(c, store.Market.Code) == "" {
		return d.show(c, view.NewPlace(d.words(c, store), view.NoCookies, next, waiting.Answer{}))
	}
	answer, err := d.ask(c, store, d.Shop.Rooms.Of(store.Market.Code))
	if err != nil {
		return err
	}
	place := view.NewPlace(d.words(c, store), view.Answered, next, answer)
	if answer.Where == waiting.Inside {
		return respond.To(c, place.Next)
	}
	return d.show(c, place)
}

func (d Door) show(c echo.Context, place view.Place) error {
	f, err := d.Pages.Around(c, "/waiting-room")
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, view.WaitingRoom(view.NewWaitingRoomPage(f, place)))
}

// Place is the part of the page that changes, for its script. It reads nothing but memory: thousands ask at once. A
// ticket is given by the page only: a browser without cookies would take another each time.
func (d Door) Place(c echo.Context) error {
	store, room, err := d.Shop.Rooms.Store(c.Param("store"))
	if err != nil {
		return err
	}
	next := within(c.QueryParam("next"), store.Path())
	asked, answer := view.Lost, waiting.Answer{}
	if d.Tickets.Ticket(c, store.Market.Code) != "" {
		if answer, err = d.ask(c, store, room); err != nil {
			return err
		}
		asked = view.Answered
	}
	return respond.Page(c, http.StatusOK, view.WaitingPlace(view.NewPlace(d.words(c, store), asked, next, answer)))
}

// ask asks the room and has the browser keep what it answers.
func (d Door) ask(c echo.Context, store market.Store, room *waiting.Room) (waiting.Answer, error) {
	code := store.Market.Code
	answer, err := room.Ask(c.Request().Context(), store, d.Tickets.Visitor(c, code, d.Pages.Cart))
	if err != nil {
		return answer, err
	}
	if answer.Ticket != "" {
		d.Tickets.KeepTicket(c, code, answer.Ticket)
	}
	if answer.Pass != "" {
		d.Tickets.KeepPass(c, code, answer.Pass)
	}
	if answer.Cart != "" {
		d.Pages.Cart.Keep(c, answer.Cart)
	}
	return answer, nil
}

// words is what the place is written with: a frame without what only header and footer need.
func (d Door) words(c echo.Context, store market.Store) layouts.Frame {
	now := d.Shop.Clock()
	shop.TellTime(c, now)
	return layouts.NewFrame(layouts.Surroundings{Store: store, Now: now})
}
