package job

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"softlaunch/models/db"
)

// Handler does a job and marks it Done in its own transaction, so that what it writes and the mark stand together.
type Handler func(ctx context.Context, j Job) error

// Worker does waiting jobs one after the other. A job that fails is tried again with growing pauses and is dead after
// MaxAttempts; it stays in the table for staff to see.
type Worker struct {
	data     *db.DB
	handlers map[string]Handler
	sweeps   []func(context.Context) error
	pause    time.Duration
}

// MaxAttempts is how often a job is tried: the pauses between add up to about three days.
const MaxAttempts = 12

// NewWorker does jobs of the kinds that have a handler. sweeps are run at each round: small duties that look at the clock
// and not at a queue.
func NewWorker(data *db.DB, handlers map[string]Handler, sweeps ...func(context.Context) error) *Worker {
	return &Worker{data: data, handlers: handlers, sweeps: sweeps, pause: time.Second}
}

// Run works until ctx ends.
func (w *Worker) Run(ctx context.Context) {
	ticker := time.NewTicker(w.pause)
	defer ticker.Stop()
	for {
		w.Round(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Round sweeps once and does all jobs that wait.
func (w *Worker) Round(ctx context.Context) {
	for _, sweep := range w.sweeps {
		if err := sweep(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "sweep failed", "error", err)
		}
	}
	for ctx.Err() == nil {
		jobs, err := w.waiting(ctx)
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "jobs can't be read", "error", err)
		}
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			w.do(ctx, j)
		}
	}
}

func (w *Worker) waiting(ctx context.Context) ([]Job, error) {
	var jobs []Job
	err := w.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Where("done_at IS NULL AND dead_at IS NULL AND run_at <= ?", tx.Now()).Order("run_at, id").Limit(50).Find(&jobs).Error
	})
	return jobs, err
}

func (w *Worker) do(ctx context.Context, j Job) {
	err := w.try(ctx, j)
	if err == nil || ctx.Err() != nil {
		return
	}
	slog.WarnContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts+1, "error", err)
	if err := w.postpone(ctx, j, err); err != nil {
		slog.ErrorContext(ctx, "job can't be postponed", "job", j.ID, "error", err)
	}
}

func (w *Worker) try(ctx context.Context, j Job) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("job: panic: %v", cause)
		}
	}()
	handle, known := w.handlers[j.Kind]
	if !known {
		return fmt.Errorf("job: nobody does %q", j.Kind)
	}
	return handle(ctx, j)
}

// postpone doubles the pause from half a minute on, or gives up.
func (w *Worker) postpone(ctx context.Context, j Job, cause error) error {
	return w.data.Write(ctx, func(tx db.Tx) error {
		later := tx.Now().Add(30 * time.Second << j.Attempts)
		if j.Attempts+1 >= MaxAttempts {
			_, err := tx.Exec("UPDATE jobs SET attempts = attempts + 1, last_error = ?, dead_at = ? WHERE id = ?", cause.Error(), tx.Now(), j.ID)
			return err
		}
		_, err := tx.Exec("UPDATE jobs SET attempts = attempts + 1, last_error = ?, run_at = ? WHERE id = ?", cause.Error(), later, j.ID)
		return err
	})
}
