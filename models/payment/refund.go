package payment

import (
	"slices"
	"strconv"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
)

// JobRefund is the job that has a provider send a refund, which is its subject.
const JobRefund = "payment.refund"

// Refund is money that goes back to a buyer: due until the gateway or staff have sent it. CreditID is the credit that it pays,
// none when a payment goes back that the order did not need. One that a provider sends has the
// provider's id from when the provider has it; Failure is why the provider did not send it, after which it is staff's.
type Refund struct {
	ID         int64
	PaymentID  int64
	CreditID   *int64
	Amount     int64
	State      string // due, done
	Reason     string
	At         clock.Instant
	DoneAt     clock.Instant
	ProviderID *string
	SentAt     clock.Instant
	Failure    string
}

// Standing is how far a refund has come: due, sent, failed or done.
func (r Refund) Standing() string {
	switch {
	case r.State == "done":
		return "done"
	case r.Failure != "":
		return "failed"
	case !r.SentAt.IsZero():
		return "sent"
	}
	return "due"
}

// Refund notes that an amount of what was captured for an order goes back, for a credit: from its newest payment first. It is
// a Conflict when less was captured and not refunded yet.
func (g Gateways) Refund(tx db.Tx, orderID, creditID, amount int64, reason string) error {
	type source struct {
		Payment
		left int64
	}
	sources, err := db.List(tx, func(s *source) []any { return []any{&s.ID, &s.Provider, &s.left} },
		`SELECT p.id, p.provider, p.amount - (SELECT COALESCE(SUM(r.amount), 0) FROM refunds r WHERE r.payment_id = p.id)
		FROM payments p WHERE p.order_id = ? AND p.state = 'captured' ORDER BY p.id DESC`, orderID)
	if err != nil {
		return err
	}
	for _, s := range sources {
		part := min(amount, s.left)
		if part <= 0 {
			continue
		}
		if err := g.sendBack(tx, s.Payment, Refund{CreditID: &creditID, Amount: part, Reason: reason}); err != nil {
			return err
		}
		amount -= part
	}
	if amount > 0 {
		return fault.New(fault.Conflict, "fault.above_captured")
	}
	return nil
}

// RefundPayment notes that a payment goes back as a whole which its order did not need. It is for no credit.
func (g Gateways) RefundPayment(tx db.Tx, p Payment, reason string) error {
	return g.sendBack(tx, p, Refund{Amount: p.Amount, Reason: reason})
}

// sendBack has a refund of a payment sent. Gateways that refund by themselves are done with it at once, hosted ones have it
// sent by a job; the rest is due until staff mark it as done.
func (g Gateways) sendBack(tx db.Tx, p Payment, r Refund) error {
	r.PaymentID, r.State, r.At = p.ID, "due", tx.Now()
	gateway, found := g.Find(p.Provider)
	if found && gateway.RefundsItself() {
		r.State, r.DoneAt = "done", tx.Now()
	}
	if err := tx.Gorm().Create(&r).Error; err != nil {
		return err
	}
	if p.Provider == "transfer" || r.State == "done" {
		return nil
	}
	return job.Queue(tx, JobRefund, r.ID)
}

// RefundByID is a refund with the payment it belongs to.
func RefundByID(tx db.Tx, id int64) (r Refund, p Payment, err error) {
	if err := tx.Gorm().Take(&r, "id = ?", id).Error; err != nil {
		return r, p, err
	}
	err = tx.Gorm().Take(&p, "id = ?", r.PaymentID).Error
	return r, p, err
}

// Key names the refund of a payment at its provider, for ever.
func (r Refund) Key(p Payment) string { return p.ProviderID + "-" + strconv.FormatInt(r.ID, 10) }

// FindRefund is the refund that a provider's word is about, by its key, and the payment it belongs to. A refund that the shop
// did not ask for is not found, its payment is when it is the shop's.
func FindRefund(tx db.Tx, provider string, a RefundAnswer) (r Refund, p Payment, found bool, err error) {
	if p, err = Find(tx, provider, a.PaymentID); err != nil || p.ID == 0 {
		return r, p, false, err
	}
	_, refunds, err := Of(tx, p.OrderID)
	at := slices.IndexFunc(refunds, func(r Refund) bool { return r.PaymentID == p.ID && r.Key(p) == a.Key })
	if err != nil || at < 0 {
		return r, p, false, err
	}
	return refunds[at], p, true, nil
}

// Learn takes note of what a refund's provider says of it. What was learned before is never taken back, in whatever order
// the answers come: once done it can only turn out as failed, and a failed one is staff's.
func (r Refund) Learn(tx db.Tx, a RefundAnswer) error {
	if r.Failure != "" {
		return nil
	}
	if a.ID != "" {
		if _, err := tx.Exec("UPDATE refunds SET provider_id = ?, sent_at = COALESCE(sent_at, ?) WHERE id = ?", a.ID, tx.Now(), r.ID); err != nil {
			return err
		}
	}
	var err error
	switch a.State {
	case RefundDone:
		_, err = tx.Exec("UPDATE refunds SET state = 'done', done_at = ? WHERE id = ? AND state = 'due'", tx.Now(), r.ID)
	case RefundFailed:
		_, err = tx.Exec("UPDATE refunds SET state = 'due', done_at = NULL, failure = ? WHERE id = ?", a.Reason, r.ID)
	}
	return err
}

// ForStaff reports whether staff send a refund of this payment: its gateway does not, or has failed to.
func (p Payment) ForStaff(r Refund) bool {
	return r.State == "due" && (p.Provider == "transfer" || r.Failure != "")
}

// MarkRefunded notes that staff have sent a due refund of an order, one that is theirs to send.
func MarkRefunded(tx db.Tx, orderID, refundID int64) error {
	payments, refunds, err := Of(tx, orderID)
	if err != nil {
		return err
	}
	for _, r := range refunds {
		at := slices.IndexFunc(payments, func(p Payment) bool { return p.ID == r.PaymentID })
		if r.ID == refundID && payments[at].ForStaff(r) {
			_, err := tx.Exec("UPDATE refunds SET state = 'done', done_at = ? WHERE id = ?", tx.Now(), refundID)
			return err
		}
	}
	return fault.New(fault.NotFound, "fault.refund")
}

// Of are an order's payments and refunds, oldest first.
func Of(tx db.Tx, orderID int64) (payments []Payment, refunds []Refund, err error) {
	attempt := func(p *Payment) []any {
		return []any{&p.ID, &p.OrderID, &p.Provider, &p.ProviderID, &p.State, &p.Amount, &p.Currency, &p.At}
	}
	payments, err = db.List(tx, attempt, `SELECT id, order_id, provider, provider_id, state, amount, currency, at FROM payments
		WHERE order_id = ? ORDER BY id`, orderID)
	if err != nil || len(payments) == 0 {
		return nil, nil, err
	}
	back := func(r *Refund) []any {
		return []any{&r.ID, &r.PaymentID, &r.CreditID, &r.Amount, &r.State, &r.Reason, &r.At, &r.DoneAt, &r.ProviderID, &r.SentAt, &r.Failure}
	}
	refunds, err = db.List(tx, back, `SELECT id, payment_id, credit_id, amount, state, reason, at, done_at, provider_id, sent_at, failure FROM refunds
		WHERE payment_id IN (SELECT id FROM payments WHERE order_id = ?) ORDER BY id`, orderID)
	return payments, refunds, err
}
