package stripe

import (
	"cmp"
	"context"
	"strings"

	"github.com/stripe/stripe-go/v85"

	"softlaunch/models/payment"
)

// Refund sends money back, once for each key. Stripe forgets keys after a day, so a refund that may have been sent before is
// looked for by the name that it was given.
func (g *Gateway) Refund(ctx context.Context, order payment.RefundOrder, again bool) (payment.RefundAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if again {
		before, err := g.sent(ctx, order)
		if err != nil || before.ID != "" {
			return before, err
		}
	}
	amount, err := charged(order.Amount)
	if err != nil {
		return payment.RefundAnswer{}, payment.Refused{Code: err.Error()}
	}
	params := &stripe.RefundCreateParams{PaymentIntent: stripe.String(order.PaymentID), Amount: stripe.Int64(amount),
		Metadata: map[string]string{"refund": order.Key}}
	params.SetIdempotencyKey("refund-" + order.Key)
	made, err := g.client.V1Refunds.Create(ctx, params)
	if err != nil {
		return payment.RefundAnswer{}, told(err)
	}
	return refunded(made, g.live), nil
}

// sent looks for a refund that was made under a key.
func (g *Gateway) sent(ctx context.Context, order payment.RefundOrder) (payment.RefundAnswer, error) {
	params := &stripe.RefundListParams{PaymentIntent: stripe.String(order.PaymentID)}
	params.Limit = stripe.Int64(100)
	for r, err := range g.client.V1Refunds.List(ctx, params).All(ctx) {
		if err != nil {
			return payment.RefundAnswer{}, told(err)
		}
		if r.Metadata["refund"] == order.Key {
			return refunded(r, g.live), nil
		}
	}
	return payment.RefundAnswer{}, nil
}

// refunded is a refund in the shop's words. Stripe says pending, requires_action, succeeded, failed or canceled.
func refunded(r *stripe.Refund, live bool) payment.RefundAnswer {
	a := payment.RefundAnswer{ID: r.ID, Key: r.Metadata["refund"], State: payment.RefundPending,
		Amount: uncharged(r.Amount, string(r.Currency)), Live: live}
	if r.PaymentIntent != nil {
		a.PaymentID = r.PaymentIntent.ID
	}
	switch r.Status {
	case stripe.RefundStatusSucceeded:
		a.State = payment.RefundDone
	case stripe.RefundStatusFailed, stripe.RefundStatusCanceled:
		a.State, a.Reason = payment.RefundFailed, strings.ReplaceAll(cmp.Or(string(r.FailureReason), string(r.Status)), "_", " ")
	}
	return a
}
