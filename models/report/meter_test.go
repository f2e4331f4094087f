package report

import (
	"strconv"
	"testing"
	"time"

	"softlaunch/models/clock"
)

func TestTheMeterCountsAMinuteAndForgetsFive(t *testing.T) {
	now := clock.Instant(1_800_000_000_000)
	m := NewMeter(func() clock.Instant { return now })
	for i := range 1000 {
		m.Count("es", Answered{Visitor: strconv.Itoa(i % 500), Ordered: i < 40, Busy: i < 3, Failed: i < 2})
	}
	m.Count("it", Answered{Visitor: "x"})
	got := m.Traffic("es")
	if got.Visitors < 475 || got.Visitors > 525 {
		t.Errorf("%d visitors, not about 500", got.Visitors)
	}
	got.Visitors = 0
	if want := (Traffic{Pages: 1000, Orders: 40, Busy: 3, Errors: 2}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	now = now.Add(time.Minute)
	if got := m.Traffic("es"); got.Orders != 0 || got.Pages != 1000 {
		t.Errorf("a minute later %+v", got)
	}
	now = now.Add(4 * time.Minute)
	if got := m.Traffic("es"); got != (Traffic{}) {
		t.Errorf("five minutes later %+v", got)
	}
	if got := m.Traffic("nowhere"); got != (Traffic{}) {
		t.Errorf("nobody was there, and %+v was counted", got)
	}
}

func TestManyVisitorsAreToldApart(t *testing.T) {
	m := NewMeter(func() clock.Instant { return 1_800_000_000_000 })
	const visitors = 60_000
	for i := range visitors {
		m.Count("es", Answered{Visitor: strconv.Itoa(i)})
	}
	if got := m.Traffic("es").Visitors; got < visitors*95/100 || got > visitors*105/100 {
		t.Errorf("%d visitors were counted as %d", visitors, got)
	}
}
