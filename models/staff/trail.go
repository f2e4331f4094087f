package staff

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Entry is a line of the trail: who changed what, when, from what to what.
type Entry struct {
	ID      int64
	At      clock.Instant
	StaffID *int64
	Actor   string
	Change  `gorm:"embedded"`
}

// TableName is where the trail is kept.
func (Entry) TableName() string { return "trail" }

// Change is what was done: a verb ("reschedule", "price", "ship") to a subject ("market", "product", "order") of a name
// (its code, slug or number).
type Change struct {
	Verb, Subject, Name   string
	Before, After, Reason string
}

// Record writes a change into the trail, in the transaction that makes it.
func Record(tx db.Tx, by Actor, c Change) error {
	var id *int64
	if by.ID != 0 {
		id = &by.ID
	}
	_, err := tx.Exec(`INSERT INTO trail (at, staff_id, actor, verb, subject, name, before, after, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.Now(), id, by.Name, c.Verb, c.Subject, c.Name, c.Before, c.After, c.Reason)
	return err
}
