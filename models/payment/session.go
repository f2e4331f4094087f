package payment

import (
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// SessionState is what the shop knows of a session.
type SessionState string

// The states of a session: asked for, open, and closed as paid or unpaid; lost is one of which the provider gave no answer
// for GiveUp.
const (
	SessionAsked  SessionState = "asked"
	SessionOpen   SessionState = "open"
	SessionPaid   SessionState = "paid"
	SessionUnpaid SessionState = "unpaid"
	SessionLost   SessionState = "lost"
)

// GiveUp is how long after a session's end its goods stay held at most while the provider gives no answer, and AlarmAfter
// when staff are told that it gives none.
const (
	GiveUp     = 24 * time.Hour
	AlarmAfter = 15 * time.Minute
)

// Session is an order's visit to a provider's page. At most one of an order is asked for or open.
type Session struct {
	ID         int64
	OrderID    int64
	Attempt    int
	Provider   string
	ProviderID string
	URL        string
	State      SessionState
	Amount     int64
	Currency   string
	AskedAt    clock.Instant
	EndsAt     clock.Instant // until when the buyer may pay
	ClosesAt   clock.Instant // when the provider ends it by itself, by the machine's clock
	AskAt      clock.Instant
	Silences   int
	ClosedAt   clock.Instant
}

const sessionColumns = `id, order_id, attempt, provider, COALESCE(provider_id, ''), url, state, amount, currency, asked_at, ends_at,
	closes_at, ask_at, silences, closed_at`

func (s *Session) fields() []any {
	return []any{&s.ID, &s.OrderID, &s.Attempt, &s.Provider, &s.ProviderID, &s.URL, &s.State, &s.Amount, &s.Currency, &s.AskedAt, &s.EndsAt,
		&s.ClosesAt, &s.AskAt, &s.Silences, &s.ClosedAt}
}

// Live reports whether the session may still be paid in as far as the shop knows.
func (s Session) Live() bool { return s.State == SessionAsked || s.State == SessionOpen }

// Holds is until when a session's goods are held at most: for so long the provider may be silent.
func (s Session) Holds() clock.Instant { return s.EndsAt.Add(GiveUp) }

// Sessions are an order's sessions, oldest first.
func Sessions(tx db.Tx, orderID int64) ([]Session, error) {
	return db.List(tx, (*Session).fields, "SELECT "+sessionColumns+" FROM payment_sessions WHERE order_id = ? ORDER BY id", orderID)
}

// FindSession is a session by its provider's id.
func FindSession(tx db.Tx, provider, providerID string) (s Session, found bool, err error) {
	err = tx.QueryRow("SELECT "+sessionColumns+" FROM payment_sessions WHERE provider = ? AND provider_id = ?", provider, providerID).Scan(s.fields()...)
	if db.NotFound(err) {
		return Session{}, false, nil
	}
	return s, err == nil, err
}

// SessionByID is a session that is known to be there.
func SessionByID(tx db.Tx, id int64) (s Session, err error) {
	err = tx.QueryRow("SELECT "+sessionColumns+" FROM payment_sessions WHERE id = ?", id).Scan(s.fields()...)
	return s, err
}

// DueSessions are sessions of which the provider is to be asked now, the longest due first.
func DueSessions(tx db.Tx, limit int) ([]Session, error) {
	return db.List(tx, (*Session).fields, "SELECT "+sessionColumns+` FROM payment_sessions
		WHERE closed_at IS NULL AND ask_at <= ? ORDER BY ask_at, id LIMIT ?`, tx.Now(), limit)
}

// Ask writes down that a session is asked for and gives it its id.
func (s *Session) Ask(tx db.Tx) error {
	s.State, s.AskedAt, s.AskAt = SessionAsked, tx.Now(), s.EndsAt
	return tx.QueryRow(`INSERT INTO payment_sessions (order_id, attempt, provider, state, amount, currency, asked_at, ends_at, closes_at, ask_at)
		VALUES (?, (SELECT COUNT(*) + 1 FROM payment_sessions WHERE order_id = ?), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, attempt`,
		s.OrderID, s.OrderID, s.Provider, string(s.State), s.Amount, s.Currency, s.AskedAt, s.EndsAt, s.ClosesAt, s.AskAt).Scan(&s.ID, &s.Attempt)
}

// Open writes down what the provider answered: from now on the session may be paid in.
func (s *Session) Open(tx db.Tx, start Start, askAt clock.Instant) error {
	s.State, s.ProviderID, s.URL, s.AskAt = SessionOpen, start.SessionID, start.Next, askAt
	_, err := tx.Exec("UPDATE payment_sessions SET state = ?, provider_id = ?, url = ?, ask_at = ? WHERE id = ? AND state = 'asked'",
		string(s.State), s.ProviderID, s.URL, s.AskAt, s.ID)
	return err
}

// AskAgain has the provider asked at an instant; silences is how often in a row it has given no answer.
func (s *Session) AskAgain(tx db.Tx, at clock.Instant, silences int) error {
	s.AskAt, s.Silences = at, silences
	_, err := tx.Exec("UPDATE payment_sessions SET ask_at = ?, silences = ? WHERE id = ?", at, silences, s.ID)
	return err
}

// Close writes down how a session ended. One that was paid stays so; one that was closed otherwise can still turn out as paid.
func (s *Session) Close(tx db.Tx, how SessionState) error {
	if s.State == SessionPaid {
		return nil
	}
	s.State, s.ClosedAt = how, tx.Now()
	_, err := tx.Exec("UPDATE payment_sessions SET state = ?, closed_at = ?, silences = 0 WHERE id = ?", string(how), s.ClosedAt, s.ID)
	return err
}

// EndSessions has an order's live session ended soon, because the order awaits no payment in it any more.
func EndSessions(tx db.Tx, orderID int64) error {
	_, err := tx.Exec("UPDATE payment_sessions SET ask_at = ? WHERE order_id = ? AND closed_at IS NULL", tx.Now(), orderID)
	return err
}
