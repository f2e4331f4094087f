package stripe

import (
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/webhook"

	"softlaunch/models/clock"
	"softlaunch/models/payment"
)

// tolerance is how far a message's own time may be from the machine's, either way. The library's own check reads the system's
// clock and lets messages from the future pass.
const tolerance = 300 * time.Second

// Verify reads a message that Stripe has signed with one of the shop's secrets, by the scheme v1 of
// https://docs.stripe.com/webhooks#verify-manually.
func (g *Gateway) Verify(payload []byte, signature string, now clock.Instant) (payment.Event, error) {
	at, macs := signatures(signature)
	if age := now.Time().Sub(at); age > tolerance || age < -tolerance {
		return payment.Event{}, payment.ErrForeign
	}
	for _, secret := range g.secrets {
		own := webhook.ComputeSignature(at, payload, secret)
		for _, mac := range macs {
			if hmac.Equal(own, mac) {
				return g.Read(payload)
			}
		}
	}
	return payment.Event{}, payment.ErrForeign
}

// signatures are the time and the signatures in a header like t=1495999758,v1=5257a8…,v1=9a1b…
func signatures(header string) (at time.Time, macs [][]byte) {
	for part := range strings.SplitSeq(header, ",") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "t":
			if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
				at = time.Unix(seconds, 0)
			}
		case "v1":
			if mac, err := hex.DecodeString(value); err == nil {
				macs = append(macs, mac)
			}
		}
	}
	return at, macs
}

// Read reads a message. Those about sessions and refunds are the shop's, all others it does not follow.
func (*Gateway) Read(payload []byte) (payment.Event, error) {
	e, err := read[json.RawMessage](payload)
	if err != nil {
		return payment.Event{}, err
	}
	told := payment.Event{ID: e.ID, Type: string(e.Type)}
	switch e.Type {
	case stripe.EventTypeCheckoutSessionCompleted, stripe.EventTypeCheckoutSessionAsyncPaymentSucceeded,
		stripe.EventTypeCheckoutSessionAsyncPaymentFailed, stripe.EventTypeCheckoutSessionExpired:
		about, err := read[session](payload)
		if err != nil {
			return payment.Event{}, err
		}
		st := standing(about.Data.Object)
		st.Live = e.Livemode
		if e.Type == stripe.EventTypeCheckoutSessionAsyncPaymentFailed {
			st.Progress = payment.IsUnpaid
		}
		told.Session = &st
	case stripe.EventTypeRefundCreated, stripe.EventTypeRefundUpdated, stripe.EventTypeRefundFailed:
		about, err := read[refund](payload)
		if err != nil {
			return payment.Event{}, err
		}
		a := refunded(about.Data.Object, e.Livemode)
		told.Refund = &a
	}
	return told, nil
}

// read reads an event about an object.
func read[object any](payload []byte) (event[object], error) {
	var e event[object]
	if err := json.Unmarshal(payload, &e); err != nil || e.ID == "" || e.Data == nil {
		return e, payment.ErrForeign
	}
	return e, nil
}
