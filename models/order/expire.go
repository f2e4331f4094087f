package order

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/discount"
	"softlaunch/models/inventory"
	"softlaunch/models/launch"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// Sweep ends the holds whose time is up. The goods are free from that instant on whether or not it has run: whoever reads
// stock counts due holds as free.
func (o *Orders) Sweep(ctx context.Context) error {
	var due int
	err := o.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow("SELECT COUNT(*) FROM orders WHERE state = 'awaiting_payment' AND hold_until <= ?", tx.Now()).Scan(&due)
	})
	if err != nil || due == 0 {
		return err
	}
	return o.data.Write(ctx, expireDue)
}

// expireDue ends the holds of all orders whose time is up.
func expireDue(tx db.Tx) error {
	rows, err := tx.Query("SELECT id, number, discount_amount FROM orders WHERE state = 'awaiting_payment' AND hold_until <= ?", tx.Now())
	if err != nil {
		return err
	}
	defer rows.Close()
	var due []Order
	for rows.Next() {
		o := Order{State: AwaitingPayment}
		if err := rows.Scan(&o.ID, &o.Number, &o.DiscountAmount); err != nil {
			return err
		}
		due = append(due, o)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, o := range due {
		if err := expire(tx, &o); err != nil {
			return err
		}
	}
	return nil
}

func expire(tx db.Tx, o *Order) error {
	if err := giveBack(tx, *o, inventory.Expired); err != nil {
		return err
	}
	return move(tx, o, Expired, staff.Shop.Name, "")
}

// giveBack frees an unpaid order's goods, the buyer's limits and the uses of its discounts. Nobody shall pay for them any more.
func giveBack(tx db.Tx, o Order, how string) error {
	if err := payment.EndSessions(tx, o.ID); err != nil {
		return err
	}
	if err := inventory.Free(tx, o.ID, how); err != nil {
		return err
	}
	if o.DiscountAmount > 0 {
		if err := discount.GiveBack(tx, o.ID); err != nil {
			return err
		}
	}
	return launch.GiveBack(tx, o.ID)
}
