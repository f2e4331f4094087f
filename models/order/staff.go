package order

import (
	"context"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// Cancel ends an order that has not left. Goods and limits are free again, captured money goes back.
func (o *Orders) Cancel(ctx context.Context, by staff.Actor, number, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return fault.Fields{"reason": "form.required_reason"}.Err()
	}
	return o.work(ctx, by, number, "cancel", reason, func(tx db.Tx, order *Order) error {
		switch order.State {
		case AwaitingPayment:
			if err := giveBack(tx, *order, inventory.Released); err != nil {
				return err
			}
		case Paid:
			if err := o.undo(tx, *order, reason); err != nil {
				return err
			}
		}
		if err := move(tx, order, Cancelled, by.Name, reason); err != nil {
			return err
		}
		return job.Queue(tx, MailCancelled, order.ID)
	})
}

// undo puts a paid order's goods back and sends its money back.
func (o *Orders) undo(tx db.Tx, order Order, reason string) error {
	if err := giveBack(tx, order, inventory.Released); err != nil {
		return err
	}
	if err := inventory.Restock(tx, order.ID); err != nil {
		return err
	}
	return o.gateways.RefundAll(tx, order.ID, reason)
}

// Ship notes that a paid order has left, with its carrier and, where there is one, its tracking number.
func (o *Orders) Ship(ctx context.Context, by staff.Actor, number, carrier, tracking string) error {
	carrier, tracking = strings.TrimSpace(carrier), strings.TrimSpace(tracking)
	wrong := fault.Fields{}
	if carrier == "" || len(carrier) > 80 {
		wrong.Add("carrier", "form.carrier")
	}
	if len(tracking) > 80 {
		wrong.Add("tracking", "form.too_long")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return o.work(ctx, by, number, "ship", "", func(tx db.Tx, order *Order) error {
		if err := move(tx, order, Shipped, by.Name, ""); err != nil {
			return err
		}
		if err := tx.Gorm().Create(&Shipment{OrderID: order.ID, Carrier: carrier, Tracking: tracking, At: tx.Now()}).Error; err != nil {
			return err
		}
		return job.Queue(tx, MailShipped, order.ID)
	})
}

// MarkRefunded notes that staff have sent a due refund.
func (o *Orders) MarkRefunded(ctx context.Context, by staff.Actor, number string, refundID int64) error {
	return o.work(ctx, by, number, "refund", "", func(tx db.Tx, order *Order) error {
		if err := payment.MarkRefunded(tx, order.ID, refundID); err != nil {
			return err
		}
		return note(tx, *order, by.Name, "refund_sent")
	})
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
