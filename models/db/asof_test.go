package db_test

import (
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

func TestAViewReadsAtItsInstantAndChangesNothing(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	at := clock.Of(time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC))
	view := d.AsOf(at)
	err := view.Read(t.Context(), func(tx db.Tx) error {
		if tx.Now() != at {
			t.Errorf("read at %s", tx.Now())
		}
		if _, err := tx.Exec(insert, "b", 1); err == nil {
			t.Error("a reading changed something")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := view.Write(t.Context(), change(insert, "b", 1)); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a change answered %v", err)
	}
	if err := view.Close(); err != nil {
		t.Error(err)
	}
	write(t, d, insert, "c", 1)
	if got := names(t, view); got != "a c" {
		t.Errorf("the view has %q", got)
	}
}

// What Keep remembers is asked for once by a view, and is never older than what its first reading saw.
func TestAViewAsksForTheSettingsOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	kinds := func(d *db.DB) (n int) {
		t.Helper()
		err := d.Read(t.Context(), func(tx db.Tx) (err error) {
			n, err = db.Keep(tx, "kinds", func() (n int, err error) {
				err = tx.QueryRow("SELECT count(*) FROM approval_kinds").Scan(&n)
				return n, err
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	add := func(kind string) {
		t.Helper()
		write(t, d, "INSERT INTO approval_kinds (kind, language, name, reason) VALUES (?, 'en', '', '')", kind)
	}
	add("a")
	view := d.AsOf(1)
	if got := kinds(view); got != 1 {
		t.Errorf("the view begins with %d kinds", got)
	}
	add("b")
	if got := kinds(view); got != 1 {
		t.Errorf("a page changed halfway: %d kinds", got)
	}
	if got := kinds(d.AsOf(1)); got != 2 {
		t.Errorf("the next page has %d kinds", got)
	}
	if got := kinds(view); got != 2 {
		t.Errorf("what is no longer remembered was read as %d kinds", got)
	}
}
