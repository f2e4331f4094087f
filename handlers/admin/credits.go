package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

type credit struct {
	TakeOffLines []string `form:"take_off_line"`
	TakeOff      []string `form:"take_off"`
	ShippedLines []string `form:"shipped_line"`
	Shipped      []string `form:"shipped"`
	Delivery     string   `form:"delivery"`
	Restock      string   `form:"restock"`
	Amount       string   `form:"amount"`
	Reason       string   `form:"reason"`
	Return       string   `form:"return"`
	Total        string   `form:"total"`
	Seen         string   `form:"seen"`
}

// NewCredit asks what of an order is given back; for a return it is filled with what came back.
func (p Pages) NewCredit(c echo.Context) error {
	o, err := p.orderFor(c)
	if err != nil {
		return err
	}
	typed := admin.CreditForm{Restock: true}
	if id, err := strconv.ParseInt(c.QueryParam("return"), 10, 64); err == nil {
		if r, found := o.Return(id); found && r.State == order.ReturnReceived {
			typed = claimed(o.RefundOf(r))
		}
	}
	return p.creditPage(c, http.StatusOK, o, typed, nil)
}

// orderFor is the order of the address, for staff who may change it.
func (p Pages) orderFor(c echo.Context) (order.Order, error) {
	if err := session.Actor(c).Require(staff.ManageOrders); err != nil {
		return order.Order{}, err
	}
	return p.Shop.Orders.ByNumber(c.Request().Context(), c.Param("number"))
}

// claimed is a claim as it is typed.
func claimed(claim order.Claim) admin.CreditForm {
	f := admin.CreditForm{Shipped: map[int64]string{}, Delivery: claim.Delivery, ReturnID: strconv.FormatInt(claim.ReturnID, 10), Reason: "Returned"}
	for _, u := range claim.Shipped {
		f.Shipped[u.LineID] = strconv.Itoa(u.Quantity)
	}
	return f
}

func (p Pages) creditPage(c echo.Context, status int, o order.Order, f admin.CreditForm, preview *order.Credit) error {
	frame := p.frame(c, "Give back of order "+o.Number, orderCrumbs(o, "Give back")...)
	return respond.Page(c, status, admin.Sections(admin.NewCreditPage(frame, o, f, preview)))
}

// Credit shows what a claim comes to, and gives it back once that sum has been seen.
func (p Pages) Credit(c echo.Context) error {
	var sent credit
	if err := form.Decode(c, &sent); err != nil {
		return err
	}
	o, err := p.orderFor(c)
	if err != nil {
		return err
	}
	claim, typed, err := sent.read(o)
	if err != nil {
		return p.creditAgain(c, o, typed, err)
	}
	ctx := c.Request().Context()
	if total, bad := strconv.ParseInt(sent.Total, 10, 64); bad == nil {
		if err := p.Shop.Orders.Credit(ctx, session.Actor(c), o.Number, claim, total); err != nil {
			return p.creditAgain(c, o, typed, err)
		}
		return p.done(c, orderPath(c), "The credit is written; its money goes back.")
	}
	preview, err := p.Shop.Orders.Preview(ctx, o.Number, claim)
	if err == nil && claim.Reason == "" {
		err = fault.Fields{"reason": "form.required_reason"}.Err()
	}
	if err != nil {
		return p.creditAgain(c, o, typed, err)
	}
	return p.creditPage(c, http.StatusOK, o, typed, &preview)
}

// creditAgain shows the form again with what was wrong.
func (p Pages) creditAgain(c echo.Context, o order.Order, typed admin.CreditForm, err error) error {
	f, status, again := refused(err)
	if !again {
		return err
	}
	if typed.Faults = f.Fields; len(f.Fields) == 0 {
		typed.Error = admin.Explain(f)
	}
	return p.creditPage(c, status, o, typed, nil)
}

// read is what was typed as a claim, and as it is shown again.
func (s credit) read(o order.Order) (order.Claim, admin.CreditForm, error) {
	typed := admin.CreditForm{TakeOff: byLine(s.TakeOffLines, s.TakeOff), Shipped: byLine(s.ShippedLines, s.Shipped), Delivery: s.Delivery == "yes",
		Restock: s.Restock == "yes", Amount: s.Amount, Reason: s.Reason, ReturnID: s.Return}
	claim := order.Claim{Delivery: typed.Delivery, Restock: typed.Restock, Reason: s.Reason}
	var err error
	if claim.TakeOff, err = form.UnitsOf(s.TakeOffLines, s.TakeOff); err != nil {
		return claim, typed, err
	}
	if claim.Shipped, err = form.UnitsOf(s.ShippedLines, s.Shipped); err != nil {
		return claim, typed, err
	}
	if s.Amount != "" {
		amount, err := money.Parse(s.Amount, o.Currency)
		if err != nil || amount.Minor <= 0 {
			return claim, typed, fault.Fields{"amount": "form.credit_amount"}.Err()
		}
		claim.Amount = amount.Minor
	}
	claim.ReturnID, _ = strconv.ParseInt(s.Return, 10, 64)
	claim.Seen, _ = strconv.Atoi(s.Seen)
	return claim, typed, nil
}

// byLine is what was typed for each line.
func byLine(lines, values []string) map[int64]string {
	typed := map[int64]string{}
	for i, line := range lines {
		if id, err := strconv.ParseInt(line, 10, 64); err == nil && i < len(values) {
			typed[id] = values[i]
		}
	}
	return typed
}
