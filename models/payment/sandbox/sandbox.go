// Package sandbox plays a card provider on a page of the shop's own, for development and rehearsals. No money moves, and
// production refuses it.
package sandbox

import (
	"context"

	"softlaunch/models/payment"
)

// Gateway is the sandbox.
type Gateway struct{}

// Provider is the sandbox's name.
func (Gateway) Provider() string { return "sandbox" }

// Start sends the buyer to the page that plays the provider.
func (Gateway) Start(_ context.Context, intent payment.Intent) (payment.Start, error) {
	return payment.Start{Next: "/" + intent.Store + "/pay/sandbox/" + intent.Token}, nil
}

// RefundsItself is true: there is no money to send.
func (Gateway) RefundsItself() bool { return true }
