package db_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

func TestACopyHasWhatIsThereAndLeavesItAlone(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Copy(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy's file is %v, %v", info.Mode(), err)
	}
	twin, err := db.Open(t.Context(), path, func() clock.Instant { return 1 })
	if err != nil {
		t.Fatal(err)
	}
	defer twin.Close()
	write(t, twin, insert, "b", 1)
	if err := db.CopyFile(t.Context(), path, path+".again"); err != nil {
		t.Error(err)
	}
	if err := db.CopyFile(t.Context(), path+".none", path+".never"); err == nil {
		t.Error("a database that is not there was copied")
	}
	if here, there := names(t, d), names(t, twin); here != "a" || there != "a b" {
		t.Errorf("%q here and %q there", here, there)
	}
	if err := d.Read(t.Context(), func(tx db.Tx) error { _, err := tx.Exec(insert, "c", 1); return err }); err == nil {
		t.Error("a reader can write after a copy")
	}
	if err := d.Copy(t.Context(), path); err == nil {
		t.Error("a file that was there was written over")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Copy(ended, filepath.Join(t.TempDir(), "none.db")); err == nil {
		t.Error("a copy was made for somebody who has gone")
	}
}
