package payment

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Refund is money that goes back to a buyer: due until the gateway or staff have sent it. CreditID is the credit that it pays.
type Refund struct {
	ID        int64
	PaymentID int64
	CreditID  *int64
	Amount    int64
	State     string // due, done
	Reason    string
	At        clock.Instant
	DoneAt    clock.Instant
}

// Refund notes that an amount of what was captured for an order goes back, for a credit: from its newest payment first.
// Gateways that refund by themselves are done with it at once; the rest is due until staff mark it as done. It is a Conflict
// when less was captured and not refunded yet.
func (g Gateways) Refund(tx db.Tx, orderID, creditID, amount int64, reason string) error {
	type source struct {
		id       int64
		provider string
		left     int64
	}
	sources, err := db.List(tx, func(s *source) []any { return []any{&s.id, &s.provider, &s.left} },
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
		refund := Refund{PaymentID: s.id, CreditID: &creditID, Amount: part, State: "due", Reason: reason, At: tx.Now()}
		if gateway, found := g.Find(s.provider); found && gateway.RefundsItself() {
			refund.State, refund.DoneAt = "done", tx.Now()
		}
		if err := tx.Gorm().Create(&refund).Error; err != nil {
			return err
		}
		amount -= part
	}
	if amount > 0 {
		return fault.New(fault.Conflict, "fault.above_captured")
	}
	return nil
}

// MarkRefunded notes that staff have sent a due refund of an order.
func MarkRefunded(tx db.Tx, orderID, refundID int64) error {
	result, err := tx.Exec(`UPDATE refunds SET state = 'done', done_at = ? WHERE id = ? AND state = 'due'
		AND payment_id IN (SELECT id FROM payments WHERE order_id = ?)`, tx.Now(), refundID, orderID)
	if err != nil {
		return err
	}
	if rows, err := result.RowsAffected(); err != nil || rows == 0 {
		return fault.New(fault.NotFound, "fault.refund")
	}
	return nil
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
		return []any{&r.ID, &r.PaymentID, &r.CreditID, &r.Amount, &r.State, &r.Reason, &r.At, &r.DoneAt}
	}
	refunds, err = db.List(tx, back, `SELECT id, payment_id, credit_id, amount, state, reason, at, done_at FROM refunds
		WHERE payment_id IN (SELECT id FROM payments WHERE order_id = ?) ORDER BY id`, orderID)
	return payments, refunds, err
}
