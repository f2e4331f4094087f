package payment

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Refund is money that goes back to a buyer: due until the gateway or staff have sent it.
type Refund struct {
	ID        int64
	PaymentID int64
	Amount    int64
	State     string // due, done
	Reason    string
	At        clock.Instant
	DoneAt    clock.Instant
}

// RefundAll notes that everything captured for an order and not refunded yet goes back. Gateways that refund by
// themselves are done with it at once; the rest is due until staff mark it as done.
func (g Gateways) RefundAll(tx db.Tx, orderID int64, reason string) error {
	var payments []Payment
	if err := tx.Gorm().Where("order_id = ? AND state = ?", orderID, Captured).Find(&payments).Error; err != nil {
		return err
	}
	for _, p := range payments {
		var back int64
		if err := tx.QueryRow("SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE payment_id = ?", p.ID).Scan(&back); err != nil {
			return err
		}
		if back >= p.Amount {
			continue
		}
		refund := Refund{PaymentID: p.ID, Amount: p.Amount - back, State: "due", Reason: reason, At: tx.Now()}
		if gateway, found := g.Find(p.Provider); found && gateway.RefundsItself() {
			refund.State, refund.DoneAt = "done", tx.Now()
		}
		if err := tx.Gorm().Create(&refund).Error; err != nil {
			return err
		}
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
		return []any{&r.ID, &r.PaymentID, &r.Amount, &r.State, &r.Reason, &r.At, &r.DoneAt}
	}
	refunds, err = db.List(tx, back, `SELECT id, payment_id, amount, state, reason, at, done_at FROM refunds
		WHERE payment_id IN (SELECT id FROM payments WHERE order_id = ?) ORDER BY id`, orderID)
	return payments, refunds, err
}
