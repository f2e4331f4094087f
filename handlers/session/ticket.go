package session

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/models/waiting"
)

// ticketAge is how long a browser keeps a ticket: rooms are armed some days before a launch.
const ticketAge = 14 * 24 * time.Hour

// Tickets are the cookies of waiting rooms: a ticket and a pass for each market, both signed by the models.
type Tickets struct{ secure bool }

// NewTickets are the cookies; secure says that the shop is reached over https only.
func NewTickets(secure bool) Tickets { return Tickets{secure} }

func (t Tickets) ticket(code string) cookie { return named("ticket-"+code, t.secure, ticketAge) }

func (t Tickets) pass(code string) cookie { return named("pass-"+code, t.secure, ticketAge) }

// Ticket is what the request's browser keeps as ticket for a market, empty for none. Only the room knows what it is worth.
func (t Tickets) Ticket(c echo.Context, code string) string { return t.ticket(code).read(c) }

// Visitor is the request's browser before a market's room.
func (t Tickets) Visitor(c echo.Context, code string, cart Cart) waiting.Visitor {
	return waiting.Visitor{Ticket: t.ticket(code).read(c), Pass: t.pass(code).read(c), Cart: cart.Token(c)}
}

// KeepTicket has the browser keep a ticket.
func (t Tickets) KeepTicket(c echo.Context, code, ticket string) { t.ticket(code).write(c, ticket) }

// KeepPass has the browser keep a pass.
func (t Tickets) KeepPass(c echo.Context, code, pass string) { t.pass(code).write(c, pass) }

// Current is the cart that the browser has after this answer: the one it was just given, or the one it came with.
func (k Cart) Current(c echo.Context) string {
	given := http.Response{Header: c.Response().Header()}
	for _, cookie := range given.Cookies() {
		if cookie.Name == k.cookie.name {
			return cookie.Value
		}
	}
	return k.Token(c)
}
