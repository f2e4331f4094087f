package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// open gives a test its own database with a table of counters.
func open(t testing.TB) *db.DB {
	t.Helper()
	d := openAt(t, filepath.Join(t.TempDir(), "shop.db"))
	write(t, d, `CREATE TABLE counter (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
		n INTEGER NOT NULL CHECK (n >= 0)) STRICT`)
	return d
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

const insert = "INSERT INTO counter (name, n) VALUES (?, ?)"

func TestEveryGroupedChangeIsAnsweredAndKept(t *testing.T) {
	t.Parallel()
	d := open(t)
	var all sync.WaitGroup
	for i := range 300 {
		all.Go(func() {
			if err := d.Write(t.Context(), change(insert, i, 1)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := count(t, d); n != 300 {
		t.Errorf("%d rows, want 300", n)
	}
}

func count(t testing.TB, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM counter").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFailedFunctionLeavesNothing(t *testing.T) {
	t.Parallel()
	d := open(t)
	no := errors.New("no")
	err := d.Write(t.Context(), func(tx db.Tx) error {
		if _, err := tx.Exec(insert, "a", 1); err != nil {
			return err
		}
		return no
	})
	if !errors.Is(err, no) || count(t, d) != 0 {
		t.Errorf("%v, %d rows", err, count(t, d))
	}
}
