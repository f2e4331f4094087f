package job_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
)

const start = clock.Instant(1_800_000_000_000)

var errNo = errors.New("no")

// shop is a database with a clock that stands until it is moved.
type shop struct {
	*db.DB
	now atomic.Int64
}

func open(t testing.TB) *shop {
	t.Helper()
	s := &shop{}
	s.now.Store(int64(start))
	var err error
	s.DB, err = db.Open(t.Context(), filepath.Join(t.TempDir(), "shop.db"), func() clock.Instant { return clock.Instant(s.now.Load()) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *shop) advance(d time.Duration) { s.now.Add(d.Milliseconds()) }

// queue queues jobs about these subjects in one transaction.
func (s *shop) queue(t testing.TB, kind string, subjects ...int64) {
	t.Helper()
	s.write(t, func(tx db.Tx) error {
		for _, subject := range subjects {
			if err := job.Queue(tx, kind, subject); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *shop) write(t testing.TB, f func(db.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) done(ctx context.Context, j job.Job) error {
	return s.Write(ctx, func(tx db.Tx) error { return job.Done(tx, j.ID) })
}

// all are all jobs as they are.
func (s *shop) all(t testing.TB) []job.Job {
	t.Helper()
	var jobs []job.Job
	if err := s.Read(context.Background(), func(tx db.Tx) error { return tx.Gorm().Order("id").Find(&jobs).Error }); err != nil {
		t.Fatal(err)
	}
	return jobs
}

func TestAJobExistsOnlyWithItsCause(t *testing.T) {
	t.Parallel()
	s := open(t)
	_ = s.Write(t.Context(), func(tx db.Tx) error {
		if err := job.Queue(tx, "mail", 1); err != nil {
			return err
		}
		return errNo
	})
	s.queue(t, "mail", 2)
	if jobs := s.all(t); len(jobs) != 1 || jobs[0].SubjectID != 2 || jobs[0].RunAt != start {
		t.Errorf("queued: %+v", jobs)
	}
}

func TestARoundDoesAllThatWaitsInOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	var subjects, did []int64
	for i := range int64(120) {
		subjects = append(subjects, i+1)
	}
	s.queue(t, "mail", subjects...)
	w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(ctx context.Context, j job.Job) error {
		if did = append(did, j.SubjectID); j.SubjectID == 120 {
			s.queue(t, "mail", 121) // a job may queue another
		}
		return s.done(ctx, j)
	}})
	w.Round(t.Context())
	w.Round(t.Context())
	if !slices.Equal(did, append(subjects, 121)) {
		t.Errorf("did %v", did)
	}
}

func TestPausesGrowUntilAJobIsDead(t *testing.T) {
	t.Parallel()
	s := open(t)
	tried, total := 0, time.Duration(0)
	w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(context.Context, job.Job) error {
		tried++
		return fmt.Errorf("attempt %d", tried)
	}})
	s.queue(t, "mail", 1)
	for pause := 30 * time.Second; tried < job.MaxAttempts-1; pause *= 2 {
		w.Round(t.Context())
		before := tried
		s.advance(pause - time.Millisecond)
		w.Round(t.Context())
		if tried != before {
			t.Fatalf("attempt %d came before its pause of %v was over", tried, pause)
		}
		s.advance(time.Millisecond)
		total += pause
	}
	w.Round(t.Context())
	s.advance(30 * 24 * time.Hour)
	w.Round(t.Context())
	j := s.all(t)[0]
	if tried != job.MaxAttempts || j.Attempts != tried || j.DeadAt.IsZero() || j.LastError != fmt.Sprintf("attempt %d", tried) {
		t.Errorf("after %d attempts: %+v", tried, j)
	}
	if total < 60*time.Hour || total > 72*time.Hour {
		t.Errorf("the pauses add up to %v", total)
	}
}

func TestAFinalFailureIsNotTriedAgainUntilStaffSaySo(t *testing.T) {
	t.Parallel()
	s := open(t)
	tried := 0
	w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(ctx context.Context, j job.Job) error {
		if tried++; tried == 1 {
			return fmt.Errorf("mail: %w", job.Final(errNo))
		}
		return s.done(ctx, j)
	}})
	s.queue(t, "mail", 1)
	w.Round(t.Context())
	s.advance(30 * 24 * time.Hour)
	w.Round(t.Context())
	if j := s.all(t)[0]; tried != 1 || j.DeadAt != start || j.Attempts != 1 || j.LastError != "mail: no" {
		t.Fatalf("tried %d: %+v", tried, j)
	}
	for _, want := range []bool{true, false} {
		s.write(t, func(tx db.Tx) error {
			retried, err := job.Retry(tx, 1)
			if retried != want {
				t.Errorf("retried %t, want %t", retried, want)
			}
			return err
		})
	}
	w.Round(t.Context())
	if j := s.all(t)[0]; tried != 2 || !j.DeadAt.IsZero() || j.DoneAt.IsZero() {
		t.Errorf("tried %d: %+v", tried, j)
	}
}

// Two workers share the queue: one does its own kinds only, the other leaves these to it.
func TestAWorkerLeavesJobsToAnother(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.queue(t, "mail", 1, 2)
	s.queue(t, "money", 3)
	did := map[string][]int64{}
	note := func(who string) job.Handler {
		return func(ctx context.Context, j job.Job) error {
			did[who] = append(did[who], j.SubjectID)
			return s.done(ctx, j)
		}
	}
	job.NewWorker(s.DB, map[string]job.Handler{"mail": note("postman"), "money": note("postman")}).Except("money").Round(t.Context())
	s.queue(t, "mail", 4)
	job.NewWorker(s.DB, map[string]job.Handler{"money": note("cashier")}).Only().Round(t.Context())
	if fmt.Sprint(did) != "map[cashier:[3] postman:[1 2]]" {
		t.Errorf("did %v", did)
	}
}

