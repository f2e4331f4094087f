package order

import (
	"softlaunch/models/db"
	"softlaunch/models/payment"
)

// Told stores a provider's message and applies it in a transaction of the test's own.
func (o *Orders) Told(tx db.Tx, e payment.Event, payload []byte) error {
	if err := expireDue(tx); err != nil {
		return err
	}
	if err := payment.Store(tx, e, payload); err != nil {
		return err
	}
	var id int64
	if err := tx.QueryRow("SELECT id FROM stripe_events WHERE event_id = ?", e.ID).Scan(&id); err != nil {
		return err
	}
	stored, err := payment.EventByID(tx, id)
	if err != nil || !stored.AppliedAt.IsZero() {
		return err
	}
	return o.applyStored(tx, stored)
}
