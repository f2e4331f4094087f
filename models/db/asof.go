package db

import (
	"sync/atomic"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// errPreview is the answer to a change through a view of another instant.
var errPreview = fault.New(fault.Forbidden, "fault.preview")

// AsOf is a view of the same database as it will be, or was, by the clock alone: every Read runs at that instant, with the
// rows that there are now. Write is Forbidden (fault.preview) and nothing is changed. The view needs no closing. It is meant
// for one page: the settings that Keep remembers stay for all of it what they were at its first Read.
func (d *DB) AsOf(at clock.Instant) *DB {
	return &DB{now: func() clock.Instant { return at }, engine: d.engine, readers: d.readers, seen: new(atomic.Int64), close: func() error { return nil }}
}
