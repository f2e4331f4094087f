package payment

import (
	"context"
	"errors"

	"softlaunch/models/clock"
	"softlaunch/models/money"
)

// Hosted is a gateway whose buyers pay on pages of the provider's, in sessions that the provider knows better than the shop.
// Look, End and Refund call the provider: never in a transaction. An error of theirs means that the provider gave no
// usable answer, unless it is a Refused.
type Hosted interface {
	Gateway
	// Origin is scheme and host of the pages that buyers are sent to.
	Origin() string
	// Live reports whether real money moves.
	Live() bool
	// Look asks how a session stands.
	Look(ctx context.Context, sessionID string) (Standing, error)
	// End has an open session ended, so that nobody can pay in it any more. One that is not open stands as it did.
	End(ctx context.Context, sessionID string) (Standing, error)
	// Refund sends money back, once for each key. again says that it may have been sent before.
	Refund(ctx context.Context, order RefundOrder, again bool) (RefundAnswer, error)
	// Verify reads a signed message of the provider, now by the machine's clock. One that the provider has not signed, or
	// that is too old or too new, is ErrForeign.
	Verify(payload []byte, signature string, now clock.Instant) (Event, error)
	// Read is Verify for a payload that was verified before.
	Read(payload []byte) (Event, error)
}

// ErrForeign is what a message is that its provider has not sent to this shop now.
var ErrForeign = errors.New("payment: not a message of the provider's")

// Refused is a provider's no: asked again it will say the same. Code is its reason, which names nobody.
type Refused struct{ Code string }

func (r Refused) Error() string { return "payment: the provider refuses: " + r.Code }

// Progress is how far a session has come.
type Progress string

// The progress of a session: open while it can be paid, pending while the provider waits for the money, then paid or
// unpaid for good.
const (
	IsOpen    Progress = "open"
	IsPending Progress = "pending"
	IsPaid    Progress = "paid"
	IsUnpaid  Progress = "unpaid"
)

// Standing is what a provider says of a session. Reference is the order's number as the shop gave it; PaymentID is the
// provider's id of the payment once there is one.
type Standing struct {
	SessionID string
	Progress  Progress
	Reference string
	PaymentID string
	Amount    money.Amount
	Live      bool
}

// RefundOrder is money that a provider shall send back. Key names it for ever.
type RefundOrder struct {
	Key       string
	PaymentID string
	Amount    money.Amount
}

// RefundState is what a provider says of a refund.
type RefundState string

// The states of a refund at its provider.
const (
	RefundPending RefundState = "pending"
	RefundDone    RefundState = "done"
	RefundFailed  RefundState = "failed"
)

// RefundAnswer is a refund as the provider has it. Reason says why it failed.
type RefundAnswer struct {
	ID        string
	Key       string
	PaymentID string
	State     RefundState
	Amount    money.Amount
	Reason    string
	Live      bool
}

// Event is a message of a provider: about a session, about a refund, or about something that the shop does not follow.
type Event struct {
	ID      string
	Type    string
	Session *Standing
	Refund  *RefundAnswer
}
