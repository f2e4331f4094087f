package stripe

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/stripe/stripe-go/v85"

	"softlaunch/models/money"
	"softlaunch/models/payment"
)

// Start makes a session on Stripe's page. The same intent sent again answers the same session.
func (g *Gateway) Start(ctx context.Context, intent payment.Intent) (payment.Start, error) {
	ctx, leave, err := g.enter(ctx)
	if err != nil {
		return payment.Start{}, err
	}
	defer leave()
	params, err := g.params(ctx, intent)
	if err != nil {
		return payment.Start{}, err
	}
	var made session
	if err := g.call("POST", "checkout/sessions", params, &made); err != nil {
		return payment.Start{}, err
	}
	if made.ID == "" || !strings.HasPrefix(made.URL, g.origin+"/") {
		return payment.Start{}, errors.New("stripe: the answer leads to another place than Stripe's pages")
	}
	return payment.Start{Next: made.URL, SessionID: made.ID}, nil
}

// locales are the shop's languages that Stripe's page speaks.
var locales = []string{"de", "en", "es", "fr", "it", "nl", "pl", "pt"}

// params is what Stripe is asked for. Only cards: they are paid at once, and goods are held for minutes. Stripe does not
// offer other currencies than the order's.
func (g *Gateway) params(ctx context.Context, intent payment.Intent) (*stripe.CheckoutSessionCreateParams, error) {
	total, err := charged(intent.Amount)
	if err != nil {
		return nil, err
	}
	locale, page := "auto", g.url+"/"+intent.Store+"/orders/"+intent.Token
	if slices.Contains(locales, intent.Language) {
		locale = intent.Language
	}
	items, sum, err := lineItems(intent)
	if err != nil {
		return nil, err
	}
	if sum != total {
		return nil, errors.New("stripe: the items don't come to the order's total")
	}
	named := map[string]string{"order": intent.Number}
	p := &stripe.CheckoutSessionCreateParams{
		Mode: stripe.String("payment"), SubmitType: stripe.String("pay"), PaymentMethodTypes: stripe.StringSlice([]string{"card"}),
		AdaptivePricing: &stripe.CheckoutSessionCreateAdaptivePricingParams{Enabled: stripe.Bool(false)},
		LineItems:       items, Locale: stripe.String(locale), CustomerEmail: stripe.String(intent.Email),
		ClientReferenceID: stripe.String(intent.Number), Metadata: named,
		PaymentIntentData: &stripe.CheckoutSessionCreatePaymentIntentDataParams{Description: stripe.String(intent.Number), Metadata: named},
		SuccessURL:        stripe.String(page + "?payment=back"), CancelURL: stripe.String(page + "?payment=cancelled"),
		ExpiresAt: stripe.Int64(intent.ClosesAt.Time().Unix()),
	}
	p.Context = ctx
	p.SetIdempotencyKey(intent.Key)
	return p, nil
}

func lineItems(intent payment.Intent) (items []*stripe.CheckoutSessionCreateLineItemParams, sum int64, err error) {
	for _, i := range intent.Items {
		each, err := charged(money.Of(i.Amount, intent.Amount.Currency))
		if err != nil {
			return nil, 0, err
		}
		sum += each * int64(i.Quantity)
		items = append(items, &stripe.CheckoutSessionCreateLineItemParams{Quantity: stripe.Int64(int64(i.Quantity)),
			PriceData: &stripe.CheckoutSessionCreateLineItemPriceDataParams{
				Currency: stripe.String(strings.ToLower(intent.Amount.Currency)), UnitAmount: stripe.Int64(each),
				ProductData: &stripe.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: stripe.String(i.Name)}}})
	}
	return items, sum, nil
}

// Look asks how a session stands.
func (g *Gateway) Look(ctx context.Context, sessionID string) (payment.Standing, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var s session
	err := g.call("GET", at("checkout/sessions", sessionID), bare(ctx), &s)
	return standing(s), err
}

// End has an open session ended. Stripe refuses when it is not open: then it stands as it did.
func (g *Gateway) End(ctx context.Context, sessionID string) (payment.Standing, error) {
	ends, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var s session
	err := g.call("POST", at("checkout/sessions", sessionID)+"/expire", bare(ends), &s)
	if err == nil {
		return standing(s), nil
	}
	if no := (payment.Refused{}); errors.As(err, &no) {
		return g.Look(ctx, sessionID)
	}
	return payment.Standing{}, err
}

// standing is a session in the shop's words. https://docs.stripe.com/api/checkout/sessions/object: a session is open, complete
// or expired; one that is complete is paid, or unpaid while the money is on its way.
func standing(s session) payment.Standing {
	st := payment.Standing{SessionID: s.ID, Progress: payment.IsOpen, Reference: s.ClientReferenceID, Live: s.Livemode,
		PaymentID: s.PaymentIntent, Amount: uncharged(s.AmountTotal, s.Currency)}
	switch {
	case s.Status == stripe.CheckoutSessionStatusExpired:
		st.Progress = payment.IsUnpaid
	case s.Status != stripe.CheckoutSessionStatusComplete:
	case s.PaymentStatus == stripe.CheckoutSessionPaymentStatusUnpaid:
		st.Progress = payment.IsPending
	default:
		st.Progress = payment.IsPaid
	}
	return st
}
