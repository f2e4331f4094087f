package market

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

func TestPhaseChangesAtItsInstantNotBefore(t *testing.T) {
	full := Schedule{AnnouncedAt: 1000, TestAt: 2000, LaunchAt: 3000}
	paused := full
	paused.Pauses = []Interval{{From: 500, To: 1500}, {From: 2900, To: 3100}, {From: 3100, To: 3200}, {From: 5000}}
	for _, c := range []struct {
		name     string
		schedule Schedule
		now      clock.Instant
		phase    Phase
		next     clock.Instant
	}{
		{"nothing set stays draft", Schedule{}, 9000, Draft, 0},
		{"draft before announced", full, 999, Draft, 1000},
		{"announced at its instant", full, 1000, Announced, 2000},
		{"announced before the test", full, 1999, Announced, 2000},
		{"test at its instant", full, 2000, Test, 3000},
		{"test before the launch", full, 2999, Test, 3000},
		{"open at the launch", full, 3000, Open, 0},
		{"announced alone lasts", Schedule{AnnouncedAt: 1000}, 9000, Announced, 0},
		{"without a test announced until the launch", Schedule{AnnouncedAt: 1000, LaunchAt: 3000}, 2999, Announced, 3000},
		{"without a test open at the launch", Schedule{AnnouncedAt: 1000, LaunchAt: 3000}, 3000, Open, 0},
		{"test alone is draft before", Schedule{TestAt: 2000}, 1999, Draft, 2000},
		{"test alone lasts", Schedule{TestAt: 2000}, 9000, Test, 0},
		{"launch alone is draft before", Schedule{LaunchAt: 3000}, 2999, Draft, 3000},
		{"a launch ends phases set later", Schedule{AnnouncedAt: 8000, TestAt: 9000, LaunchAt: 3000}, 3000, Open, 0},
		{"test at the launch is left out", Schedule{AnnouncedAt: 1000, TestAt: 3000, LaunchAt: 3000}, 3000, Open, 0},
		{"a pause reveals no draft", paused, 999, Draft, 1000},
		{"a pause covers announced", paused, 1000, Paused, 1500},
		{"a pause lasts until its end", paused, 1499, Paused, 1500},
		{"a pause is over at its end", paused, 1500, Announced, 2000},
		{"a coming pause is next", paused, 2899, Test, 2900},
		{"a pause begins at its instant", paused, 2900, Paused, 3200},
		{"a pause covers the launch and touching pauses are one", paused, 3000, Paused, 3200},
		{"a touching pause goes on", paused, 3100, Paused, 3200},
		{"open after both", paused, 3200, Open, 5000},
		{"a pause until further notice", paused, 5000, Paused, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.schedule.Phase(c.now); got != c.phase {
				t.Errorf("phase %s, want %s", got, c.phase)
			}
			if got := c.schedule.Next(c.now); got != c.next {
				t.Errorf("next %d, want %d", got, c.next)
			}
		})
	}
}

func TestUnderlyingPhaseIgnoresPauses(t *testing.T) {
	s := Schedule{AnnouncedAt: 1000, TestAt: 2000, LaunchAt: 3000, Pauses: []Interval{{From: 1}}}
	for now, want := range map[clock.Instant]Phase{999: Draft, 1000: Announced, 2000: Test, 3000: Open} {
		if got := s.Underlying(now); got != want {
			t.Errorf("at %d: %s, want %s", now, got, want)
		}
	}
}

func TestIntervalIsClosedAtItsStartAndOpenAtItsEnd(t *testing.T) {
	for _, c := range []struct {
		interval Interval
		now      clock.Instant
		in       bool
	}{
		{Interval{10, 20}, 9, false}, {Interval{10, 20}, 10, true}, {Interval{10, 20}, 19, true}, {Interval{10, 20}, 20, false},
		{Interval{10, 0}, 9, false}, {Interval{10, 0}, 1 << 50, true}, {Interval{0, 20}, 1, true}, {Interval{0, 20}, 20, false},
		{Interval{}, 5, true}, {Interval{20, 10}, 15, false}, {Interval{10, 10}, 10, false},
	} {
		if got := c.interval.Contains(c.now); got != c.in {
			t.Errorf("%v contains %d: %v", c.interval, c.now, got)
		}
	}
}

func TestCheckNamesTheFieldOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		name     string
		schedule Schedule
		fields   map[string]string
	}{
		{"nothing set", Schedule{}, nil},
		{"in order", Schedule{AnnouncedAt: 1, TestAt: 2, LaunchAt: 3}, nil},
		{"all at once", Schedule{AnnouncedAt: 2, TestAt: 2, LaunchAt: 2}, nil},
		{"only a launch", Schedule{LaunchAt: 3}, nil},
		{"test first", Schedule{AnnouncedAt: 2, TestAt: 1, LaunchAt: 3}, map[string]string{"test_at": "schedule.test_before_announced"}},
		{"launch before test", Schedule{AnnouncedAt: 1, TestAt: 3, LaunchAt: 2}, map[string]string{"launch_at": "schedule.launch_before_test"}},
		{"launch before announced", Schedule{AnnouncedAt: 3, LaunchAt: 2}, map[string]string{"launch_at": "schedule.launch_before_announced"}},
		{"backwards", Schedule{AnnouncedAt: 3, TestAt: 2, LaunchAt: 1}, map[string]string{
			"test_at": "schedule.test_before_announced", "launch_at": "schedule.launch_before_test"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.schedule.Check()
			var f *fault.Error
			if errors.As(err, &f) != (c.fields != nil) {
				t.Fatalf("got %v", err)
			}
			if f != nil && (f.Kind != fault.Invalid || len(f.Fields) != len(c.fields)) {
				t.Fatalf("got %v", err)
			}
			for field, key := range c.fields {
				if f.Fields[field] != key {
					t.Errorf("%s: %s, want %s", field, f.Fields[field], key)
				}
			}
		})
	}
}

// A model of small times: every millisecond is looked at, so Next can be found by walking.
func TestNextIsTheFirstInstantWithAnotherPhase(t *testing.T) {
	const horizon = 40
	rapid.Check(t, func(t *rapid.T) {
		instant := rapid.Map(rapid.IntRange(0, horizon), func(i int) clock.Instant { return clock.Instant(i) })
		pause := rapid.Custom(func(t *rapid.T) Interval {
			return Interval{From: instant.Draw(t, "from"), To: instant.Draw(t, "to")}
		})
		s := Schedule{AnnouncedAt: instant.Draw(t, "announced"), TestAt: instant.Draw(t, "test"),
			LaunchAt: instant.Draw(t, "launch"), Pauses: rapid.SliceOfN(pause, 0, 4).Draw(t, "pauses")}
		now := instant.Draw(t, "now")
		var want clock.Instant
		for at := now + 1; at <= horizon+1; at++ {
			if s.Phase(at) != s.Phase(now) {
				want = at
				break
			}
		}
		if got := s.Next(now); got != want {
			t.Fatalf("next %d, want %d", got, want)
		}
	})
}