func TestAFailureHarmsNoOtherJob(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.queue(t, "panics", 1)
	s.queue(t, "unknown", 2)
	s.queue(t, "fails", 3)
	s.queue(t, "mail", 4)
	w := job.NewWorker(s.DB, map[string]job.Handler{
		"panics": func(context.Context, job.Job) error { panic("out of luck") },
		"fails":  func(context.Context, job.Job) error { return errNo },
		"mail":   s.done,
	}, func(context.Context) error { return errNo })
	w.Round(t.Context())
	var said []string
	for _, j := range s.all(t) {
		said = append(said, fmt.Sprint(j.Kind, " ", j.Attempts, " ", j.LastError, " ", !j.DoneAt.IsZero()))
	}
	want := `panics 1 job: panic: out of luck false, unknown 1 job: nobody does "unknown" false, fails 1 no false, mail 0  true`
	if got := strings.Join(said, ", "); got != want {
		t.Errorf("got %s", got)
	}
}

func TestAJobThatStaysAsItWasIsTriedOnceARound(t *testing.T) {
	t.Parallel()
	s := open(t)
	tried, others := 0, 0
	w := job.NewWorker(s.DB, map[string]job.Handler{
		"forgets": func(context.Context, job.Job) error { tried++; return nil },
		"mail":    func(ctx context.Context, j job.Job) error { others++; return s.done(ctx, j) },
	})
	for range 60 {
		s.queue(t, "forgets", 1)
	}
	s.queue(t, "mail", 2)
	w.Round(t.Context())
	if tried != 60 || others != 1 {
		t.Errorf("tried %d, others %d", tried, others)
	}
}

// fill lets the database grow no further, or again.
func (s *shop) fill(t testing.TB, full bool) {
	t.Helper()
	s.write(t, func(tx db.Tx) error {
		var pages int
		if err := tx.QueryRow("SELECT page_count FROM pragma_page_count").Scan(&pages); err != nil {
			return err
		}
		if !full {
			pages += 100_000
		}
		_, err := tx.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		return err
	})
}

// When the outcome can't be written down a job is done again, but not in a hurry: it may be a mail.
func TestAFullDiskMakesNoHurry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open(t)
		began := time.Now()
		var tries []time.Duration
		w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(context.Context, job.Job) error {
			tries = append(tries, time.Since(began))
			return errors.New(strings.Repeat("too long for the disk ", 10_000))
		}})
		s.queue(t, "mail", 1, 2)
		s.fill(t, true)
		ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
		defer cancel()
		w.Run(ctx)
		if want := []time.Duration{0, 30 * time.Second, 90 * time.Second, 210 * time.Second}; !slices.Equal(tries, want) {
			t.Errorf("tried at %v", tries)
		}
		s.fill(t, false)
		w.Round(t.Context())
		for _, j := range s.all(t) {
			if j.Attempts != 1 {
				t.Errorf("job %d was not postponed: %d attempts", j.ID, j.Attempts)
			}
		}
	})
}

func TestAWorkerThatStopsLeavesItsJobAsItWas(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.queue(t, "mail", 1, 2)
	ctx, stop := context.WithCancel(t.Context())
	tried := 0
	w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(ctx context.Context, _ job.Job) error {
		tried++
		stop()
		return ctx.Err()
	}})
	w.Run(ctx)
	for _, j := range s.all(t) {
		if tried != 1 || j.Attempts != 0 || j.RunAt != start || j.LastError != "" {
			t.Errorf("tried %d: %+v", tried, j)
		}
	}
}

// However jobs behave, each ends done or dead, is never tried after that, and never before its time.
func TestEachJobEndsOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	rapid.Check(t, func(r *rapid.T) {
		s.write(t, func(tx db.Tx) error {
			_, err := tx.Exec("DELETE FROM jobs")
			return err
		})
		fails := rapid.SliceOfN(rapid.IntRange(0, job.MaxAttempts+2), 1, 8).Draw(r, "failures before it works")
		tried := make([]int, len(fails))
		w := job.NewWorker(s.DB, map[string]job.Handler{"mail": func(ctx context.Context, j job.Job) error {
			i := j.SubjectID - 1
			if tried[i]++; j.RunAt > clock.Instant(s.now.Load()) || j.Attempts != tried[i]-1 {
				r.Errorf("job %d was tried too early: %+v", j.ID, j)
			}
			if tried[i] <= fails[i] {
				return errNo
			}
			return s.done(ctx, j)
		}})
		for i := range fails {
			s.queue(t, "mail", int64(i+1))
			w.Round(t.Context())
		}
		for range 60 {
			s.advance(time.Duration(rapid.IntRange(1, 40*3600).Draw(r, "seconds")) * time.Second)
			w.Round(t.Context())
		}
		s.advance(1000 * time.Hour)
		for range job.MaxAttempts {
			w.Round(t.Context())
			s.advance(1000 * time.Hour)
		}
		for i, j := range s.all(t) {
			works := fails[i] < job.MaxAttempts
			if works != !j.DoneAt.IsZero() || works == !j.DeadAt.IsZero() || tried[i] != min(fails[i]+1, job.MaxAttempts) {
				r.Errorf("fails %d times, tried %d: %+v", fails[i], tried[i], j)
			}
		}
	})
}
