package payment

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
)

// JobEvent is the job that applies a stored event, which is its subject.
const JobEvent = "payment.event"

// What became of an event: it was applied, was about nothing that the shop follows, or did not fit and is parked for staff.
const (
	Applied = "applied"
	Ignored = "ignored"
	Parked  = "parked"
)

// StoredEvent is a message of the provider as it came in.
type StoredEvent struct {
	ID         int64
	EventID    string
	Type       string
	Payload    string
	ReceivedAt clock.Instant
	AppliedAt  clock.Instant
	Outcome    *string
}

// TableName is where events are kept.
func (StoredEvent) TableName() string { return "stripe_events" }

// Store keeps a verified event and has it applied. One that is known by its id changes nothing.
func Store(tx db.Tx, e Event, payload []byte) error {
	var id int64
	err := tx.QueryRow(`INSERT INTO stripe_events (event_id, type, payload, received_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (event_id) DO NOTHING RETURNING id`, e.ID, e.Type, string(payload), tx.Now()).Scan(&id)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return job.Queue(tx, JobEvent, id)
}

// EventByID is a stored event.
func EventByID(tx db.Tx, id int64) (e StoredEvent, err error) {
	err = tx.QueryRow("SELECT id, event_id, type, payload, received_at, applied_at, outcome FROM stripe_events WHERE id = ?", id).
		Scan(&e.ID, &e.EventID, &e.Type, &e.Payload, &e.ReceivedAt, &e.AppliedAt, &e.Outcome)
	return e, err
}

// Finish writes down what became of an event. What it said is dropped, unless it is parked: it names the buyer.
func (e StoredEvent) Finish(tx db.Tx, outcome string) error {
	_, err := tx.Exec(`UPDATE stripe_events SET applied_at = ?, outcome = ?, payload = CASE ? WHEN 'parked' THEN payload ELSE '' END
		WHERE id = ? AND applied_at IS NULL`, tx.Now(), outcome, outcome, e.ID)
	return err
}
