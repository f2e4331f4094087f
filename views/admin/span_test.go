package admin

import (
	"testing"
	"time"
)

func TestASpanIsSaidInItsTwoLargestUnits(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", 61 * time.Second: "1 minute 1 second", time.Hour: "1 hour", 90 * time.Minute: "1 hour 30 minutes",
		day + time.Minute: "1 day", 192*day + 10*time.Hour + time.Minute: "192 days 10 hours",
	} {
		if got := span(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}
