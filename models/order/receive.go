package order

import (
	"context"
	"fmt"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// receive books money that a provider has taken in a session. Money for an order that is sold or cancelled already goes
// back, as does that for goods which can't be had any more.
func (o *Orders) receive(tx db.Tx, s payment.Session, paymentID string) error {
	if err := s.Close(tx, payment.SessionPaid); err != nil {
		return err
	}
	order, err := find(tx, "id = ?", s.OrderID)
	if err != nil {
		return err
	}
	taken := Settlement{Provider: s.Provider, ProviderID: paymentID, Outcome: payment.Captured}
	if known, err := payment.Find(tx, s.Provider, paymentID); err != nil || known.ID != 0 {
		return err
	}
	before := order.State
	if before != AwaitingPayment && before != Expired {
		return o.payBack(tx, order, taken)
	}
	refunded, err := o.arrive(tx, &order, taken, staff.Buyer.Name)
	switch {
	case err != nil:
		return err
	case refunded:
		return payment.Raise(tx, payment.PaidBack, paymentID, order.ID,
			"the payment came after the hold had run out and the goods are gone; the order is cancelled and the money goes back")
	case before == Expired:
		return payment.Raise(tx, payment.PaidHeldAgain, paymentID, order.ID,
			"the payment came after the hold had run out; the goods could be held again and are sold")
	}
	return nil
}

// payBack sends money back that came for an order which needs none: it was cancelled, or paid another way.
func (o *Orders) payBack(tx db.Tx, order Order, s Settlement) error {
	if _, err := record(tx, order, s); err != nil {
		return err
	}
	taken, err := payment.Find(tx, s.Provider, s.ProviderID)
	if err != nil {
		return err
	}
	if err := o.gateways.RefundPayment(tx, taken, "the order needed no payment any more"); err != nil {
		return err
	}
	if err := note(tx, order, staff.Shop.Name, "paid_back"); err != nil {
		return err
	}
	if err := job.Queue(tx, MailPaidBack, order.ID); err != nil {
		return err
	}
	return payment.Raise(tx, payment.PaidBack, s.ProviderID, order.ID,
		fmt.Sprintf("a payment came when the order was %s already; the money goes back", strings.ReplaceAll(string(order.State), "_", " ")))
}

// mismatch says what of a provider's word does not fit the session it is about; "" is that all fits.
func (o *Orders) mismatch(tx db.Tx, s payment.Session, standing payment.Standing) (string, error) {
	order, err := find(tx, "id = ?", s.OrderID)
	if err != nil {
		return "", err
	}
	hosted, found := o.gateways.Hosted(s.Provider)
	switch {
	case !found:
		return errNoGateway.Error(), nil
	case standing.Live != hosted.Live():
		return "it is of the other mode: " + mode(standing.Live) + ", and the shop is set up for " + mode(hosted.Live()), nil
	case standing.Reference != order.Number:
		return fmt.Sprintf("it names the order %q, and the session is that of %s", standing.Reference, order.Number), nil
	case standing.Amount.Currency != s.Currency || standing.Amount.Minor != s.Amount:
		return fmt.Sprintf("it is about %s %s, and the order about %s %s", standing.Amount.Plain(), standing.Amount.Currency,
			order.Total().Plain(), order.Currency), nil
	case standing.Progress == payment.IsPaid && standing.PaymentID == "":
		return "it names no payment", nil
	}
	return "", nil
}

func mode(live bool) string {
	if live {
		return "real money"
	}
	return "test money"
}

// Hear takes a signed message of a provider. It is stored and applied by a job soon; one that is known changes nothing, and one
// that the provider has not sent to this shop now is payment.ErrForeign.
func (o *Orders) Hear(ctx context.Context, provider string, payload []byte, signature string) error {
	hosted, found := o.gateways.Hosted(provider)
	if !found {
		return errUnknown
	}
	event, err := hosted.Verify(payload, signature, o.machine())
	if err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error { return payment.Store(tx, event, payload) })
}
