package launch

import (
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// tellMoved queues a mail to everybody on a market's lists who waits: its launch has moved, or it pauses, or sells again.
// What the mail says is read when it is written, so one that still waits serves a later change too. A draft tells nobody,
// and a market that is open has no launch to wait for any more.
func tellMoved(tx db.Tx, m market.Market, s market.Schedule) error {
	if !tells(tx, s) {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO jobs (kind, subject_id, run_at, queued_at) SELECT ?, i.id, ?, ? FROM interests i
		WHERE i.market_id = ? AND i.confirmed_at IS NOT NULL AND i.told_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM jobs j WHERE j.kind = ? AND j.subject_id = i.id AND j.done_at IS NULL AND j.dead_at IS NULL)`,
		MailMoved, tx.Now(), tx.Now(), m.ID, MailMoved)
	return err
}

// tells reports whether anybody who waits is told of changes: not of those of a draft, and an open market is waited for no more.
func tells(tx db.Tx, s market.Schedule) bool {
	phase := s.Underlying(tx.Now())
	return phase != market.Draft && phase != market.Open
}

// waiting is how many confirmed entries a market's lists have that wait.
func waiting(tx db.Tx, m market.Market) (n int, err error) {
	err = tx.QueryRow("SELECT COUNT(*) FROM interests WHERE market_id = ? AND confirmed_at IS NOT NULL AND told_at IS NULL", m.ID).Scan(&n)
	return n, err
}

// moves reports whether a schedule changes what people who wait were told.
func moves(before, after market.Schedule) bool {
	return before.TestAt != after.TestAt || before.LaunchAt != after.LaunchAt
}
