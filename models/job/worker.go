package job

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Handler does a job and marks it Done in its own transaction, so that what it writes and the mark stand together. A
// handler that runs again, because the mark was lost, must do no harm. Its error is logged and shown to staff: it holds
// no personal data. A Final one gives the job up.
type Handler func(ctx context.Context, j Job) error

// Worker does waiting jobs one after the other. A job that fails is tried again with growing pauses and is dead after
// MaxAttempts; it stays in the table for staff to see.
type Worker struct {
	data     *db.DB
	handlers map[string]Handler
	sweeps   []func(context.Context) error
	only     []string // kinds of jobs; none is all
	except   []string
	tick     time.Duration
	stuck    int // rounds in a row that could not write down how a job went
}

// MaxAttempts is how often a job is tried: the pauses between add up to nearly three days.
const MaxAttempts = 14

// page is how many jobs are read at once.
const page = 50

// NewWorker does jobs of the kinds that have a handler. sweeps are run at each round: small duties that look at the clock
// and not at a queue.
func NewWorker(data *db.DB, handlers map[string]Handler, sweeps ...func(context.Context) error) *Worker {
	return &Worker{data: data, handlers: handlers, sweeps: sweeps, tick: time.Second}
}

// Only has the worker leave all jobs alone but those of the kinds that it has handlers for.
func (w *Worker) Only() *Worker {
	w.only = slices.Sorted(maps.Keys(w.handlers))
	return w
}

// Except has the worker leave jobs of these kinds to another worker.
func (w *Worker) Except(kinds ...string) *Worker {
	w.except = kinds
	return w
}

// Run works until ctx ends: a round a second, and fewer while the database takes no changes.
func (w *Worker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		w.Round(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(w.rest()):
		}
	}
}

// rest is how long to wait before the next round. A job that was done and can't be marked is done again: not every second.
func (w *Worker) rest() time.Duration {
	if w.stuck == 0 {
		return w.tick
	}
	return Pause(w.stuck)
}

// Round sweeps once and tries each job that waits once, those that are queued meanwhile too. It stops when it can't write
// down how a job went.
func (w *Worker) Round(ctx context.Context) {
	w.sweep(ctx)
	var last Job
	for ctx.Err() == nil {
		jobs, err := w.waiting(ctx, last)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "jobs can't be read", "error", err)
		}
		for _, j := range jobs {
			if err := w.do(ctx, j); err != nil {
				slog.ErrorContext(ctx, "job can't be postponed", "kind", j.Kind, "job", j.ID, "error", err)
				w.stuck++
				return
			}
		}
		if len(jobs) < page {
			break
		}
		last = jobs[len(jobs)-1]
	}
	w.stuck = 0
}

func (w *Worker) sweep(ctx context.Context) {
	for _, sweep := range w.sweeps {
		if err := sweep(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "sweep failed", "error", err)
		}
	}
}

// waiting are the next jobs after one, so that a job which stays as it was is not met twice in a round.
func (w *Worker) waiting(ctx context.Context, after Job) ([]Job, error) {
	var jobs []Job
	err := w.data.Read(ctx, func(tx db.Tx) error {
		query := tx.Gorm().Where("done_at IS NULL AND dead_at IS NULL AND run_at <= ?", tx.Now()).
			Where("(run_at, id) > (?, ?)", int64(after.RunAt), after.ID)
		if len(w.only) > 0 {
			query = query.Where("kind IN ?", w.only)
		}
		if len(w.except) > 0 {
			query = query.Where("kind NOT IN ?", w.except)
		}
		return query.Order("run_at, id").Limit(page).Find(&jobs).Error
	})
	return jobs, err
}

// do tries a job, unless ctx has ended. Its error is that the outcome could not be written down.
func (w *Worker) do(ctx context.Context, j Job) error {
	if ctx.Err() != nil {
		return nil
	}
	cause := w.try(ctx, j)
	if cause == nil || ctx.Err() != nil {
		return nil
	}
	slog.WarnContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts+1, "error", cause)
	err := w.data.Write(ctx, func(tx db.Tx) error { return postpone(tx, j, cause) })
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (w *Worker) try(ctx context.Context, j Job) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			slog.ErrorContext(ctx, "job panicked", "kind", j.Kind, "job", j.ID, "stack", string(debug.Stack()))
			err = fmt.Errorf("job: panic: %v", cause)
		}
	}()
	handle, known := w.handlers[j.Kind]
	if !known {
		return fmt.Errorf("job: nobody does %q", j.Kind)
	}
	return handle(ctx, j)
}

// Pause is how long a job rests after it has failed so many times: half a minute, and then twice as long each time.
func Pause(failures int) time.Duration {
	return 30 * time.Second << (min(failures, MaxAttempts) - 1)
}

// postpone has a job tried again later, or gives it up.
func postpone(tx db.Tx, j Job, cause error) error {
	failures := j.Attempts + 1
	runAt, deadAt := tx.Now().Add(Pause(failures)), clock.Instant(0)
	if failures >= MaxAttempts || isFinal(cause) {
		runAt, deadAt = j.RunAt, tx.Now()
	}
	_, err := tx.Exec("UPDATE jobs SET attempts = ?, last_error = ?, run_at = ?, dead_at = ? WHERE id = ? AND done_at IS NULL",
		failures, cause.Error(), runAt, deadAt, j.ID)
	return err
}
