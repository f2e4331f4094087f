package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"softlaunch/models/db"
)

func TestEveryGroupedChangeIsAnsweredAndKept(t *testing.T) {
	t.Parallel()
	d := open(t)
	const each = 500
	var all sync.WaitGroup
	for i := range each {
		all.Go(func() {
			if err := d.Write(t.Context(), change(insert, fmt.Sprint(i), 1)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(strings.Fields(names(t, d))); n != each {
		t.Errorf("%d rows, want %d", n, each)
	}
}

var errNo = errors.New("no")

type explosive struct{}

func (explosive) Value() (driver.Value, error) { panic("boom") }

// bad are functions that do what no function should; want says what their own caller is told.
var bad = []struct {
	name string
	run  func(db.Tx) error
	want func(error) bool
}{
	{"fails", func(tx db.Tx) error { return errNo }, is(errNo)},
	{"panics", func(tx db.Tx) error { panic("boom") }, panicked("boom")},
	{"panics with nil", func(tx db.Tx) error { panic(nil) }, panicked("nil")},
	{"panics within an argument", func(tx db.Tx) error {
		_, err := tx.Exec(insert, "x", explosive{})
		return err
	}, panicked("boom")},
	{"panics within an argument of GORM", func(tx db.Tx) error {
		return tx.Gorm().Exec(insert, "x", explosive{}).Error
	}, panicked("boom")},
	{"ends its goroutine", func(tx db.Tx) error { runtime.Goexit(); return nil }, is(db.ErrExited)},
	{"rolls back", change("ROLLBACK"), is(db.ErrEnds)},
	{"commits", change("COMMIT"), func(err error) bool { return err != nil }},
	{"rolls back and goes on", func(tx db.Tx) error {
		if _, err := tx.Exec("ROLLBACK"); err != nil {
			return err
		}
		_, err := tx.Exec(insert, "outside", 1)
		return err
	}, func(err error) bool { return err != nil }},
	{"begins another transaction", func(tx db.Tx) error {
		for _, query := range []string{"ROLLBACK", "BEGIN", "SAVEPOINT change"} {
			if _, err := tx.Exec(query); err != nil {
				return err
			}
		}
		return nil
	}, is(db.ErrEnds)},
	{"releases the savepoint", change("RELEASE change"), is(db.ErrEnds)},
	{"loses the transaction to a conflict", change("INSERT OR ROLLBACK INTO counter (name, n) VALUES ('before', 1)"), db.IsUnique},
	{"hides that", func(tx db.Tx) error {
		_, _ = tx.Exec("INSERT OR ROLLBACK INTO counter (name, n) VALUES ('before', 1)")
		return nil
	}, is(db.ErrEnds)},
	{"loses the transaction and panics", func(tx db.Tx) error { _, _ = tx.Exec("ROLLBACK"); panic("boom") }, panicked("boom")},
	{"loses the transaction and ends its goroutine", func(tx db.Tx) error {
		_, _ = tx.Exec("ROLLBACK")
		runtime.Goexit()
		return nil
	}, is(db.ErrExited)},
	{"commits through GORM", func(tx db.Tx) error { return tx.Gorm().Commit().Error }, is(db.ErrEnds)},
	{"leaves rows open and fails", func(tx db.Tx) error {
		if err := leaveOpen(tx); err != nil {
			return err
		}
		return errNo
	}, is(errNo)},
}

func is(want error) func(error) bool {
	return func(err error) bool { return errors.Is(err, want) }
}

func panicked(with string) func(error) bool {
	return func(err error) bool {
		var p *db.PanicError
		return errors.As(err, &p) && strings.Contains(fmt.Sprint(p.Value), with) && strings.Contains(err.Error(), "group_test.go")
	}
}

func TestABadFunctionHarmsNoOther(t *testing.T) {
	t.Parallel()
	for _, b := range bad {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			outcomes := together(t, d, change(insert, "before", 1), func(tx db.Tx) error {
				if _, err := tx.Exec(insert, "bad", 1); err != nil {
					return err
				}
				return b.run(tx)
			}, change(insert, "after", 1))
			if outcomes[0] != nil || outcomes[2] != nil {
				t.Errorf("the neighbours got %v and %v", outcomes[0], outcomes[2])
			}
			if !b.want(outcomes[1]) {
				t.Errorf("its caller got %v", outcomes[1])
			}
			write(t, d, insert, "later", 1)
			if got := names(t, d); got != "before after later" {
				t.Errorf("the database has %q", got)
			}
		})
	}
}

func TestAGroupOfBadFunctionsEnds(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "before", 1)
	functions := make([]func(db.Tx) error, 0, 2*len(bad))
	for i, b := range bad {
		functions = append(functions, b.run, change(insert, fmt.Sprint(i), 1))
	}
	for i, err := range together(t, d, functions...) {
		if good := i%2 == 1; good != (err == nil) {
			t.Errorf("function %d got %v", i, err)
		}
	}
	if n := len(strings.Fields(names(t, d))); n != 1+len(bad) {
		t.Errorf("%d rows, want %d", n, 1+len(bad))
	}
}

func TestRowsLeftOpenInAGoodFunctionDoNoHarm(t *testing.T) {
	t.Parallel()
	d := open(t)
	outcomes := together(t, d, change(insert, "a", 1), leaveOpen, change(insert, "b", 1))
	if err := errors.Join(outcomes...); err != nil || names(t, d) != "a b" {
		t.Errorf("%v, %q", err, names(t, d))
	}
	var busy, log, moved int
	err := d.Checkpoint().Scan(&busy, &log, &moved)
	if err != nil || busy != 0 || log != moved {
		t.Errorf("%v, busy %d, %d of %d pages of the log can be moved: a snapshot is still held", err, busy, moved, log)
	}
}

func TestAFunctionThatSucceededRunsAgainWhenItsGroupIsLost(t *testing.T) {
	t.Parallel()
	d := open(t)
	runs, after := 0, 0
	outcomes := together(t, d, func(tx db.Tx) error {
		runs++
		tx.After(func() { after++ })
		_, err := tx.Exec(insert, "a", 1)
		return err
	}, change("ROLLBACK"))
	if outcomes[0] != nil || runs != 2 || after != 1 || names(t, d) != "a" {
		t.Errorf("%v, %d runs, %d after, %q", outcomes[0], runs, after, names(t, d))
	}
}

func TestACallerThatGivesUpWhileWaitingIsNeverRun(t *testing.T) {
	t.Parallel()
	d := open(t)
	release, first := block(t, d)
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	queue(d, 1, func() { answer <- d.Write(ctx, change(insert, "gone", 1)) })
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	release()
	if err := <-first; err != nil {
		t.Error(err)
	}
	if err := d.Write(ctx, change(insert, "gone", 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that had already gone got %v", err)
	}
	write(t, d, insert, "stays", 1)
	if got := names(t, d); got != "stays" {
		t.Errorf("the database has %q", got)
	}
}

func TestACallerThatGoesWhileRunningGetsTheOutcome(t *testing.T) {
	t.Parallel()
	d := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Write(ctx, func(tx db.Tx) error {
		cancel()
		if err := tx.Context().Err(); err != nil {
			return err
		}
		if err := tx.Gorm().WithContext(ctx).Exec(insert, "a", 1).Error; err != nil {
			return err
		}
		_, err := tx.Exec(insert, "b", 1)
		return err
	})
	if err != nil || names(t, d) != "a b" {
		t.Errorf("%v, %q", err, names(t, d))
	}
}
