package shop

import (
	"crypto/rand"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/models/payment/stripe"
	view "softlaunch/views/shop"
)

const sandbox = "sandbox"

// InSandbox is middleware that hides the play page where the shop takes real money.
func (p Pages) InSandbox(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, there := p.shop(c).Gateways.Find(sandbox); !there {
			return echo.ErrNotFound
		}
		return next(c)
	}
}

// Sandbox asks how the play payment of an order shall end. An order that needs none leads to its own page.
func (p Pages) Sandbox(c echo.Context) error { return p.sandboxPage(c, http.StatusOK, nil) }

func (p Pages) sandboxPage(c echo.Context, status int, refused *fault.Error) error {
	o, err := p.played(c)
	if err != nil {
		return err
	}
	s, f, err := p.private(c, "/")
	if err != nil {
		return err
	}
	if o.State != order.AwaitingPayment && o.State != order.Expired {
		return respond.To(c, f.To("/orders/"+o.Token))
	}
	return respond.Page(c, status, view.Sandbox(view.NewSandboxPage(f, s.Store.Market, o, s.Now, refused)))
}

// played is the order of the address, if it is to be paid in play.
func (p Pages) played(c echo.Context) (order.Order, error) {
	store, _ := storeOf(c)
	o, err := p.shop(c).Orders.Outline(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err == nil && o.Payment != sandbox {
		err = fault.New(fault.NotFound, "fault.order")
	}
	return o, err
}

// outcomes are the endings that the page offers.
var outcomes = map[string]payment.Outcome{"paid": payment.Captured, "declined": payment.Declined, "cancelled": payment.Cancelled}

type playing struct {
	Outcome string `form:"outcome"`
}

// PlayPayment ends a play payment.
func (p Pages) PlayPayment(c echo.Context) error {
	var f playing
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	outcome, known := outcomes[f.Outcome]
	if !known {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	o, err := p.played(c)
	if err != nil {
		return err
	}
	_, err = p.shop(c).Orders.Settle(c.Request().Context(),
		order.Settlement{Token: o.Token, Provider: sandbox, ProviderID: rand.Text(), Outcome: outcome})
	if refused := refusal(err); refused != nil {
		return p.sandboxPage(c, http.StatusConflict, refused)
	}
	if err != nil {
		return err
	}
	return respond.To(c, "/"+o.Store+"/orders/"+o.Token)
}

// PayOnline leads to the page of Stripe's on which an order is paid. An order that can't be paid any more, or not now, shows its
// own page, which says so.
func (p Pages) PayOnline(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	store, _ := storeOf(c)
	o, err := p.shop(c).Orders.Outline(c.Request().Context(), store.Market.ID, c.Param("token"))
	if err == nil && o.Payment != stripe.Provider {
		err = fault.New(fault.NotFound, "fault.order")
	}
	if err != nil {
		return err
	}
	return p.startPayment(c, o)
}
