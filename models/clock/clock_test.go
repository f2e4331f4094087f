package clock_test

import (
	"testing"
	"time"

	"softlaunch/models/clock"
)

func TestInstantsKeepMilliseconds(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 6, 1, 0, 0, 0, 999_999_999, time.FixedZone("", 2*60*60))
	i := clock.Of(at)
	if i.String() != "2027-05-31T22:00:00.999Z" || i.Time().Location() != time.UTC {
		t.Errorf("%s in %s", i, i.Time().Location())
	}
	if i.Add(1500*time.Microsecond) != i+1 || (i+1500).Sub(i) != 1500*time.Millisecond {
		t.Errorf("sums are off: %s", i.Add(1500*time.Microsecond))
	}
	if before := clock.Of(time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC)); before != -1000 || before.IsZero() {
		t.Errorf("a second before 1970 is %d", before)
	}
}

func TestNoInstantIsNeverReached(t *testing.T) {
	t.Parallel()
	var none clock.Instant
	if !none.IsZero() || none.Reached(1<<62) || none.String() != "none" {
		t.Error("no instant is one")
	}
	for now, want := range map[clock.Instant]bool{99: false, 100: true, 101: true} {
		if clock.Instant(100).Reached(now) != want {
			t.Errorf("100 reached at %d: %v", now, !want)
		}
	}
	for _, row := range []struct {
		of   []clock.Instant
		want clock.Instant
	}{{nil, 0}, {[]clock.Instant{0}, 0}, {[]clock.Instant{0, 5, 0, 3, 9}, 3}, {[]clock.Instant{-1, 3}, -1}} {
		if got := clock.Earliest(row.of...); got != row.want {
			t.Errorf("earliest of %v is %d", row.of, got)
		}
	}
}

func TestNoInstantIsNullInTheDatabase(t *testing.T) {
	t.Parallel()
	for _, i := range []clock.Instant{0, 1, -1, 1 << 60} {
		value, err := i.Value()
		if err != nil || (i == 0) != (value == nil) {
			t.Errorf("%d is stored as %v, %v", i, value, err)
		}
		back := clock.Instant(7)
		if err := back.Scan(value); err != nil || back != i {
			t.Errorf("%v is read as %d, %v", value, back, err)
		}
	}
	var i clock.Instant
	for _, value := range []any{"2027-06-01", 1.5, true, []byte("1"), time.Time{}} {
		if err := i.Scan(value); err == nil {
			t.Errorf("%T was read as %d", value, i)
		}
	}
}

func TestAMovedClockRunsOn(t *testing.T) {
	t.Parallel()
	machine := clock.Instant(1000)
	shop := clock.Starting(func() clock.Instant { return machine }, 50)
	if shop() != 50 {
		t.Errorf("starts at %d", shop())
	}
	machine += 7
	if shop() != 57 {
		t.Errorf("7 ms later it is %d", shop())
	}
	if read := clock.Machine(func() time.Time { return time.UnixMilli(42) }); read() != 42 {
		t.Errorf("the machine's clock is %d", read())
	}
}
