package stripe

import (
	"context"
	"strings"

	"github.com/stripe/stripe-go/v85"
)

// The shop has the library send and sign its requests and reads the few fields that it needs by itself. The library's own
// client and objects name everything that Stripe has, which costs ten megabytes of memory at rest.

// session is a Checkout Session. https://docs.stripe.com/api/checkout/sessions/object
type session struct {
	stripe.APIResource
	ID                string                              `json:"id"`
	URL               string                              `json:"url"`
	Status            stripe.CheckoutSessionStatus        `json:"status"`
	PaymentStatus     stripe.CheckoutSessionPaymentStatus `json:"payment_status"`
	PaymentIntent     string                              `json:"payment_intent"`
	ClientReferenceID string                              `json:"client_reference_id"`
	Livemode          bool                                `json:"livemode"`
	AmountTotal       int64                               `json:"amount_total"`
	Currency          string                              `json:"currency"`
}

// refund is a Refund. https://docs.stripe.com/api/refunds/object
type refund struct {
	stripe.APIResource
	ID            string              `json:"id"`
	PaymentIntent string              `json:"payment_intent"`
	Amount        int64               `json:"amount"`
	Currency      string              `json:"currency"`
	Status        stripe.RefundStatus `json:"status"`
	FailureReason string              `json:"failure_reason"`
	Metadata      map[string]string   `json:"metadata"`
}

// refunds are a page of them.
type refunds struct {
	stripe.APIResource
	Data    []refund `json:"data"`
	HasMore bool     `json:"has_more"`
}

// event is what a webhook tells: that something happened to an object, which is the session or refund as it was then.
// https://docs.stripe.com/api/events/object
type event[object any] struct {
	ID       string           `json:"id"`
	Type     stripe.EventType `json:"type"`
	Livemode bool             `json:"livemode"`
	Data     *struct {
		Object object `json:"object"`
	} `json:"data"`
}

// call asks Stripe for an object at a path below /v1.
func (g *Gateway) call(method, path string, params stripe.ParamsContainer, answer stripe.LastResponseSetter) error {
	return told(g.backend.Call(method, "/v1/"+path, g.key, params, answer))
}

// bare are the parameters of a call that needs none.
func bare(ctx context.Context) *stripe.Params { return &stripe.Params{Context: ctx} }

// at is the path of an object; an id is a word of Stripe's and can't lead anywhere else.
func at(kind, id string) string { return kind + "/" + strings.Map(word, id) }

func word(r rune) rune {
	if r == '_' || (r >= '0' && r <= '9') || (r >= 'A' && r <= 'Z') || (r >= 'a' && r <= 'z') {
		return r
	}
	return '-'
}
