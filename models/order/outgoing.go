package order

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/launch"
	"softlaunch/models/payment"
)

// Outgoing is a job that mails, with its mail once that is written. Jobs of other kinds are among them when they are dead:
// somebody has to see them.
type Outgoing struct {
	JobID       int64
	Kind        string
	Attempts    int
	LastError   string
	RunAt       clock.Instant // when it is tried next, while it waits
	QueuedAt    clock.Instant
	DoneAt      clock.Instant
	DeadAt      clock.Instant
	MailID      int64 // 0 while nothing is written
	Recipient   string
	Subject     string
	SentAt      clock.Instant
	OrderNumber string
}

// MailState is how far a mail has come.
type MailState string

// The states of a mail. Kept is a mail that nobody sends because there is no mail server.
const (
	MailSent    MailState = "sent"
	MailWaiting MailState = "waiting"
	MailDead    MailState = "dead"
	MailKept    MailState = "kept"
)

// MailStates are all of them.
var MailStates = []MailState{MailSent, MailWaiting, MailDead, MailKept}

// State is how far the mail has come.
func (o Outgoing) State() MailState {
	switch {
	case !o.DeadAt.IsZero():
		return MailDead
	case o.DoneAt.IsZero():
		return MailWaiting
	case o.SentAt.IsZero():
		return MailKept
	}
	return MailSent
}

// AllMailKinds are the jobs that mail anybody: buyers, people on lists of interest, staff.
var AllMailKinds = slices.Concat(MailKinds, []string{MailRefundSent, MailWithdrawal, MailLinks}, launch.NoticeKinds, launch.AlarmKinds, []string{payment.AlarmException})

// MailFilter says which mails staff look at. Text is found in the recipient, or is an order's number; Before is the id of
// the job to page on from.
type MailFilter struct {
	Kind   string
	State  MailState
	Text   string
	Before int64
}

// outgoing are jobs and what they mail. A job that mails again has the mail of its sending.
const outgoing = `SELECT j.id AS job_id, j.kind, j.attempts, j.last_error, j.run_at, j.queued_at, j.done_at, j.dead_at,
		COALESCE(m.id, 0) AS mail_id, COALESCE(m.recipient, '') AS recipient, COALESCE(m.subject, '') AS subject,
		CASE WHEN s.id IS NULL THEN m.sent_at ELSE s.sent_at END AS sent_at, COALESCE(o.number, '') AS order_number
	FROM jobs j LEFT JOIN mail_sendings s ON j.kind = '` + MailAgain + `' AND s.id = j.subject_id
		LEFT JOIN mails m ON m.id = COALESCE(s.mail_id, (SELECT own.id FROM mails own WHERE own.job_id = j.id))
		LEFT JOIN orders o ON o.id = m.order_id`

// Outgoing are the newest mails that fit, and whether there are more. Jobs that mailed nobody are left out, and those whose
// mail is forgotten.
func (o *Orders) Outgoing(ctx context.Context, f MailFilter, limit int) (found []Outgoing, more bool, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		condition, values := f.where()
		return tx.Gorm().Raw(outgoing+" WHERE "+condition+" ORDER BY j.id DESC LIMIT ?", append(values, limit+1)...).Scan(&found).Error
	})
	if len(found) > limit {
		return found[:limit], true, err
	}
	return found, false, err
}

func (f MailFilter) where() (condition string, values []any) {
	all := []string{"(m.id IS NOT NULL OR j.dead_at IS NOT NULL OR (j.done_at IS NULL AND j.kind IN ?))"}
	values = []any{append([]string{MailAgain}, AllMailKinds...)}
	add := func(part string, more ...any) {
		all, values = append(all, part), append(values, more...)
	}
	if f.Kind != "" {
		add("j.kind = ?", f.Kind)
	}
	if part := byState[f.State]; part != "" {
		add(part)
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		add("(o.number = ? OR lower(m.recipient) LIKE ? ESCAPE '!')", strings.ToUpper(text), like(text))
	}
	if f.Before > 0 {
		add("j.id < ?", f.Before)
	}
	return strings.Join(all, " AND "), values
}

var byState = map[MailState]string{
	MailSent:    "j.done_at IS NOT NULL AND CASE WHEN s.id IS NULL THEN m.sent_at ELSE s.sent_at END IS NOT NULL",
	MailWaiting: "j.done_at IS NULL AND j.dead_at IS NULL",
	MailDead:    "j.dead_at IS NOT NULL",
	MailKept:    "j.done_at IS NOT NULL AND CASE WHEN s.id IS NULL THEN m.sent_at ELSE s.sent_at END IS NULL",
}

// Sendings are how a mail went out, its own job first, then each time that staff had it sent again.
func (o *Orders) Sendings(ctx context.Context, mailID int64) ([]Outgoing, error) {
	var found []Outgoing
	err := o.data.Read(ctx, func(tx db.Tx) error {
		return sendings(tx, mailID).Scan(&found).Error
	})
	return found, err
}

func sendings(tx db.Tx, mailID int64) *gorm.DB {
	return tx.Gorm().Raw(outgoing+" WHERE m.id = ? AND (s.id IS NOT NULL OR j.id = m.job_id) ORDER BY j.id", mailID)
}
