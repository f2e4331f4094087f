package db

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"softlaunch/models/clock"
)

// kindsOf reads a settings table through Keep and counts how often it had to be loaded.
func kindsOf(tx Tx, loads *int) (int, error) {
	return Keep(tx, "kinds", func() (n int, err error) {
		*loads++
		err = tx.QueryRow("SELECT count(*) FROM approval_kinds").Scan(&n)
		return n, err
	})
}

const addKind = "INSERT INTO approval_kinds (kind, language, name, reason) VALUES (?, 'en', '', '')"

func TestKeepForgetsWhatHasChanged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	here, there := openKept(t, path), openKept(t, path)
	ctx := context.Background()
	loads := 0
	see := func(want, wantLoads int) {
		t.Helper()
		err := here.Read(ctx, func(tx Tx) error {
			n, err := kindsOf(tx, &loads)
			if n != want || loads != wantLoads {
				t.Errorf("%d kinds after %d loads, not %d after %d", n, loads, want, wantLoads)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	see(0, 1)
	see(0, 1)
	for i, d := range []*DB{here, there} {
		if err := d.Write(ctx, func(tx Tx) error { _, err := tx.Exec(addKind, i); return err }); err != nil {
			t.Fatal(err)
		}
		see(i+1, i+2)
		see(i+1, i+2)
	}
}

func TestAChangeSeesItselfAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	d := openKept(t, filepath.Join(t.TempDir(), "store.db"))
	ctx := context.Background()
	loads := 0
	undone := errors.New("undone")
	err := d.Write(ctx, func(tx Tx) error {
		if n, err := kindsOf(tx, &loads); n != 0 || err != nil {
			t.Errorf("the change sees %d kinds before it adds one, %v", n, err)
		}
		if _, err := tx.Exec(addKind, "x"); err != nil {
			return err
		}
		if n, err := kindsOf(tx, &loads); n != 1 || err != nil {
			t.Errorf("the change sees %d kinds, %v", n, err)
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if err := d.Read(ctx, func(tx Tx) error {
		n, err := kindsOf(tx, &loads)
		if n != 0 {
			t.Errorf("%d kinds after a change that failed", n)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func openKept(t testing.TB, path string) *DB {
	t.Helper()
	d, err := Open(context.Background(), path, func() clock.Instant { return 1 })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
