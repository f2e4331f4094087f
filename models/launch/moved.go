package launch

import (
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// tellMoved queues a mail to everybody on a market's lists who waits: its launch has moved, or it pauses, or sells again.
// What the mail says is read when it is written, so one that still waits serves a later change too. A draft tells nobody,
// and a market that is open has no launch to wait for any more.
func tellMoved(tx db.Tx, m market.Market, s market.Schedule) error {
	if phase := s.Underlying(tx.Now()); phase == market.Draft || phase == market.Open {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO jobs (kind, subject_id, run_at, queued_at) SELECT ?, i.id, ?, ? FROM interests i
		WHERE i.market_id = ? AND i.confirmed_at IS NOT NULL AND i.told_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM jobs j WHERE j.kind = ? AND j.subject_id = i.id AND j.done_at IS NULL AND j.dead_at IS NULL)`,
		MailMoved, tx.Now(), tx.Now(), m.ID, MailMoved)
	return err
}

// moves reports whether a schedule changes what people who wait were told.
func moves(before, after market.Schedule) bool {
	return before.TestAt != after.TestAt || before.LaunchAt != after.LaunchAt
}
