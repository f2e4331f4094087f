package market

import (
	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Interval is the time [From, To). A zero To is until further notice, a zero From since ever.
type Interval struct{ From, To clock.Instant }

// Contains reports whether now lies in the interval: From itself does, To doesn't.
func (i Interval) Contains(now clock.Instant) bool {
	return i.From <= now && (i.To.IsZero() || now < i.To)
}

// Schedule is when a market changes its phase. Zero instants aren't set. A phase whose instant isn't set is left out: a
// market with a launch but no test goes from announced straight to open, and one without any instant stays a draft.
type Schedule struct {
	AnnouncedAt, TestAt, LaunchAt clock.Instant
	Pauses                        []Interval
}

// Phase is the market's phase at now. A pause covers every phase but draft, so it can't reveal a market.
func (s Schedule) Phase(now clock.Instant) Phase {
	phase := s.Underlying(now)
	if phase != Draft && s.paused(now) {
		return Paused
	}
	return phase
}

// Underlying is the phase at now as if there were no pauses. The last instant reached decides, so a launch ends the
// earlier phases even when their own instants are missing or later.
func (s Schedule) Underlying(now clock.Instant) Phase {
	switch {
	case s.LaunchAt.Reached(now):
		return Open
	case s.TestAt.Reached(now):
		return Test
	case s.AnnouncedAt.Reached(now):
		return Announced
	}
	return Draft
}

// Next is the first instant after now at which Phase differs from what it is at now, or none. Pauses that overlap or
// touch are one pause, and a launch inside a pause changes nothing until the pause ends.
func (s Schedule) Next(now clock.Instant) clock.Instant {
	phase := s.Phase(now)
	for at := s.After(now); at != 0; at = s.After(at) {
		if s.Phase(at) != phase {
			return at
		}
	}
	return 0
}

// After is the schedule's next instant after now, whether or not the phase changes at it, or none.
func (s Schedule) After(now clock.Instant) clock.Instant {
	next := Ahead(now, s.AnnouncedAt, s.TestAt, s.LaunchAt)
	for _, pause := range s.Pauses {
		next = clock.Earliest(next, Ahead(now, pause.From, pause.To))
	}
	return next
}

// Check refuses a schedule whose instants, where set, aren't in the order announced, test, launch. Instants may be
// equal; the phase between them is then left out. The fault's fields are test_at and launch_at.
func (s Schedule) Check() error {
	fields := fault.Fields{}
	if before(s.TestAt, s.AnnouncedAt) {
		fields.Add("test_at", "schedule.test_before_announced")
	}
	if before(s.LaunchAt, s.TestAt) {
		fields.Add("launch_at", "schedule.launch_before_test")
	}
	if before(s.LaunchAt, s.AnnouncedAt) {
		fields.Add("launch_at", "schedule.launch_before_announced")
	}
	return fields.Err()
}

// Ahead is the earliest of the instants that are set and after now, or none.
func Ahead(now clock.Instant, instants ...clock.Instant) clock.Instant {
	var next clock.Instant
	for _, at := range instants {
		if at > now {
			next = clock.Earliest(next, at)
		}
	}
	return next
}

func (s Schedule) paused(now clock.Instant) bool {
	for _, pause := range s.Pauses {
		if pause.Contains(now) {
			return true
		}
	}
	return false
}

func before(later, earlier clock.Instant) bool {
	return later != 0 && earlier != 0 && later < earlier
}
