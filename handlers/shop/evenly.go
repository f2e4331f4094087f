package shop

import (
	"context"
	"time"
)

// answerAfter is how long an answer takes at least that must not tell what is known: what differs between known and unknown
// addresses stays below it.
const answerAfter = 150 * time.Millisecond

// evenly answers what waits until an answer may be given, counted from now.
func evenly(ctx context.Context) (wait func()) {
	timer := time.NewTimer(answerAfter)
	return func() {
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
}
