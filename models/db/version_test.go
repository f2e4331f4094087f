package db

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
)

func TestAVersionMovesWithEveryCommitAndWithNoReading(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	here, there := openKept(t, path), openKept(t, path)
	ctx := context.Background()
	version := func() int64 {
		t.Helper()
		n, err := here.AsOf(7).Version()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for name, d := range map[string]*DB{"this process": here, "another": there} {
		before := version()
		if err := d.Read(ctx, func(tx Tx) error { _, err := tx.Revision(); return err }); err != nil {
			t.Fatal(err)
		}
		if now := version(); now != before {
			t.Errorf("%s: the version moved from %d to %d by a reading", name, before, now)
		}
		if err := d.Write(ctx, func(tx Tx) error { _, err := tx.Exec(addKind, name); return err }); err != nil {
			t.Fatal(err)
		}
		if now := version(); now <= before {
			t.Errorf("%s: the version stayed %d after a commit", name, now)
		}
	}
}

// Whoever asks after a commit was answered gets a version that has it, however many ask at the same time.
func TestASharedLookIsNeverOld(t *testing.T) {
	t.Parallel()
	d := openKept(t, filepath.Join(t.TempDir(), "store.db"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				before, err := d.Version()
				if err == nil {
					err = d.Write(context.Background(), func(tx Tx) error { _, err := tx.Exec("UPDATE revision SET n = n + 1"); return err })
				}
				after, failed := d.Version()
				if err := errors.Join(err, failed); err != nil || after <= before {
					t.Errorf("version %d before and %d after a commit, %v", before, after, err)
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkVersion(b *testing.B) {
	d := openKept(b, filepath.Join(b.TempDir(), "store.db"))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := d.Version(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
