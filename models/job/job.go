// Package job keeps what must happen after a commit: each job is queued in the transaction that causes it, so it exists if
// and only if its cause does, and is done at least once.
package job

import (
	"errors"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Job is something to do about a subject. Its kind says what, its subject's id with whom; anything else is read when it
// runs, so a job holds no personal data.
type Job struct {
	ID        int64
	Kind      string
	SubjectID int64
	RunAt     clock.Instant
	Attempts  int
	LastError string
	QueuedAt  clock.Instant
	DoneAt    clock.Instant
	DeadAt    clock.Instant
}

// Queue has a job done soon after the transaction commits.
func Queue(tx db.Tx, kind string, subjectID int64) error {
	_, err := tx.Exec("INSERT INTO jobs (kind, subject_id, run_at, queued_at) VALUES (?, ?, ?, ?)", kind, subjectID, tx.Now(), tx.Now())
	return err
}

// Done notes that a job is done.
func Done(tx db.Tx, id int64) error {
	_, err := tx.Exec("UPDATE jobs SET done_at = ?, last_error = '' WHERE id = ?", tx.Now(), id)
	return err
}

// Retry has a job that was given up tried again soon, with all its tries. A job that was not is left as it is: retried is
// false.
func Retry(tx db.Tx, id int64) (retried bool, err error) {
	result, err := tx.Exec("UPDATE jobs SET dead_at = NULL, attempts = 0, run_at = ? WHERE id = ? AND dead_at IS NOT NULL", tx.Now(), id)
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows > 0, err
}

// Final is a failure that another try would not mend: the job is dead at once.
func Final(err error) error { return final{err} }

type final struct{ error }

func (f final) Unwrap() error { return f.error }

func isFinal(err error) bool {
	var f final
	return errors.As(err, &f)
}
