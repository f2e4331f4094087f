// Package stripe takes cards through Stripe Checkout: buyers type their card on a page of Stripe's, the shop never sees it.
// docs/payments.md tells the life of a payment.
package stripe

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"

	"softlaunch/models/fault"
	"softlaunch/models/payment"
)

// Provider is Stripe's name among the ways to pay.
const Provider = "stripe"

// checkout is where Stripe's pages are.
const checkout = "https://checkout.stripe.com"

// patience is how long Stripe may take to answer.
const patience = 10 * time.Second

// openings is how many buyers may wait for Stripe at the same time. The shop answers the others at once, even when Stripe does
// not answer at all; Stripe itself takes a hundred requests a second.
const openings = 32

// Options are how the shop is known to Stripe. Secrets sign webhooks; while they are exchanged there are two. URL is the
// shop's public address without a slash at its end. API is another address of Stripe's API, for tests; empty is the real one.
type Options struct {
	Key     string
	Secrets []string
	URL     string
	API     string
}

// Gateway is Stripe Checkout.
type Gateway struct {
	backend stripe.Backend
	key     string
	secrets []string
	live    bool
	url     string
	origin  string
	opening chan struct{}
}

// The faults of Options. None repeats what it is about: keys are secrets.
var (
	ErrKey    = errors.New("it must be a secret or restricted key of Stripe's, like sk_test_… or rk_live_…")
	ErrSecret = errors.New("it must be signing secrets of webhooks like whsec_…, with commas between")
	ErrAPI    = errors.New("it must be a scheme and a host, https unless it is this machine")
)

// New is the gateway for an account. It calls nobody.
func New(o Options) (*Gateway, error) {
	g := &Gateway{secrets: o.Secrets, live: Live(o.Key), url: o.URL, origin: checkout, opening: make(chan struct{}, openings)}
	if !known(o.Key) {
		return nil, ErrKey
	}
	if len(o.Secrets) == 0 {
		return nil, ErrSecret
	}
	for _, s := range o.Secrets {
		if !strings.HasPrefix(s, "whsec_") || len(s) < len("whsec_")+16 {
			return nil, ErrSecret
		}
	}
	config := &stripe.BackendConfig{LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull}, MaxNetworkRetries: stripe.Int64(0),
		EnableTelemetry: stripe.Bool(false)}
	if o.API != "" {
		api, err := url.Parse(o.API)
		if err != nil || api.Host == "" || strings.Trim(api.Path, "/") != "" || !safe(api) {
			return nil, ErrAPI
		}
		g.origin = api.Scheme + "://" + api.Host
		config.URL = stripe.String(g.origin)
	}
	g.backend, g.key = stripe.GetBackendWithConfig(stripe.APIBackend, config), o.Key
	return g, nil
}

// Live reports whether a key moves real money.
func Live(key string) bool {
	return strings.HasPrefix(key, "sk_live_") || strings.HasPrefix(key, "rk_live_")
}

func known(key string) bool {
	return len(key) > len("sk_live_") && (Live(key) || strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_"))
}

// safe reports whether nobody can listen on the way to an address.
func safe(api *url.URL) bool {
	return api.Scheme == "https" || (api.Scheme == "http" && loopback(api.Hostname()))
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Provider is Stripe's name.
func (*Gateway) Provider() string { return Provider }

// RefundsItself is false: a job asks Stripe.
func (*Gateway) RefundsItself() bool { return false }

// Origin is where Stripe's pages are, or the other API's address.
func (g *Gateway) Origin() string { return g.origin }

// Live reports whether real money moves.
func (g *Gateway) Live() bool { return g.live }

var errCrowded = fault.New(fault.Busy, "fault.payment_silent")

// enter takes one of the places of those who wait for Stripe.
func (g *Gateway) enter(ctx context.Context) (ends context.Context, leave func(), err error) {
	select {
	case g.opening <- struct{}{}:
	default:
		return nil, nil, errCrowded
	}
	ends, cancel := context.WithTimeout(ctx, patience)
	return ends, func() { cancel(); <-g.opening }, nil
}

// told is Stripe's error without what it says in words, which may repeat what was typed. Refused is a no that stays a no.
func told(err error) error {
	var e *stripe.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		why := string(e.Type) + " " + string(e.Code)
		if e.Param != "" {
			why += " (" + e.Param + ")"
		}
		if e.RequestID != "" {
			why += ", request " + e.RequestID
		}
		if e.Type == stripe.ErrorTypeInvalidRequest && e.HTTPStatusCode < 429 && e.HTTPStatusCode != 401 && e.HTTPStatusCode != 409 {
			return payment.Refused{Code: why}
		}
		return errors.New("stripe: " + why)
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("stripe: no answer in time")
	case errors.Is(err, context.Canceled):
		return err
	}
	return errors.New("stripe: can't be reached")
}
