package db_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"gorm.io/gorm"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

type counter struct {
	ID   int64
	Name string
	N    int64
}

func (counter) TableName() string { return "counter" }

func TestBothDoorsTellTheSameErrors(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	write(t, d, "CREATE TABLE child (id INTEGER PRIMARY KEY, counter INTEGER NOT NULL REFERENCES counter (id)) STRICT")
	for _, c := range []struct {
		name string
		run  func(db.Tx) error
		is   func(error) bool
	}{
		{"unique, plain", change(insert, "a", 1), db.IsUnique},
		{"unique, GORM", func(tx db.Tx) error { return tx.Gorm().Create(&counter{Name: "a"}).Error }, db.IsUnique},
		{"primary key, plain", change("INSERT INTO counter (id, name, n) VALUES (1, 'b', 1)"), db.IsUnique},
		{"primary key, GORM", func(tx db.Tx) error { return tx.Gorm().Create(&counter{ID: 1, Name: "b"}).Error }, db.IsUnique},
		{"check, plain", change(insert, "b", -1), db.IsCheck},
		{"check, GORM", func(tx db.Tx) error { return tx.Gorm().Create(&counter{Name: "b", N: -1}).Error }, db.IsCheck},
		{"not found, plain", func(tx db.Tx) error {
			var n int
			return tx.QueryRow("SELECT n FROM counter WHERE name = ?", "b").Scan(&n)
		}, db.NotFound},
		{"not found, GORM", func(tx db.Tx) error { return tx.Gorm().Take(&counter{}, "name = ?", "b").Error }, db.NotFound},
		{"foreign key, GORM", func(tx db.Tx) error { return tx.Gorm().Exec("INSERT INTO child (counter) VALUES (99)").Error },
			is(gorm.ErrForeignKeyViolated)},
	} {
		err := d.Write(t.Context(), c.run)
		if !c.is(err) {
			t.Errorf("%s: %v", c.name, err)
		}
		for kind, other := range map[string]func(error) bool{"unique": db.IsUnique, "check": db.IsCheck, "not found": db.NotFound} {
			if other(err) && !c.is(err) {
				t.Errorf("%s is also %s", c.name, kind)
			}
		}
	}
	if db.IsUnique(nil) || db.IsCheck(nil) || db.NotFound(nil) {
		t.Error("no error is none of them")
	}
}

func TestAReaderSeesASnapshot(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	err := d.Read(t.Context(), func(tx db.Tx) error {
		var before, plain int
		var through int64
		if err := tx.QueryRow("SELECT count(*) FROM counter").Scan(&before); err != nil {
			return err
		}
		write(t, d, insert, "b", 1)
		if err := tx.QueryRow("SELECT count(*) FROM counter").Scan(&plain); err != nil {
			return err
		}
		err := tx.Gorm().Model(&counter{}).Count(&through).Error
		if before != 1 || plain != 1 || through != 1 {
			t.Errorf("saw %d, %d, %d rows", before, plain, through)
		}
		return err
	})
	if err != nil || names(t, d) != "a b" {
		t.Errorf("%v, %q", err, names(t, d))
	}
}

func TestAReaderChangesNothing(t *testing.T) {
	t.Parallel()
	d := open(t)
	for name, run := range map[string]func(db.Tx) error{
		"plain": change(insert, "a", 1),
		"GORM":  func(tx db.Tx) error { return tx.Gorm().Create(&counter{Name: "a"}).Error },
		"query_only = off": func(tx db.Tx) error {
			return errors.Join(change("PRAGMA query_only = 0")(tx), change(insert, "a", 1)(tx))
		},
	} {
		if err := d.Read(t.Context(), run); err == nil {
			t.Errorf("%s was allowed", name)
		}
	}
	if got := names(t, d); got != "" {
		t.Errorf("the database has %q", got)
	}
}

