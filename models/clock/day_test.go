package clock_test

import (
	"testing"
	"time"

	"softlaunch/models/clock"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestADayIsLocal(t *testing.T) {
	t.Parallel()
	at := clock.Of(time.Date(2027, 5, 31, 22, 30, 0, 0, time.UTC))
	for name, want := range map[string]clock.Day{"Europe/Berlin": "2027-06-01", "Europe/London": "2027-05-31", "America/New_York": "2027-05-31", "Pacific/Auckland": "2027-06-01"} {
		if got := clock.DayOf(at, zone(t, name)); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestStartAndNoonLieInTheirDay(t *testing.T) {
	t.Parallel()
	// Days of 23 and 25 hours, one that begins at 01:00, one with two midnights, one after a day that never was.
	for name, days := range map[string][]clock.Day{
		"Europe/Berlin": {"2027-03-28", "2027-10-31", "2027-06-01"}, "America/Sao_Paulo": {"2018-11-04", "2019-02-17"},
		"Atlantic/Azores": {"2027-10-31"}, "Pacific/Apia": {"2011-12-29", "2011-12-31"},
	} {
		z := zone(t, name)
		for _, d := range days {
			start, noon := d.Start(z), d.Noon(z)
			if clock.DayOf(noon, z) != d || noon.In(z).Hour() != 12 || clock.DayOf(start, z) != d || start >= noon {
				t.Errorf("%s in %s: from %s, noon %s", d, name, start, noon)
			}
			if before := clock.DayOf(start-1, z); before >= d {
				t.Errorf("%s in %s: a millisecond before its start it is %s", d, name, before)
			}
		}
	}
	for _, d := range []clock.Day{"", "2027-02-30", "1 June 2027", "2027-6-1"} {
		if d.Start(time.UTC) != 0 || d.Noon(time.UTC) != 0 || d.AddWorkdays(1, never) != "" {
			t.Errorf("%q is a day", d)
		}
	}
}

// 20 November 2026 is a Friday.
func TestWorkdaysLeaveOutWeekends(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		day  clock.Day
		n    int
		want clock.Day
	}{
		{"2026-11-20", 0, "2026-11-20"}, {"2026-11-20", 1, "2026-11-23"}, {"2026-11-20", 5, "2026-11-27"}, {"2026-11-20", 6, "2026-11-30"},
		{"2026-11-21", 0, "2026-11-23"}, {"2026-11-22", 0, "2026-11-23"}, {"2026-11-21", 1, "2026-11-23"}, {"2026-11-22", 1, "2026-11-23"},
		{"2026-11-21", 2, "2026-11-24"}, {"2026-11-23", 1, "2026-11-24"}, {"2026-12-31", 1, "2027-01-01"}, {"2028-02-28", 1, "2028-02-29"},
	} {
		if got := row.day.AddWorkdays(row.n, never); got != row.want {
			t.Errorf("%s and %d: %s, want %s", row.day, row.n, got, row.want)
		}
	}
}

func never(clock.Day) bool { return false }

func TestHolidaysAreNoWorkdays(t *testing.T) {
	t.Parallel()
	off := func(d clock.Day) bool { return d == "2026-12-25" || d == "2026-12-28" }
	for n, want := range map[int]clock.Day{0: "2026-12-24", 1: "2026-12-29", 2: "2026-12-30"} {
		if got := clock.Day("2026-12-24").AddWorkdays(n, off); got != want {
			t.Errorf("%d working days after 24 December: %s", n, got)
		}
	}
	if got := clock.Day("2026-12-25").AddWorkdays(0, off); got != "2026-12-29" {
		t.Errorf("what begins on a holiday begins on %s", got)
	}
}
