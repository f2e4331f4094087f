package order

import (
	"slices"

	"softlaunch/models/db"
)

// Fate is what has become of a line's units. Those that were taken off were credited before they left; those asked for are
// on returns that were not refused, and of them some have come back.
type Fate struct {
	Shipped, TakenOff, Credited, Asked, CameBack int
}

// ToShip are the line's units that have yet to leave.
func (l Line) ToShip() int { return l.Quantity - l.Shipped - l.TakenOff }

// ToRefund are the line's units that have left and were not credited.
func (l Line) ToRefund() int { return l.Shipped - (l.Credited - l.TakenOff) }

// ToReturn are the line's units that have left and that no return asks for.
func (l Line) ToReturn() int { return l.Shipped - l.Asked }

// readFates tells what has become of an order's lines.
func (o *Order) readFates(tx db.Tx) error {
	type row struct {
		id int64
		Fate
	}
	fates, err := db.List(tx, func(r *row) []any { return []any{&r.id, &r.Shipped, &r.TakenOff, &r.Credited, &r.Asked, &r.CameBack} },
		`SELECT l.id, (SELECT COALESCE(SUM(s.quantity), 0) FROM shipment_lines s WHERE s.order_line_id = l.id),
			(SELECT COALESCE(SUM(c.taken_off), 0) FROM credit_lines c WHERE c.order_line_id = l.id),
			(SELECT COALESCE(SUM(c.quantity), 0) FROM credit_lines c WHERE c.order_line_id = l.id),
			(SELECT COALESCE(SUM(CASE r.state WHEN 'received' THEN n.received ELSE n.quantity END), 0) FROM return_lines n
				JOIN returns r ON r.id = n.return_id WHERE n.order_line_id = l.id AND r.state <> 'refused'),
			(SELECT COALESCE(SUM(n.received), 0) FROM return_lines n WHERE n.order_line_id = l.id)
		FROM order_lines l WHERE l.order_id = ? ORDER BY l.id`, o.ID)
	for i := range fates {
		o.Lines[i].Fate = fates[i].Fate
	}
	return err
}

// line is a line of the order by its id.
func (o Order) line(id int64) (Line, bool) {
	for _, l := range o.Lines {
		if l.ID == id {
			return l, true
		}
	}
	return Line{}, false
}

// reached is how far the order's goods have come, None while nothing has left.
func (o Order) reached() State {
	var shipped, toShip, back int
	for _, l := range o.Lines {
		shipped, toShip, back = shipped+l.Shipped, toShip+l.ToShip(), back+l.CameBack
	}
	switch {
	case shipped == 0:
		return None
	case toShip > 0:
		return PartlyShipped
	case back == shipped:
		return Returned
	case o.arrived():
		return Delivered
	}
	return Shipped
}

// arrived reports whether all parcels have been delivered.
func (o Order) arrived() bool {
	for _, s := range o.Shipments {
		if s.DeliveredOn == "" {
			return false
		}
	}
	return len(o.Shipments) > 0
}

// advance moves an order to where its goods are.
func advance(tx db.Tx, o *Order, actor string) error {
	if err := o.complete(tx); err != nil {
		return err
	}
	goal := o.reached()
	if goal == None {
		return nil
	}
	for o.State != goal {
		next := goal
		if !slices.Contains(Moves[o.State], goal) {
			next = Shipped
		}
		if err := move(tx, o, next, actor, ""); err != nil {
			return err
		}
	}
	return nil
}
