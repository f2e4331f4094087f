package order

import (
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/staff"
)

// Cancel ends an order that has not left. Goods and limits are free again, captured money goes back.
func (o *Orders) Cancel(ctx context.Context, by staff.Actor, number, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return fault.Fields{"reason": "form.required_reason"}.Err()
	}
	return o.work(ctx, by, number, "cancel", reason, func(tx db.Tx, order *Order) error {
		return o.cancel(tx, order, by.Name, reason, reason)
	})
}

// cancel ends an order that has not left: what it holds is given back, and what was captured is credited for a reason. The
// text is for the history.
func (o *Orders) cancel(tx db.Tx, order *Order, actor, text, reason string) error {
	if !slices.Contains(Moves[order.State], Cancelled) {
		return illegal(*order)
	}
	if order.State != Expired {
		if err := giveBack(tx, *order, inventory.Released); err != nil {
			return err
		}
	}
	if order.State.Sold() {
		if err := o.creditAll(tx, order, actor, reason, true); err != nil {
			return err
		}
	}
	if err := move(tx, order, Cancelled, actor, text); err != nil {
		return err
	}
	return job.Queue(tx, MailCancelled, order.ID)
}

// work does something to an order for staff and writes the trail.
func (o *Orders) work(ctx context.Context, by staff.Actor, number, verb, reason string, do func(db.Tx, *Order) error) error {
	if err := by.Require(staff.ManageOrders); err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		if err := expireDue(tx); err != nil {
			return err
		}
		order, err := find(tx, "number = ?", number)
		if err != nil {
			return err
		}
		before := order.State
		if err := do(tx, &order); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: verb, Subject: "order", Name: number,
			Before: string(before), After: string(order.State), Reason: reason})
	})
}
