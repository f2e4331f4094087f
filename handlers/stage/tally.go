package stage

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"softlaunch/models/rehearsal"
)

// tally is what has happened so far. It is safe for concurrent use.
type tally struct {
	mu      sync.Mutex
	took    map[Step][]time.Duration
	busy    int
	errors  map[string]int
	sold    int
	refused int
	gone    int // buyers who are done, whatever became of them
	last    time.Duration
	peak    int64
}

func newTally() *tally { return &tally{took: map[Step][]time.Duration{}, errors: map[string]int{}} }

// answered notes an answer. What isn't a page, a redirection, a refusal or a 503 is an error.
func (t *tally) answered(step Step, status int, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took[step] = append(t.took[step], took)
	switch {
	case status == http.StatusServiceUnavailable:
		t.busy++
	case status >= 500 || (status >= 400 && status != http.StatusConflict):
		t.errors[string(step)+": "+strconv.Itoa(status)]++
	}
}

// done notes what became of a buyer, so long after the opening.
func (t *tally) done(err error, after time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.gone++
	switch {
	case err == nil:
		t.sold++
		t.last = max(t.last, after)
	case Refused(err):
		t.refused++
	default:
		t.errors[err.Error()]++
	}
}

// measure notes how much memory is taken.
func (t *tally) measure() (now int64) {
	now = resident()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.peak = max(t.peak, now)
	return now
}

// latencies are those of the steps that were taken, in their order.
func (t *tally) latencies() []rehearsal.Latency {
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []rehearsal.Latency
	for _, step := range Steps {
		took := slices.Clone(t.took[step])
		if len(took) == 0 {
			continue
		}
		slices.Sort(took)
		found = append(found, rehearsal.Latency{Step: string(step), Answers: len(took), P50: share(took, 50), P95: share(took, 95), P99: share(took, 99), Slowest: took[len(took)-1]})
	}
	return found
}

// share is the time within which so many of a hundred answers came; took is sorted (nearest rank).
func share(took []time.Duration, percent int) time.Duration {
	return took[max(0, (len(took)*percent+99)/100-1)]
}
