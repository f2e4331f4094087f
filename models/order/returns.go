package order

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// ReturnState is how far a return has come.
type ReturnState string

// The states of a return.
const (
	ReturnRequested ReturnState = "requested"
	ReturnApproved  ReturnState = "approved"
	ReturnRefused   ReturnState = "refused"
	ReturnReceived  ReturnState = "received"
)

// ReturnMoves are the legal changes of a return's state.
var ReturnMoves = map[ReturnState][]ReturnState{
	ReturnRequested: {ReturnApproved, ReturnRefused},
	ReturnApproved:  {ReturnReceived, ReturnRefused},
	ReturnRefused:   {},
	ReturnReceived:  {},
}

// Withdrawn is the reason of a return that follows from a withdrawal.
const Withdrawn = "withdrawal"

// ReturnReasons are the reasons that a buyer can give.
var ReturnReasons = []string{"unwanted", "defective", "damaged", "wrong", "other"}

// Conditions are the states in which goods come back.
var Conditions = []string{"as_new", "opened", "damaged"}

// Return is goods on their way back, or asked to be. Deadline is the last day to ask, "" while a parcel is still under way;
// Late says that it had passed. Comment is the buyer's, Answer what staff told him.
type Return struct {
	ID           int64
	OrderID      int64
	WithdrawalID *int64
	State        ReturnState
	Reason       string
	Comment      string
	Answer       string
	Deadline     clock.Day
	Late         bool
	AskedAt      clock.Instant
	AnsweredAt   clock.Instant
	ReceivedAt   clock.Instant
	Lines        []ReturnLine
}

// ReturnLine is units of an order's line on a return. Of those that were Received some may be Restocked.
type ReturnLine struct {
	ReturnID    int64 `gorm:"primaryKey"`
	OrderLineID int64 `gorm:"primaryKey"`
	Quantity    int
	Received    int
	Restocked   int
	Condition   string
}

// ReturnDeadline is the last day on which goods of the order may be withdrawn from or asked to be sent back, "" while one of
// its parcels is under way. The days begin after the day on which the last parcel arrived (Directive 2011/83/EU, art. 9) and
// don't end on a weekend or a holiday of the market (Regulation 1182/71, art. 3).
func (o Order) ReturnDeadline(m market.Market) clock.Day {
	var left int
	for _, l := range o.Lines {
		left += l.ToShip()
	}
	if left > 0 || !o.arrived() {
		return ""
	}
	var last clock.Day
	for _, s := range o.Shipments {
		last = max(last, s.DeliveredOn)
	}
	return last.AddDays(m.ReturnDays).AddWorkdays(0, m.DayOff)
}

// Return is the return of the order with this id.
func (o Order) Return(id int64) (Return, bool) {
	at := slices.IndexFunc(o.Returns, func(r Return) bool { return r.ID == id })
	if at < 0 {
		return Return{}, false
	}
	return o.Returns[at], true
}

// Returnable reports whether something of the order can be asked to be sent back.
func (o Order) Returnable() bool {
	return slices.Contains([]State{PartlyShipped, Shipped, Delivered}, o.State) &&
		slices.ContainsFunc(o.Lines, func(l Line) bool { return l.ToReturn() > 0 })
}

// openReturn writes a return down. Its lines are checked: no more of a line than has left and is on no other return.
func (o *Order) openReturn(tx db.Tx, m market.Market, r *Return) error {
	if !o.Returnable() {
		return illegal(*o)
	}
	seen := map[int64]bool{}
	for _, l := range r.Lines {
		sold, known := o.line(l.OrderLineID)
		if !known || seen[l.OrderLineID] || l.Quantity < 1 || l.Quantity > sold.ToReturn() {
			return fault.Fields{"units": "form.return_units"}.Err()
		}
		seen[l.OrderLineID] = true
	}
	r.OrderID, r.AskedAt, r.Deadline = o.ID, tx.Now(), o.ReturnDeadline(m)
	r.Late = r.Deadline != "" && clock.DayOf(tx.Now(), m.Location()) > r.Deadline
	return tx.Gorm().Create(r).Error
}

// moveReturn changes a return's state. An illegal change is a Conflict.
func moveReturn(tx db.Tx, r *Return, to ReturnState) error {
	if !slices.Contains(ReturnMoves[r.State], to) {
		return fault.New(fault.Conflict, "fault.return_state")
	}
	column := "answered_at"
	if to == ReturnReceived {
		column = "received_at"
	}
	r.State = to
	_, err := tx.Exec("UPDATE returns SET state = ?, answer = ?, "+column+" = ? WHERE id = ?", string(to), r.Answer, tx.Now(), r.ID)
	return err
}

func (o *Order) readReturns(tx db.Tx) (err error) {
	if o.Returns, err = db.List(tx, func(r *Return) []any {
		return []any{&r.ID, &r.OrderID, &r.WithdrawalID, &r.State, &r.Reason, &r.Comment, &r.Answer, &r.Deadline, &r.Late, &r.AskedAt, &r.AnsweredAt, &r.ReceivedAt}
	}, `SELECT id, order_id, withdrawal_id, state, reason, comment, answer, deadline, late, asked_at, answered_at, received_at
		FROM returns WHERE order_id = ? ORDER BY id`, o.ID); err != nil {
		return err
	}
	for i := range o.Returns {
		r := &o.Returns[i]
		if r.Lines, err = db.List(tx, func(l *ReturnLine) []any {
			return []any{&l.ReturnID, &l.OrderLineID, &l.Quantity, &l.Received, &l.Restocked, &l.Condition}
		}, "SELECT return_id, order_line_id, quantity, received, restocked, condition FROM return_lines WHERE return_id = ? ORDER BY order_line_id", r.ID); err != nil {
			return err
		}
	}
	return nil
}
