package order

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/money"
	"softlaunch/models/payment"
)

// spare is how much longer than its order's hold a session may live at its provider. Stripe lets none live for less than half
// an hour from when it is made, so this much time stays for tries to make it.
const spare = 45 * time.Minute

// ErrSilent says that a provider gave no answer: its order is placed and can be paid in a while.
var ErrSilent = fault.New(fault.Busy, "fault.payment_silent")

// Start is where the buyer of an order goes to pay it: an address within the shop or at the provider; "" is the order's own
// page. An order whose hold has run out is decided anew and may be refused as when it was placed. A session that is open
// already is the one to pay in. It calls the provider between two transactions and answers ErrSilent when that fails.
func (o *Orders) Start(ctx context.Context, order Order) (next string, err error) {
	gateway, found := o.gateways.Find(order.Payment)
	if !found || (order.State != AwaitingPayment && order.State != Expired) {
		return "", nil
	}
	if _, hosted := gateway.(payment.Hosted); !hosted {
		start, err := gateway.Start(ctx, payment.Intent{Store: order.Store, Token: order.Token, Number: order.Number, Amount: order.Total()})
		return start.Next, err
	}
	session, intent, err := o.ask(ctx, order.ID)
	if err != nil || session.State != payment.SessionAsked {
		return session.URL, err
	}
	start, err := gateway.Start(ctx, intent)
	if err != nil {
		return "", errors.Join(ErrSilent, err)
	}
	return o.open(ctx, session.ID, start)
}

// ask finds the session that an order is paid in, or writes down that one is asked for. The zero session is that of an order
// which awaits no payment.
func (o *Orders) ask(ctx context.Context, orderID int64) (s payment.Session, intent payment.Intent, err error) {
	err = o.data.Write(ctx, func(tx db.Tx) error {
		s, intent = payment.Session{}, payment.Intent{}
		if err := expireDue(tx); err != nil {
			return err
		}
		order, err := find(tx, "id = ?", orderID)
		if err != nil || (order.State != AwaitingPayment && order.State != Expired) {
			return err
		}
		if err := revive(tx, &order); err != nil {
			return err
		}
		if s, err = o.session(tx, order); err != nil || s.State == payment.SessionOpen {
			return err
		}
		intent, err = intentOf(tx, order, s)
		return err
	})
	return s, intent, err
}

// session is an order's live session, or a new one that is asked for. One that is being ended is a Conflict: until the
// provider has said how it ended nobody can tell whether it was paid.
func (o *Orders) session(tx db.Tx, order Order) (payment.Session, error) {
	sessions, err := payment.Sessions(tx, order.ID)
	if err != nil {
		return payment.Session{}, err
	}
	if at := slices.IndexFunc(sessions, payment.Session.Live); at >= 0 {
		live := sessions[at]
		switch {
		case live.State == payment.SessionOpen && live.EndsAt.Reached(tx.Now()):
			return live, fault.New(fault.Conflict, "fault.payment_ending")
		case live.State == payment.SessionOpen || live.EndsAt == order.HoldUntil:
			return live, nil
		}
		if err := live.Close(tx, payment.SessionUnpaid); err != nil { // of an earlier hold, and nobody knows its address
			return live, err
		}
	}
	fresh := payment.Session{OrderID: order.ID, Provider: order.Payment, Amount: order.TotalAmount, Currency: order.Currency,
		EndsAt: order.HoldUntil, ClosesAt: o.machine().Add(order.HoldUntil.Sub(tx.Now()) + spare)}
	err = fresh.Ask(tx)
	return fresh, err
}

// open writes down the provider's answer and answers where the buyer pays. From here on the goods stay held until the
// provider has said how the session ended. When the order has stopped to wait meanwhile, the session is ended instead.
func (o *Orders) open(ctx context.Context, sessionID int64, start payment.Start) (next string, err error) {
	err = o.data.Write(ctx, func(tx db.Tx) error {
		next = ""
		if err := expireDue(tx); err != nil {
			return err
		}
		s, err := payment.SessionByID(tx, sessionID)
		if err != nil {
			return err
		}
		order, err := find(tx, "id = ?", s.OrderID)
		if err != nil {
			return err
		}
		if s.State != payment.SessionAsked { // another request of the same buyer was faster, or the order's hold has run out
			if s.State == payment.SessionOpen {
				next = s.URL
			}
			return nil
		}
		if order.State != AwaitingPayment {
			return s.Open(tx, start, tx.Now())
		}
		if err := s.Open(tx, start, firstLook(s, tx.Now())); err != nil {
			return err
		}
		next = s.URL
		return keepHeld(tx, order.ID, s.Holds())
	})
	return next, err
}

// keepHeld moves the end of an order's hold.
func keepHeld(tx db.Tx, orderID int64, until clock.Instant) error {
	if _, err := tx.Exec("UPDATE orders SET hold_until = ? WHERE id = ?", until, orderID); err != nil {
		return err
	}
	return inventory.Extend(tx, orderID, until)
}

// intentOf is what a provider has to know of an order for a session.
func intentOf(tx db.Tx, o Order, s payment.Session) (payment.Intent, error) {
	if err := o.complete(tx); err != nil {
		return payment.Intent{}, err
	}
	secret := sha256.Sum256([]byte(o.Token))
	return payment.Intent{Store: o.Store, Language: o.Language, Token: o.Token, Number: o.Number, Email: o.Email,
		Amount: money.Of(s.Amount, s.Currency), Items: items(o), ClosesAt: s.ClosesAt,
		Key: hex.EncodeToString(secret[:16]) + "-" + strconv.Itoa(s.Attempt)}, nil
}

// items are what an order's buyer pays for: goods, delivery and tax where prices do not include it, less discounts.
func items(o Order) []payment.Item {
	var all []payment.Item
	delivery := o.DeliveryAmount - o.DiscountAmount
	for _, l := range o.Lines {
		delivery += l.DiscountAmount
		item := payment.Item{Name: l.Name, Quantity: l.Quantity, Amount: l.UnitAmount}
		if l.Colour != "" {
			item.Name += ", " + l.Colour
		}
		if l.DiscountAmount > 0 { // which need not be a multiple of the quantity
			item = payment.Item{Name: fmt.Sprintf("%d × %s", l.Quantity, item.Name), Quantity: 1, Amount: l.Amount - l.DiscountAmount}
		}
		all = append(all, item)
	}
	all = append(all, payment.Item{Name: o.DeliveryName, Quantity: 1, Amount: delivery})
	if !o.TaxIncluded {
		for _, t := range o.Taxes {
			all = append(all, payment.Item{Name: t.Name, Quantity: 1, Amount: t.TaxAmount})
		}
	}
	return slices.DeleteFunc(all, func(i payment.Item) bool { return i.Amount == 0 })
}
