// Package clock keeps time: the instants that the shop stores and the two clocks it reads. The shop's clock decides what
// the shop decides and can be moved; the machine's clock ages sessions and one-time codes and can't.
package clock

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Instant is a point in time in milliseconds since 1970 UTC. Zero means "none" and is NULL in the database.
type Instant int64

// Of is the instant of t, cut to the millisecond.
func Of(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time is the instant as UTC time.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// In is the instant in a place's local time.
func (i Instant) In(zone *time.Location) time.Time { return i.Time().In(zone) }

// Add is the instant d later, cut to the millisecond.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Sub is the time from other to i.
func (i Instant) Sub(other Instant) time.Duration { return time.Duration(i-other) * time.Millisecond }

// IsZero reports whether there is no instant.
func (i Instant) IsZero() bool { return i == 0 }

// Reached reports whether i is set and is at or before now.
func (i Instant) Reached(now Instant) bool { return i != 0 && i <= now }

func (i Instant) String() string {
	if i.IsZero() {
		return "none"
	}
	return i.Time().Format("2006-01-02T15:04:05.000Z")
}

// Earliest is the first of the instants that are set, or none.
func Earliest(instants ...Instant) Instant {
	var first Instant
	for _, i := range instants {
		if i != 0 && (first == 0 || i < first) {
			first = i
		}
	}
	return first
}

// Value stores the instant as an integer, and "none" as NULL.
func (i Instant) Value() (driver.Value, error) {
	if i == 0 {
		return nil, nil
	}
	return int64(i), nil
}

// Scan reads an integer or NULL.
func (i *Instant) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i = 0
	case int64:
		*i = Instant(v)
	default:
		return fmt.Errorf("clock: %T is not an instant", value)
	}
	return nil
}

// GormDataType tells GORM the column's type.
func (Instant) GormDataType() string { return "integer" }

// Clock tells the time.
type Clock func() Instant

// Machine is the machine's own clock, read through now (time.Now outside tests).
func Machine(now func() time.Time) Clock {
	return func() Instant { return Of(now()) }
}

// Starting is base moved so that it stands at start when this is called, and runs on from there.
func Starting(base Clock, start Instant) Clock {
	ahead := start - base()
	return func() Instant { return base() + ahead }
}
