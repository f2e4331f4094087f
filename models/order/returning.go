package order

import (
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// ReturnRequest is what a buyer asks to send back, why (one of ReturnReasons) and in his own words. Seen is Order.Steps when he
// saw the form, 0 to leave that out.
type ReturnRequest struct {
	Units           []Units
	Reason, Comment string
	Seen            int
}

// AskReturn takes a buyer's request to send goods back. The fault's fields are units, reason and comment.
func (o *Orders) AskReturn(ctx context.Context, marketID int64, token string, request ReturnRequest) error {
	wrong := fault.Fields{}
	request.Comment = strings.TrimSpace(request.Comment)
	if !slices.Contains(ReturnReasons, request.Reason) {
		wrong.Add("reason", "form.return_reason")
	}
	if len(returnLines(request.Units)) == 0 {
		wrong.Add("units", "form.return_units")
	}
	if len(request.Comment) > 1000 {
		wrong.Add("comment", "form.too_much")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return o.own(ctx, marketID, token, func(tx db.Tx, order *Order) error {
		m, err := order.whole(tx)
		if err != nil || order.asked(request) {
			return err
		}
		r := Return{State: ReturnRequested, Reason: request.Reason, Comment: request.Comment, Lines: returnLines(request.Units)}
		if err := order.openReturn(tx, m, &r); err != nil {
			return err
		}
		return note(tx, *order, staff.Buyer.Name, "return_requested")
	})
}

// asked reports whether the same form was sent before: something was done to the order since, and the same return waits.
func (o Order) asked(q ReturnRequest) bool {
	same := func(a, b ReturnLine) bool { return a.OrderLineID == b.OrderLineID && a.Quantity == b.Quantity }
	return o.changed(q.Seen) && slices.ContainsFunc(o.Returns, func(r Return) bool {
		return r.State == ReturnRequested && r.Reason == q.Reason && slices.EqualFunc(r.Lines, returnLines(q.Units), same)
	})
}

// returnLines are the units of which there are any.
func returnLines(units []Units) []ReturnLine {
	var lines []ReturnLine
	for _, u := range units {
		if u.Quantity != 0 {
			lines = append(lines, ReturnLine{OrderLineID: u.LineID, Quantity: u.Quantity})
		}
	}
	return lines
}

// whole reads all of an order that was found, and its market.
func (o *Order) whole(tx db.Tx) (market.Market, error) {
	if err := o.complete(tx); err != nil {
		return market.Market{}, err
	}
	return market.ByID(tx, o.MarketID)
}

// returnAll opens the return that a withdrawal leads to, of everything that has left and is on no other one. In time it needs
// nobody's consent; staff look at one that came late. Nothing is opened for an order of which nothing is with its buyer.
func (o *Order) returnAll(tx db.Tx, withdrawalID int64) error {
	m, err := o.whole(tx)
	if err != nil || !o.Returnable() {
		return err
	}
	r := Return{WithdrawalID: &withdrawalID, State: ReturnRequested, Reason: Withdrawn}
	for _, l := range o.Lines {
		if l.ToReturn() > 0 {
			r.Lines = append(r.Lines, ReturnLine{OrderLineID: l.ID, Quantity: l.ToReturn()})
		}
	}
	if err := o.openReturn(tx, m, &r); err != nil || r.Late {
		return err
	}
	if err := moveReturn(tx, &r, ReturnApproved); err != nil {
		return err
	}
	if err := note(tx, *o, staff.Shop.Name, "return_approved"); err != nil {
		return err
	}
	return job.Queue(tx, MailReturn, r.ID)
}

// AnswerReturn approves or refuses a return, with words for the buyer, who is mailed. A withdrawal that came in time stands.
// The fault's field is answer.
func (o *Orders) AnswerReturn(ctx context.Context, by staff.Actor, number string, returnID int64, approve bool, answer string) error {
	answer = strings.TrimSpace(answer)
	if len(answer) > 1000 || (answer == "" && !approve) {
		return fault.Fields{"answer": "form.return_answer"}.Err()
	}
	to, verb := ReturnRefused, "refuse return"
	if approve {
		to, verb = ReturnApproved, "approve return"
	}
	return o.work(ctx, by, number, verb, answer, func(tx db.Tx, order *Order) error {
		r, err := order.find(tx, returnID)
		if err != nil {
			return err
		}
		if !approve && r.WithdrawalID != nil && !r.Late {
			return fault.New(fault.Conflict, "fault.withdrawal_stands")
		}
		r.Answer = answer
		if err := moveReturn(tx, &r, to); err != nil {
			return err
		}
		if err := note(tx, *order, by.Name, "return_"+string(to)); err != nil {
			return err
		}
		return job.Queue(tx, MailReturn, r.ID)
	})
}

// find reads the order whole and answers one of its returns.
func (o *Order) find(tx db.Tx, returnID int64) (Return, error) {
	if err := o.complete(tx); err != nil {
		return Return{}, err
	}
	r, found := o.Return(returnID)
	if !found {
		return r, fault.New(fault.NotFound, "fault.return")
	}
	return r, nil
}

// Arrival is what came back of a line: how many units, in which of Conditions, and whether they go back into stock.
type Arrival struct {
	Units
	Condition string
	Restock   bool
}

// ReceiveReturn notes what came back of an approved return. The fault's fields are units and condition.
func (o *Orders) ReceiveReturn(ctx context.Context, by staff.Actor, number string, returnID int64, arrivals []Arrival) error {
	return o.work(ctx, by, number, "receive return", "", func(tx db.Tx, order *Order) error {
		r, err := order.find(tx, returnID)
		if err != nil {
			return err
		}
		if err := moveReturn(tx, &r, ReturnReceived); err != nil {
			return err
		}
		if err := r.arrive(arrivals); err != nil {
			return err
		}
		for _, l := range r.Lines {
			if err := order.takeBack(tx, l); err != nil {
				return err
			}
		}
		if err := note(tx, *order, by.Name, "return_received"); err != nil {
			return err
		}
		return advance(tx, order, by.Name)
	})
}

// arrive puts what came back into the return's lines.
func (r *Return) arrive(arrivals []Arrival) error {
	units, seen := 0, map[int64]bool{}
	for _, a := range arrivals {
		at := slices.IndexFunc(r.Lines, func(l ReturnLine) bool { return l.OrderLineID == a.LineID })
		if at < 0 || seen[a.LineID] || a.Quantity < 0 || a.Quantity > r.Lines[at].Quantity {
			return fault.Fields{"units": "form.units"}.Err()
		}
		if a.Quantity > 0 && !slices.Contains(Conditions, a.Condition) {
			return fault.Fields{"condition": "form.condition"}.Err()
		}
		units, seen[a.LineID] = units+a.Quantity, true
		l := &r.Lines[at]
		if l.Received, l.Restocked = a.Quantity, 0; a.Restock {
			l.Restocked = a.Quantity
		}
		if l.Condition = ""; a.Quantity > 0 {
			l.Condition = a.Condition
		}
	}
	if units == 0 {
		return fault.Fields{"units": "form.none_came"}.Err()
	}
	return nil
}

// takeBack writes down what came back of a line, and puts of it into stock what goes there.
func (o Order) takeBack(tx db.Tx, l ReturnLine) error {
	if _, err := tx.Exec("UPDATE return_lines SET received = ?, restocked = ?, condition = ? WHERE return_id = ? AND order_line_id = ?",
		l.Received, l.Restocked, l.Condition, l.ReturnID, l.OrderLineID); err != nil || l.Restocked == 0 {
		return err
	}
	sold, _ := o.line(l.OrderLineID)
	return inventory.Restock(tx, o.ID, sold.VariantID, l.Restocked)
}

// OpenReturn is a return that waits for staff, with the order it is of.
type OpenReturn struct {
	Return
	Number, Name string // of the order, of its buyer
	MarketID     int64
}

// OpenReturns are the returns that wait for an answer or for their goods, oldest first.
func (o *Orders) OpenReturns(ctx context.Context) ([]OpenReturn, error) {
	var found []OpenReturn
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = db.List(tx, func(r *OpenReturn) []any {
			return []any{&r.ID, &r.State, &r.Reason, &r.Deadline, &r.Late, &r.AskedAt, &r.Number, &r.Name, &r.MarketID}
		}, `SELECT r.id, r.state, r.reason, r.deadline, r.late, r.asked_at, o.number, o.name, o.market_id FROM returns r
			JOIN orders o ON o.id = r.order_id WHERE r.state IN ('requested', 'approved') ORDER BY r.asked_at, r.id LIMIT 200`)
		return err
	})
	return found, err
}

// RefundOf is the claim that a received return leads to: what came back and was not credited, and the delivery when all of a
// withdrawn order came back (Directive 2011/83/EU, art. 13(1)).
func (o Order) RefundOf(r Return) Claim {
	claim := Claim{ReturnID: r.ID, Delivery: r.Reason == Withdrawn && o.reached() == Returned && o.Rest().Delivery.Net > 0}
	for _, l := range r.Lines {
		sold, _ := o.line(l.OrderLineID)
		if n := min(l.Received, sold.ToRefund()); n > 0 {
			claim.Shipped = append(claim.Shipped, Units{l.OrderLineID, n})
		}
	}
	return claim
}
