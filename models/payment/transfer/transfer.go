// Package transfer takes payment by bank transfer: the order's page names the account, staff mark the money as arrived.
package transfer

import (
	"context"

	"softlaunch/models/payment"
)

// Gateway is the bank transfer.
type Gateway struct{}

// Provider is the transfer's name.
func (Gateway) Provider() string { return "transfer" }

// Start leaves the buyer on the order's page, which says where to pay.
func (Gateway) Start(context.Context, payment.Intent) (payment.Start, error) {
	return payment.Start{}, nil
}

// RefundsItself is false: staff send the money back.
func (Gateway) RefundsItself() bool { return false }
