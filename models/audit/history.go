package audit

import (
	"fmt"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/order"
)

// history: an order went from state to state as order.Moves allows, and the history tells it without a gap, forward in
// time, with who did it.
var history = check{
	row: 9, name: "Orders' histories are legal and whole",
	counts: `SELECT COUNT(*) FROM order_events`,
	look:   walk,
}

// walk follows each order's history from its beginning to the state it is in.
func walk(tx db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT o.id, o.number, o.state, o.refund_state, COALESCE(e.about, ''), COALESCE(e.from_state, ''), COALESCE(e.to_state, ''), COALESCE(e.actor, ''), e.at
		FROM orders o LEFT JOIN order_events e ON e.order_id = o.id ORDER BY o.id, e.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	var w walker
	for rows.Next() {
		var id int64
		var number string
		var state, refunds order.State
		var e order.Event
		if err := rows.Scan(&id, &number, &state, &refunds, &e.About, &e.FromState, &e.ToState, &e.Actor, &e.At); err != nil {
			return nil, err
		}
		if id != w.id {
			found = append(found, w.arrive()...)
			w = walker{id: id, number: number, goal: state, refunds: order.State(order.NotRefunded), refundGoal: refunds}
		}
		found = append(found, w.step(e)...)
	}
	return append(found, w.arrive()...), rows.Err()
}

// walker is on its way through an order's history.
type walker struct {
	id                  int64
	number              string
	state, goal         order.State
	refunds, refundGoal order.State
	at                  clock.Instant
}

func (w *walker) step(e order.Event) []string {
	var found []string
	state, legal := &w.state, slices.Contains(order.Moves[e.FromState], e.ToState) || (e.FromState == e.ToState && e.ToState != order.None)
	if e.About == order.AboutRefund {
		state, legal = &w.refunds, slices.Contains(order.RefundMoves[order.RefundState(e.FromState)], order.RefundState(e.ToState))
	}
	if e.FromState != *state {
		found = append(found, fmt.Sprintf("order %s: the history leaps from %q to %q", w.number, *state, e.FromState))
	}
	if !legal {
		found = append(found, fmt.Sprintf("order %s: went from %q to %q", w.number, e.FromState, e.ToState))
	}
	if e.At < w.at || e.Actor == "" {
		found = append(found, fmt.Sprintf("order %s: the step to %q runs back in time or was made by nobody", w.number, e.ToState))
	}
	*state, w.at = e.ToState, e.At
	return found
}

func (w *walker) arrive() []string {
	var found []string
	if w.id != 0 && w.state != w.goal {
		found = append(found, fmt.Sprintf("order %s: the history ends in %q, the order is %q", w.number, w.state, w.goal))
	}
	if w.id != 0 && w.refunds != w.refundGoal {
		found = append(found, fmt.Sprintf("order %s: the history of refunds ends in %q, the order is %q", w.number, w.refunds, w.refundGoal))
	}
	return found
}
