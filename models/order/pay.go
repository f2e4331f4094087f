package order

import (
	"context"

	"softlaunch/models/cart"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// JobInvoice is the job that issues an order's invoice; its subject is the order. It is queued with the payment, so that
// every order that was paid gets its invoice, and taking the number costs the payment nothing.
const JobInvoice = "document.invoice"

// Settlement is what a gateway says of an attempt to pay: for which order (by its token), by the provider's id.
type Settlement struct {
	Token      string
	Provider   string
	ProviderID string
	Outcome    payment.Outcome
}

// Settle takes note of an attempt to pay while nothing has been captured yet: the sandbox asks before it plays "paid". A
// declined or cancelled attempt leaves the order payable. An order whose hold has run out is decided anew; when its goods
// can't be had any more the answer is a Conflict and nothing is captured. Settling a paid order again changes nothing.
func (o *Orders) Settle(ctx context.Context, s Settlement) (Order, error) {
	var order Order
	err := o.data.Write(ctx, func(tx db.Tx) error {
		if err := expireDue(tx); err != nil {
			return err
		}
		var err error
		if order, err = find(tx, "token = ?", s.Token); err != nil {
			return err
		}
		if order.Payment != s.Provider {
			return fault.New(fault.Conflict, "fault.payment_gone")
		}
		return o.settle(tx, &order, s)
	})
	return order, err
}

func (o *Orders) settle(tx db.Tx, order *Order, s Settlement) error {
	if order.State.Sold() {
		return nil
	}
	if s.Outcome != payment.Captured {
		if _, err := record(tx, *order, s); err != nil {
			return err
		}
		return note(tx, *order, staff.Buyer.Name, "payment_"+string(s.Outcome))
	}
	if err := revive(tx, order); err != nil {
		return err
	}
	return capture(tx, order, s, staff.Buyer.Name)
}

// MarkPaid notes that the money of a transfer has arrived. When the hold has run out and the goods are gone, the money
// goes back and the order is cancelled; it goes back too when the order was cancelled while it was on its way. refunded tells
// staff so. An order that awaits no money is a Conflict.
func (o *Orders) MarkPaid(ctx context.Context, by staff.Actor, number string) (refunded bool, err error) {
	if err := by.Require(staff.ManageOrders); err != nil {
		return false, err
	}
	err = o.data.Write(ctx, func(tx db.Tx) error {
		if err := expireDue(tx); err != nil {
			return err
		}
		order, err := find(tx, "number = ?", number)
		if err != nil {
			return err
		}
		if order.Payment != "transfer" {
			return fault.New(fault.Conflict, "fault.not_transfer")
		}
		before := order.State
		s := Settlement{Provider: order.Payment, ProviderID: order.Number, Outcome: payment.Captured}
		switch before {
		case AwaitingPayment, Expired:
			refunded, err = o.arrive(tx, &order, s, by.Name)
		case Cancelled:
			err = o.payBackTransfer(tx, order, s)
			refunded = err == nil
		default:
			err = illegal(order)
		}
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "mark paid", Subject: "order", Name: number, Before: string(before), After: string(order.State)})
	})
	return refunded, err
}

// payBackTransfer books the money of a transfer that was on its way when its order was cancelled, and gives it back.
func (o *Orders) payBackTransfer(tx db.Tx, order Order, s Settlement) error {
	paid, _, err := payment.Of(tx, order.ID)
	if err == nil && len(paid) > 0 {
		err = illegal(order)
	}
	if err != nil {
		return err
	}
	return o.payBack(tx, order, s)
}

// arrive books money that is there already: for the goods, or back when they can't be had.
func (o *Orders) arrive(tx db.Tx, order *Order, s Settlement, actor string) (refunded bool, err error) {
	switch err := revive(tx, order); {
	case err == nil:
		return false, capture(tx, order, s, actor)
	case order.State != Expired || (!fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotOpen)):
		return false, err
	}
	if err := giveBack(tx, *order, inventory.Released); err != nil { // what was held again before a discount could not be used again
		return false, err
	}
	if _, err := record(tx, *order, s); err != nil {
		return false, err
	}
	if err := o.creditAll(tx, order, actor, "goods gone when the payment arrived", false); err != nil {
		return false, err
	}
	if err := move(tx, order, Cancelled, actor, "paid_too_late"); err != nil {
		return false, err
	}
	return true, job.Queue(tx, MailCancelled, order.ID)
}

// capture books the money: the held goods are sold.
func capture(tx db.Tx, order *Order, s Settlement, actor string) error {
	if fresh, err := record(tx, *order, s); err != nil || !fresh {
		return err
	}
	if err := inventory.Sell(tx, order.ID); err != nil {
		return err
	}
	if err := move(tx, order, Paid, actor, ""); err != nil {
		return err
	}
	if err := job.Queue(tx, JobInvoice, order.ID); err != nil {
		return err
	}
	return job.Queue(tx, MailPaid, order.ID)
}

func record(tx db.Tx, order Order, s Settlement) (fresh bool, err error) {
	return payment.Record(tx, payment.Payment{OrderID: order.ID, Provider: s.Provider, ProviderID: s.ProviderID,
		State: s.Outcome, Amount: order.TotalAmount, Currency: order.Currency})
}

// revive holds the goods of an expired order again, as if it were placed now at the price it was placed for. Any other
// order that awaits payment is left as it is.
func revive(tx db.Tx, order *Order) error {
	if order.State != Expired {
		return nil
	}
	m, err := market.ByID(tx, order.MarketID)
	if err != nil {
		return err
	}
	wanted, err := ordered(tx, order.ID)
	if err != nil {
		return err
	}
	code, err := launch.CodeOf(tx, order.ID)
	if err != nil {
		return err
	}
	buyer := launch.Keys{Email: order.EmailKey, Address: order.AddressKey, CodeID: code}
	lines, err := cart.Decide(tx, market.Store{Market: m, Language: order.Language}, wanted, buyer)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Problem.Key != "" {
			return l.Problem.Fault()
		}
	}
	order.HoldUntil = tx.Now().Add(m.HoldTime(order.Payment))
	if _, err := tx.Exec("UPDATE orders SET hold_until = ? WHERE id = ?", order.HoldUntil, order.ID); err != nil {
		return err
	}
	if err := hold(tx, *order, lines, buyer); err != nil {
		return err
	}
	if order.Discounts, err = discountsOf(tx, order.ID); err != nil {
		return err
	}
	if err := useDiscounts(tx, *order, buyer); err != nil {
		return err
	}
	return move(tx, order, AwaitingPayment, staff.Shop.Name, "held_again")
}

// ordered is what an order's lines want, as a cart would.
func ordered(tx db.Tx, orderID int64) (map[int64]cart.Wanted, error) {
	lines, err := linesOf(tx, orderID)
	if err != nil {
		return nil, err
	}
	wanted := make(map[int64]cart.Wanted, len(lines))
	for _, l := range lines {
		wanted[l.VariantID] = cart.Wanted{Quantity: l.Quantity}
	}
	return wanted, nil
}
