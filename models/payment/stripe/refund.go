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
	params.Context = ctx
	var made refund
	if err := g.call("POST", "refunds", params, &made); err != nil {
		return payment.RefundAnswer{}, err
	}
	return refunded(made, g.live), nil
}

// sent looks for a refund that was made under a key.
func (g *Gateway) sent(ctx context.Context, order payment.RefundOrder) (payment.RefundAnswer, error) {
	params := bare(ctx)
	params.AddExtra("payment_intent", order.PaymentID)
	params.AddExtra("limit", "100")
	for {
		var page refunds
		if err := g.call("GET", "refunds", params, &page); err != nil {
			return payment.RefundAnswer{}, err
		}
		for _, r := range page.Data {
			if r.Metadata["refund"] == order.Key {
				return refunded(r, g.live), nil
			}
		}
		if !page.HasMore || len(page.Data) == 0 {
			return payment.RefundAnswer{}, nil
		}
		params.Extra.Set("starting_after", page.Data[len(page.Data)-1].ID)
	}
}

// refunded is a refund in the shop's words. Stripe says pending, requires_action, succeeded, failed or canceled.
func refunded(r refund, live bool) payment.RefundAnswer {
	a := payment.RefundAnswer{ID: r.ID, Key: r.Metadata["refund"], State: payment.RefundPending,
		PaymentID: r.PaymentIntent, Amount: uncharged(r.Amount, r.Currency), Live: live}
	switch r.Status {
	case stripe.RefundStatusSucceeded:
		a.State = payment.RefundDone
	case stripe.RefundStatusFailed, stripe.RefundStatusCanceled:
		a.State, a.Reason = payment.RefundFailed, strings.ReplaceAll(cmp.Or(r.FailureReason, string(r.Status)), "_", " ")
	}
	return a
}
