package order

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/staff"
)

// CancelOwn has a buyer end an order that is not paid or not packed yet. Goods and limits are free again, captured money goes
// back. Orders that nobody paid can be cancelled a few times an hour only, because each mails whoever's address was typed.
func (o *Orders) CancelOwn(ctx context.Context, marketID int64, token string) error {
	order, err := o.Outline(ctx, marketID, token)
	if err == nil && order.State == AwaitingPayment {
		err = o.cancelled.Take(order.EmailKey)
	}
	if err != nil {
		return err
	}
	return o.own(ctx, marketID, token, func(tx db.Tx, order *Order) error {
		if !order.Cancellable() {
			return illegal(*order)
		}
		return o.cancel(tx, order, staff.Buyer.Name, "cancelled_by_buyer", "cancelled by the buyer")
	})
}

// Cancellable reports whether the order's buyer can cancel it.
func (o Order) Cancellable() bool { return o.State == AwaitingPayment || o.State == Paid }

// own does something to an order for its buyer, who knows the secret of its page.
func (o *Orders) own(ctx context.Context, marketID int64, token string, do func(db.Tx, *Order) error) error {
	return o.data.Write(ctx, func(tx db.Tx) error {
		if err := expireDue(tx); err != nil {
			return err
		}
		order, err := find(tx, "token = ?", token)
		if err != nil {
			return err
		}
		if order.MarketID != marketID {
			return errUnknown
		}
		return do(tx, &order)
	})
}
