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
