package order

import (
	"context"
	"fmt"

	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/payment"
)

// events is the provider whose messages are stored.
const events = "stripe"

// ApplyEvent applies a stored message of a provider, once. Whatever does not fit is parked and staff are told.
func (o *Orders) ApplyEvent(ctx context.Context, j job.Job) error {
	return o.data.Write(ctx, func(tx db.Tx) error {
		stored, err := payment.EventByID(tx, j.SubjectID)
		if err != nil {
			return err
		}
		if stored.AppliedAt.IsZero() {
			if err := expireDue(tx); err != nil {
				return err
			}
			if err := o.applyStored(tx, stored); err != nil {
				return err
			}
		}
		return job.Done(tx, j.ID)
	})
}

func (o *Orders) applyStored(tx db.Tx, stored payment.StoredEvent) error {
	hosted, found := o.gateways.Hosted(events)
	if !found {
		return errNoGateway
	}
	event, err := hosted.Read([]byte(stored.Payload))
	if err != nil {
		return err
	}
	v, err := o.apply(tx, event)
	if err != nil {
		return err
	}
	if v.outcome == payment.Parked {
		if err := payment.Raise(tx, payment.EventParked, stored.EventID, v.orderID, stored.Type+": "+v.finding); err != nil {
			return err
		}
	}
	return stored.Finish(tx, v.outcome)
}

// verdict is what becomes of an event. One that is parked has a finding, and an order if it is about one.
type verdict struct {
	outcome string
	finding string
	orderID int64
}

func (o *Orders) apply(tx db.Tx, e payment.Event) (verdict, error) {
	switch {
	case e.Session != nil:
		return o.applySession(tx, *e.Session)
	case e.Refund != nil:
		return o.applyRefund(tx, *e.Refund)
	}
	return verdict{outcome: payment.Ignored}, nil
}

// applySession does what the message says of a session, in whatever order messages come: paid is paid for good.
func (o *Orders) applySession(tx db.Tx, standing payment.Standing) (verdict, error) {
	s, found, err := payment.FindSession(tx, events, standing.SessionID)
	if err != nil {
		return verdict{}, err
	}
	if !found {
		return verdict{payment.Parked, fmt.Sprintf("the shop knows no session %s", standing.SessionID), 0}, nil
	}
	wrong, err := o.mismatch(tx, s, standing)
	if err != nil || wrong != "" {
		return verdict{payment.Parked, wrong, s.OrderID}, err
	}
	switch standing.Progress {
	case payment.IsPaid:
		err = o.receive(tx, s, standing.PaymentID)
	case payment.IsUnpaid:
		err = endUnpaid(tx, s, payment.SessionUnpaid)
	}
	return verdict{outcome: payment.Applied}, err
}

func (o *Orders) applyRefund(tx db.Tx, a payment.RefundAnswer) (verdict, error) {
	r, p, found, err := payment.FindRefund(tx, events, a)
	if err != nil {
		return verdict{}, err
	}
	hosted, _ := o.gateways.Hosted(events)
	switch {
	case !found && p.ID != 0:
		return verdict{payment.Parked, fmt.Sprintf("the shop asked for no refund %s of %s %s", a.ID, a.Amount.Plain(), a.Amount.Currency), p.OrderID}, nil
	case !found:
		return verdict{payment.Parked, fmt.Sprintf("the shop knows no payment %s", a.PaymentID), 0}, nil
	case a.Live != hosted.Live():
		return verdict{payment.Parked, "it is of the other mode: " + mode(a.Live), p.OrderID}, nil
	case a.Amount.Minor != r.Amount || a.Amount.Currency != p.Currency:
		return verdict{payment.Parked, fmt.Sprintf("the refund %s is of %s %s, which is not what the shop asked for", a.ID, a.Amount.Plain(), a.Amount.Currency), p.OrderID}, nil
	}
	return verdict{outcome: payment.Applied}, o.learnRefund(tx, r, p, a)
}
