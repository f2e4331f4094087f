package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const insert = "INSERT INTO counter (name, n) VALUES (?, ?)"

// open gives a test its own database with a table of counters.
func open(t testing.TB) *db.DB {
	t.Helper()
	d := openAt(t, filepath.Join(t.TempDir(), "shop.db"))
	makeCounters(t, d)
	return d
}

func makeCounters(t testing.TB, d *db.DB) {
	t.Helper()
	write(t, d, `CREATE TABLE counter (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
		n INTEGER NOT NULL CHECK (n >= 0)) STRICT`)
}

func openAt(t testing.TB, path string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), path, clock.Machine(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

func write(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	if err := d.Write(t.Context(), change(query, args...)); err != nil {
		t.Fatal(err)
	}
}

// change is a function that runs one plain statement.
func change(query string, args ...any) func(db.Tx) error {
	return func(tx db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	}
}

// names are the counters that are there, in the order in which they were made.
func names(t testing.TB, d *db.DB) string {
	t.Helper()
	var all string
	err := d.Read(context.Background(), func(tx db.Tx) error {
		return tx.QueryRow("SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT name FROM counter ORDER BY id)").Scan(&all)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// block keeps the writer busy until release is called, and returns the outcome of the change that did.
func block(t testing.TB, d *db.DB) (release func(), outcome <-chan error) {
	t.Helper()
	began, held, answer := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	begin := sync.OnceFunc(func() { close(began) })
	go func() {
		answer <- d.Write(context.Background(), func(db.Tx) error {
			begin()
			<-held
			return nil
		})
	}()
	<-began
	return sync.OnceFunc(func() { close(held) }), answer
}

// queue starts a Write and returns when it waits as the n-th.
func queue(d *db.DB, n int, write func()) {
	go write()
	for d.Queued() < n {
		runtime.Gosched()
	}
}

// together runs functions as one group, in this order, and returns their outcomes. The change in front of them, which
// does nothing, must not be harmed.
func together(t testing.TB, d *db.DB, functions ...func(db.Tx) error) []error {
	t.Helper()
	outcomes, front := behindFront(t, d, functions...)
	if front != nil {
		t.Errorf("the change in front: %v", front)
	}
	return outcomes
}

// behindFront is together with the outcome of the change in front.
func behindFront(t testing.TB, d *db.DB, functions ...func(db.Tx) error) (outcomes []error, front error) {
	t.Helper()
	release, first := block(t, d)
	outcomes = make([]error, len(functions))
	var all sync.WaitGroup
	all.Add(len(functions))
	for i, f := range functions {
		queue(d, i+1, func() {
			defer all.Done()
			outcomes[i] = d.Write(context.Background(), f)
		})
	}
	release()
	all.Wait()
	return outcomes, <-first
}

// leaveOpen queries in every way there is and closes nothing.
func leaveOpen(tx db.Tx) error {
	rows, err := tx.Query("SELECT * FROM counter") //nolint:rowserrcheck,sqlclosecheck // rows left open are the point
	if err == nil {
		rows.Next()
	}
	tx.QueryRow("SELECT * FROM counter")
	_, through := tx.Gorm().Raw("SELECT * FROM counter").Rows() //nolint:rowserrcheck,sqlclosecheck // the same
	return errors.Join(err, through)
}
