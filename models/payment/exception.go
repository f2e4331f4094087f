package payment

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
)

// AlarmException is the job that tells staff of an exception, which is its subject.
const AlarmException = "staff.payment"

// ExceptionKind is what an exception is about.
type ExceptionKind string

// The kinds of exceptions: an event that fits nothing; a session of which the provider says nothing; a payment that came
// after its hold had run out, whose goods could be held again; one that could not be used and goes back; and a refund that
// the provider does not send.
const (
	EventParked    ExceptionKind = "event"
	SessionSilent  ExceptionKind = "silent"
	PaidHeldAgain  ExceptionKind = "held_again"
	PaidBack       ExceptionKind = "paid_back"
	RefundStranded ExceptionKind = "refund"
)

// Exception is a payment that somebody has to look at. About is the provider's id of what it is about; Finding says what is
// wrong, in English, for staff. It names no buyer.
type Exception struct {
	ID        int64
	Kind      ExceptionKind
	About     string
	OrderID   *int64
	Finding   string
	RaisedAt  clock.Instant
	HandledAt clock.Instant
	Number    string `gorm:"-"` // of the order
}

// TableName is where exceptions are kept.
func (Exception) TableName() string { return "payment_exceptions" }

// Raise keeps an exception and has staff told, once for each kind and what it is about. orderID is 0 when it belongs to none.
func Raise(tx db.Tx, kind ExceptionKind, about string, orderID int64, finding string) error {
	var order *int64
	if orderID != 0 {
		order = &orderID
	}
	var id int64
	err := tx.QueryRow(`INSERT INTO payment_exceptions (kind, about, order_id, finding, raised_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING RETURNING id`, string(kind), about, order, finding, tx.Now()).Scan(&id)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return job.Queue(tx, AlarmException, id)
}

// Exceptions are those that nobody has handled yet, oldest first; with an id that one, handled or not.
func Exceptions(tx db.Tx, id int64) ([]Exception, error) {
	fields := func(e *Exception) []any {
		return []any{&e.ID, &e.Kind, &e.About, &e.OrderID, &e.Finding, &e.RaisedAt, &e.HandledAt, &e.Number}
	}
	return db.List(tx, fields, `SELECT e.id, e.kind, e.about, e.order_id, e.finding, e.raised_at, e.handled_at, COALESCE(o.number, '')
		FROM payment_exceptions e LEFT JOIN orders o ON o.id = e.order_id
		WHERE e.id = ? OR (? = 0 AND e.handled_at IS NULL) ORDER BY e.id`, id, id)
}

// Handle notes that somebody has dealt with an exception. What is kept of a parked event is dropped with it.
func Handle(tx db.Tx, id int64) (Exception, error) {
	found, err := Exceptions(tx, id)
	if err != nil {
		return Exception{}, err
	}
	if len(found) == 0 || !found[0].HandledAt.IsZero() {
		return Exception{}, fault.New(fault.NotFound, "fault.exception")
	}
	if _, err := tx.Exec("UPDATE payment_exceptions SET handled_at = ? WHERE id = ?", tx.Now(), id); err != nil {
		return Exception{}, err
	}
	if found[0].Kind == EventParked {
		_, err = tx.Exec("UPDATE stripe_events SET payload = '' WHERE event_id = ? AND outcome = 'parked'", found[0].About)
	}
	return found[0], err
}
