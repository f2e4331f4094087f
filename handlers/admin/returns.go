package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/order"
	"softlaunch/views/admin"
)

// Returns lists the returns that wait for an answer or for their goods.
func (p Pages) Returns(c echo.Context) error {
	if err := p.mayRead(c); err != nil {
		return err
	}
	ctx := c.Request().Context()
	open, err := p.Shop.Orders.OpenReturns(ctx)
	if err != nil {
		return err
	}
	markets, err := p.Shop.Markets.All(ctx)
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Sections(admin.NewReturnsPage(p.frame(c, "Returns"), open, markets)))
}

type answer struct {
	Verdict string `form:"verdict"`
	Answer  string `form:"answer"`
}

// AnswerReturn approves or refuses a return.
func (p Pages) AnswerReturn(c echo.Context) error {
	var f answer
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "return")
	if err != nil {
		return err
	}
	err = p.Shop.Orders.AnswerReturn(c.Request().Context(), session.Actor(c), c.Param("number"), id, f.Verdict == "approve", f.Answer)
	return p.orderDone(c, err, "The return is answered; the buyer is mailed.", admin.OrderForm{Part: "return-" + c.Param("return"), Answer: f.Answer})
}

type receipt struct {
	Lines     []string `form:"units_line"`
	Units     []string `form:"units"`
	Condition string   `form:"condition"`
	Restock   string   `form:"restock"`
}

// ReceiveReturn notes what came back.
func (p Pages) ReceiveReturn(c echo.Context) error {
	var f receipt
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "return")
	if err != nil {
		return err
	}
	units, err := form.UnitsOf(f.Lines, f.Units)
	arrivals := make([]order.Arrival, len(units))
	for i, u := range units {
		arrivals[i] = order.Arrival{Units: u, Condition: f.Condition, Restock: f.Restock == "yes"}
	}
	if err == nil {
		err = p.Shop.Orders.ReceiveReturn(c.Request().Context(), session.Actor(c), c.Param("number"), id, arrivals)
	}
	return p.orderDone(c, err, "The return has arrived.", admin.OrderForm{Part: "return-" + c.Param("return"), Condition: f.Condition})
}
