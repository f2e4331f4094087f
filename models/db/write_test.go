package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

func TestANestedWriteOrReadIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t)
	nothing := func(db.Tx) error { return nil }
	var marked, unmarked, read, within error
	outcomes := together(t, d, change(insert, "a", 1), func(tx db.Tx) error {
		marked = d.Write(tx.Context(), nothing)
		unmarked = d.Write(context.Background(), nothing)
		read = d.Read(tx.Context(), nothing)
		return nil
	}, change(insert, "b", 1))
	if err := d.Read(t.Context(), func(tx db.Tx) error {
		within = d.Read(tx.Context(), nothing)
		return nil
	}); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{"Write with the transaction's context": marked,
		"Write with another context": unmarked, "Read in Write": read, "Read in Read": within} {
		if !errors.Is(err, db.ErrNested) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := errors.Join(outcomes...); err != nil || names(t, d) != "a b" {
		t.Errorf("%v, %q", err, names(t, d))
	}
}

func TestAfterRunsOnlyOnceCommitted(t *testing.T) {
	t.Parallel()
	d := open(t)
	var ran []string
	err := d.Write(t.Context(), func(tx db.Tx) error {
		tx.After(func() { panic("harms nobody") })
		tx.After(func() { ran = append(ran, "sees "+names(t, d)) })
		tx.After(func() { write(t, d, insert, "b", 1) })
		_, err := tx.Exec(insert, "a", 1)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	_ = d.Write(t.Context(), func(tx db.Tx) error {
		tx.After(func() { ran = append(ran, "never") })
		return errNo
	})
	_ = d.Read(t.Context(), func(tx db.Tx) error {
		tx.After(func() { ran = append(ran, "never") })
		return errNo
	})
	if err := d.Read(t.Context(), func(tx db.Tx) error {
		tx.After(func() { ran = append(ran, "read") })
		return nil
	}); err != nil {
		t.Error(err)
	}
	if got := strings.Join(ran, ", "); got != "sees a, read" || names(t, d) != "a b" {
		t.Errorf("ran %q, the database has %q", got, names(t, d))
	}
}

func TestATransactionHasOneInstant(t *testing.T) {
	t.Parallel()
	var ticks sync.Mutex
	now := clock.Instant(1_000)
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "shop.db"), func() clock.Instant {
		ticks.Lock()
		defer ticks.Unlock()
		now++
		return now
	})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var seen []clock.Instant
	look := func(tx db.Tx) error {
		if clock.Of(tx.Gorm().NowFunc()) != tx.Now() {
			t.Error("GORM has another instant")
		}
		seen = append(seen, tx.Now(), tx.Now())
		return nil
	}
	if err := errors.Join(d.Write(t.Context(), look), d.Read(t.Context(), look)); err != nil {
		t.Fatal(err)
	}
	if seen[0] != seen[1] || seen[2] != seen[3] || seen[2] <= seen[0] {
		t.Errorf("saw %v", seen)
	}
}

func TestCloseFinishesWhatIsQueued(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	d := openAt(t, path)
	makeCounters(t, d)
	release, first := block(t, d)
	answers := make(chan error)
	for i, name := range []string{"a", "b", "c"} {
		queue(d, i+1, func() { answers <- d.Write(context.Background(), change(insert, name, 1)) })
	}
	closed := make(chan error)
	go func() { closed <- d.Close() }()
	for !d.Closing() {
		runtime.Gosched()
	}
	if err := d.Write(t.Context(), change(insert, "late", 1)); !fault.Is(err, fault.Busy) {
		t.Errorf("a late change got %v", err)
	}
	release()
	if err := errors.Join(<-first, <-answers, <-answers, <-answers, <-closed); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if got := names(t, openAt(t, path)); got != "a b c" {
		t.Errorf("the database has %q", got)
	}
}

func TestAFullQueueIsBusy(t *testing.T) {
	t.Parallel()
	d := open(t)
	release, first := block(t, d)
	var all sync.WaitGroup
	for range db.Room {
		all.Go(func() {
			if err := d.Write(t.Context(), func(db.Tx) error { return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	for d.Queued() < db.Room {
		runtime.Gosched()
	}
	if err := d.Write(t.Context(), change(insert, "a", 1)); !fault.Is(err, fault.Busy) {
		t.Errorf("got %v", err)
	}
	release()
	all.Wait()
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestALockOfAnotherProcessIsBusy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	d := openAt(t, path)
	makeCounters(t, d)
	write(t, d, "PRAGMA busy_timeout = 0")
	other := raw(t, path)
	if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context(), change(insert, "a", 1)); !fault.Is(err, fault.Busy) {
		t.Errorf("got %v", err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	write(t, d, insert, "b", 1)
	if got := names(t, d); got != "b" {
		t.Errorf("the database has %q", got)
	}
}

func TestAChangeThatFindsNoRoomIsBusyAndHarmsNoOther(t *testing.T) {
	t.Parallel()
	d := open(t)
	limit := func(pages int) {
		var size int
		if err := d.Write(t.Context(), func(tx db.Tx) error {
			return tx.QueryRow("SELECT page_count + ? FROM pragma_page_count", pages).Scan(&size)
		}); err != nil {
			t.Fatal(err)
		}
		d.LimitPages(size)
	}
	limit(2)
	outcomes := together(t, d, change(insert, "a", 1), change(insert, strings.Repeat("x", 1<<20), 1), change(insert, "b", 1))
	if !fault.Is(outcomes[1], fault.Busy) || !strings.Contains(outcomes[1].Error(), "full") {
		t.Errorf("got %v", outcomes[1])
	}
	limit(1000)
	write(t, d, insert, "c", 1)
	if got := names(t, d); got != "a b c" {
		t.Errorf("the database has %q, the callers got %v", got, outcomes)
	}
}

func TestACommitThatFailsAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, "CREATE TABLE child (counter INTEGER NOT NULL REFERENCES counter (id)) STRICT")
	after := false
	outcomes, front := behindFront(t, d, func(tx db.Tx) error {
		tx.After(func() { after = true })
		_, err := tx.Exec(insert, "a", 1)
		return err
	}, func(tx db.Tx) error {
		if _, err := tx.Exec("PRAGMA defer_foreign_keys = 1"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO child (counter) VALUES (4711)")
		return err
	}, func(tx db.Tx) error { return errNo })
	for i, err := range append(outcomes, front) {
		if err == nil || errors.Is(err, errNo) {
			t.Errorf("function %d got %v", i, err)
		}
	}
	write(t, d, insert, "later", 1)
	if got := names(t, d); got != "later" || after {
		t.Errorf("the database has %q; after ran: %v", got, after)
	}
}