func TestBadReadsKeepNoReader(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	for range 4 * runtime.GOMAXPROCS(0) * 4 {
		if err := d.Read(t.Context(), leaveOpen); err != nil {
			t.Error(err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = d.Read(t.Context(), func(tx db.Tx) error { return change(insert, explosive{}, 1)(tx) })
		}()
		ctx, cancel := context.WithCancel(t.Context())
		if err := d.Read(ctx, func(tx db.Tx) error {
			cancel()
			var n int
			return tx.QueryRow("SELECT n FROM counter").Scan(&n)
		}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	var busy, log, moved int
	if err := d.Checkpoint().Scan(&busy, &log, &moved); err != nil || busy != 0 {
		t.Errorf("%v, busy %d: a snapshot is still held", err, busy)
	}
	if got := names(t, d); got != "a" {
		t.Errorf("the database has %q", got)
	}
}

func TestGormNestsBySavepointAndNeverBegins(t *testing.T) {
	t.Parallel()
	d := open(t)
	err := d.Write(t.Context(), func(tx db.Tx) error {
		g := tx.Gorm()
		if err := g.Create(&counter{Name: "a"}).Error; err != nil {
			return err
		}
		if err := g.Transaction(func(inner *gorm.DB) error {
			return errors.Join(inner.Create(&counter{Name: "undone"}).Error, errNo)
		}); !errors.Is(err, errNo) {
			t.Errorf("the inner transaction gave %v", err)
		}
		if err := g.Begin().Error; !errors.Is(err, gorm.ErrInvalidTransaction) {
			t.Errorf("Begin gave %v", err)
		}
		return g.Transaction(func(inner *gorm.DB) error { return inner.Create(&counter{Name: "b"}).Error })
	})
	if err != nil || names(t, d) != "a b" {
		t.Errorf("%v, %q", err, names(t, d))
	}
}

func TestAGormSessionIsFreshEachTime(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, insert, "a", 1)
	if err := d.Read(t.Context(), func(tx db.Tx) error {
		if err := tx.Gorm().Where("name = ?", "z").Find(&[]counter{}).Error; err != nil {
			return err
		}
		var found []counter
		err := tx.Gorm().Find(&found).Error
		if len(found) != 1 {
			t.Errorf("found %d rows: the first condition stuck", len(found))
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestInstantsAreStoredAsIntegersThroughBothDoors(t *testing.T) {
	t.Parallel()
	d := open(t)
	write(t, d, "CREATE TABLE moment (id INTEGER PRIMARY KEY, at INTEGER) STRICT")
	type moment struct {
		ID int64
		At clock.Instant
	}
	err := d.Write(t.Context(), func(tx db.Tx) error {
		if _, err := tx.Exec("INSERT INTO moment (at) VALUES (?), (?)", tx.Now(), clock.Instant(0)); err != nil {
			return err
		}
		if err := tx.Gorm().Table("moment").Create(&moment{At: tx.Now()}).Error; err != nil {
			return err
		}
		var all []moment
		err := tx.Gorm().Table("moment").Order("id").Find(&all).Error
		if len(all) != 3 || all[0].At != tx.Now() || all[1].At != 0 || all[2].At != tx.Now() {
			t.Errorf("read %v", all)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestATxEndsWithItsFunction(t *testing.T) {
	t.Parallel()
	d := open(t)
	for name, verb := range map[string]func(context.Context, func(db.Tx) error) error{"Read": d.Read, "Write": d.Write} {
		var kept db.Tx
		if err := verb(t.Context(), func(tx db.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		var n int
		_, exec := kept.Exec(insert, "a", 1)
		for door, err := range map[string]error{"Exec": exec, "Query": leaveOpen(kept), "GORM": kept.Gorm().Exec(insert, "b", 1).Error} {
			if !errors.Is(err, db.ErrOver) {
				t.Errorf("%s of %s gave %v", door, name, err)
			}
		}
		if err := kept.QueryRow("SELECT 1").Scan(&n); err == nil {
			t.Errorf("QueryRow of %s went through", name)
		}
	}
	if got := names(t, d); got != "" {
		t.Errorf("the database has %q", got)
	}
}

func TestALongFunctionKeepsItsOpenRows(t *testing.T) {
	t.Parallel()
	d := open(t)
	const many = 2000
	err := d.Write(t.Context(), func(tx db.Tx) error {
		write := change("WITH RECURSIVE i (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < ?) "+
			"INSERT INTO counter (name, n) SELECT 'c' || i, i FROM i", many)
		if err := write(tx); err != nil {
			return err
		}
		rows, err := tx.Query("SELECT n FROM counter ORDER BY n")
		if err != nil {
			return err
		}
		defer rows.Close()
		seen := 0
		for ; rows.Next(); seen++ {
			var n, again, through int
			if err := errors.Join(rows.Scan(&n),
				tx.QueryRow("SELECT n FROM counter WHERE n = ?", n).Scan(&again),
				tx.Gorm().Raw("SELECT n FROM counter WHERE n = ?", n).Scan(&through).Error); err != nil {
				return err
			}
			if again != n || through != n {
				t.Fatalf("%d, %d, %d", n, again, through)
			}
		}
		if seen != many {
			t.Errorf("%d of %d rows", seen, many)
		}
		return rows.Err()
	})
	if err != nil {
		t.Error(err)
	}
}
