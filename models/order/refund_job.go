package order

import (
	"context"
	"errors"
	"fmt"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/money"
	"softlaunch/models/payment"
)

// remembered is how long a provider is trusted to know a key that it was asked with: half of Stripe's day.
const remembered = 12 * time.Hour

// SendRefund has a refund sent by its provider, once: the provider knows each try by the same key. A provider that says no
// leaves it to staff; one that says nothing is asked again.
func (o *Orders) SendRefund(ctx context.Context, j job.Job) error {
	var r payment.Refund
	var p payment.Payment
	again := j.Attempts > 0
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		r, p, err = payment.RefundByID(tx, j.SubjectID)
		again = again || r.At.Add(remembered) < tx.Now() // staff's own try counts as the first
		return err
	})
	if err != nil {
		return err
	}
	if r.Standing() != "due" {
		return o.data.Write(ctx, func(tx db.Tx) error { return job.Done(tx, j.ID) })
	}
	answer, err := o.refund(ctx, r, p, again)
	var no payment.Refused
	if err != nil && !errors.As(err, &no) {
		return err
	}
	return o.data.Write(context.WithoutCancel(ctx), func(tx db.Tx) error {
		if err := o.finishRefund(tx, j.SubjectID, answer, no.Code); err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

// refund asks the provider. A shop that is not set up for it any more leaves the refund to staff.
func (o *Orders) refund(ctx context.Context, r payment.Refund, p payment.Payment, again bool) (payment.RefundAnswer, error) {
	hosted, found := o.gateways.Hosted(p.Provider)
	if !found {
		return payment.RefundAnswer{}, payment.Refused{Code: "the shop is not set up for " + p.Provider}
	}
	order := payment.RefundOrder{Key: r.Key(p), PaymentID: p.ProviderID, Amount: money.Of(r.Amount, p.Currency)}
	return hosted.Refund(ctx, order, again)
}

// finishRefund writes down what the provider answered, or why it refuses.
func (o *Orders) finishRefund(tx db.Tx, refundID int64, a payment.RefundAnswer, refused string) error {
	r, p, err := payment.RefundByID(tx, refundID)
	if err != nil {
		return err
	}
	if refused != "" {
		a = payment.RefundAnswer{State: payment.RefundFailed, Reason: refused}
	}
	return o.learnRefund(tx, r, p, a)
}

// learnRefund takes note of how far a refund has come. One that failed is staff's, who are told.
func (o *Orders) learnRefund(tx db.Tx, r payment.Refund, p payment.Payment, a payment.RefundAnswer) error {
	if err := r.Learn(tx, a); err != nil || a.State != payment.RefundFailed {
		return err
	}
	finding := fmt.Sprintf("%s does not send the refund of %s %s (%s): send it another way and mark it as sent", p.Provider,
		money.Of(r.Amount, p.Currency).Plain(), p.Currency, a.Reason)
	return payment.Raise(tx, payment.RefundStranded, r.Key(p), p.OrderID, finding)
}
