package order

import (
	"slices"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// State is where an order is in its life.
type State string

// The states. A new order has none before it awaits its payment.
const (
	None            State = ""
	AwaitingPayment State = "awaiting_payment"
	Expired         State = "expired"
	Paid            State = "paid"
	Packed          State = "packed"
	PartlyShipped   State = "partly_shipped"
	Shipped         State = "shipped"
	Delivered       State = "delivered"
	Returned        State = "returned"
	Cancelled       State = "cancelled"
)

// Moves are the legal changes of state. An expired order can still be paid, when its goods can be had again.
var Moves = map[State][]State{
	None:            {AwaitingPayment},
	AwaitingPayment: {Paid, Expired, Cancelled},
	Expired:         {AwaitingPayment, Cancelled},
	Paid:            {Packed, PartlyShipped, Shipped, Cancelled},
	Packed:          {Paid, PartlyShipped, Shipped, Cancelled},
	PartlyShipped:   {Shipped, Returned},
	Shipped:         {Delivered, Returned},
	Delivered:       {Returned},
	Returned:        {},
	Cancelled:       {},
}

// Sold are the states of orders that were paid and not cancelled, as a list for SQL.
const Sold = "('paid', 'packed', 'partly_shipped', 'shipped', 'delivered', 'returned')"

// ToShip are the states of orders of which something has yet to leave, as a list for SQL.
const ToShip = "('paid', 'packed', 'partly_shipped')"

// Sold reports whether the order was paid and not cancelled.
func (s State) Sold() bool {
	return slices.Contains([]State{Paid, Packed, PartlyShipped, Shipped, Delivered, Returned}, s)
}

// Open reports whether something of the order has yet to leave.
func (s State) Open() bool { return s == Paid || s == Packed || s == PartlyShipped }

// RefundState is how much of an order's money went back, or is due to.
type RefundState string

// The refund states, in the only order in which they follow each other.
const (
	NotRefunded    RefundState = "none"
	PartlyRefunded RefundState = "partly_refunded"
	Refunded       RefundState = "refunded"
)

// RefundMoves are the legal changes of a refund state.
var RefundMoves = map[RefundState][]RefundState{
	NotRefunded:    {PartlyRefunded, Refunded},
	PartlyRefunded: {Refunded},
	Refunded:       {},
}

// What a step of an order's history is about.
const (
	AboutOrder  = "order"
	AboutRefund = "refund"
)

// move changes an order's state and writes history. An illegal change is a Conflict.
func move(tx db.Tx, o *Order, to State, actor, note string) error {
	if !slices.Contains(Moves[o.State], to) {
		return illegal(*o)
	}
	result, err := tx.Exec("UPDATE orders SET state = ? WHERE id = ? AND state = ?", string(to), o.ID, string(o.State))
	if err != nil {
		return err
	}
	if rows, err := result.RowsAffected(); err != nil || rows == 0 {
		return illegal(*o)
	}
	from := o.State
	o.State = to
	return write(tx, Event{OrderID: o.ID, Actor: actor, FromState: from, ToState: to, Note: note})
}

// moveRefund changes how much of an order's money went back, and writes history. An illegal change is a Conflict.
func moveRefund(tx db.Tx, o *Order, to RefundState, actor string) error {
	if !slices.Contains(RefundMoves[o.RefundState], to) {
		return fault.New(fault.Conflict, "fault.refund_state").With("State", string(o.RefundState))
	}
	if _, err := tx.Exec("UPDATE orders SET refund_state = ? WHERE id = ?", string(to), o.ID); err != nil {
		return err
	}
	from := o.RefundState
	o.RefundState = to
	return write(tx, Event{OrderID: o.ID, Actor: actor, About: AboutRefund, FromState: State(from), ToState: State(to)})
}

// illegal is the refusal of what can't be done to an order in its state.
func illegal(o Order) error {
	return fault.New(fault.Conflict, "fault.order_state").With("State", string(o.State))
}

// Steps is how much has been done to an order that was read whole. A form that tells it back is taken once: pressed twice, it
// finds the order changed.
func (o Order) Steps() int { return len(o.Events) + len(o.Credits) + len(o.Shipments) }

// changed reports whether something was done to the order since so many steps; 0 doesn't ask.
func (o Order) changed(seen int) bool { return seen != 0 && seen != o.Steps() }

// note writes history without a change of state.
func note(tx db.Tx, o Order, actor, text string) error {
	return write(tx, Event{OrderID: o.ID, Actor: actor, FromState: o.State, ToState: o.State, Note: text})
}

// write adds to an order's history, which never runs back in time: where the clock has, the step is dated like the last.
func write(tx db.Tx, e Event) error {
	if e.About == "" {
		e.About = AboutOrder
	}
	_, err := tx.Exec(`INSERT INTO order_events (order_id, at, actor, about, from_state, to_state, note)
		VALUES (?, COALESCE((SELECT MAX(at) FROM order_events WHERE order_id = ? AND at > ?), ?), ?, ?, ?, ?, ?)`,
		e.OrderID, e.OrderID, tx.Now(), tx.Now(), e.Actor, e.About, string(e.FromState), string(e.ToState), e.Note)
	return err
}
