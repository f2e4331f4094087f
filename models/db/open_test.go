package db_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// raw is a plain connection to a file, as another program has it.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// refused opens a file that must be refused with this error, in one line that names the file.
func refused(t *testing.T, path string, want error) {
	t.Helper()
	d, err := db.Open(t.Context(), path, clock.Machine(time.Now))
	if err == nil {
		_ = d.Close()
	}
	if !errors.Is(err, want) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestAFileThatIsNoDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "notes.txt")
	text := []byte(strings.Repeat("These are notes, not tables.\n", 100))
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path, db.ErrNotDatabase)
	if now, err := os.ReadFile(path); err != nil || string(now) != string(text) {
		t.Errorf("the file was changed (%v)", err)
	}
}

func TestAFolderIsRefused(t *testing.T) {
	t.Parallel()
	refused(t, t.TempDir(), db.ErrNotDatabase)
}

func TestAMissingFolderIsRefused(t *testing.T) {
	t.Parallel()
	refused(t, filepath.Join(t.TempDir(), "missing", "shop.db"), db.ErrNoFolder)
}

func TestOnlyFilesAreOpened(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", ":memory:", "file:shop.db?mode=memory"} {
		if _, err := db.Open(t.Context(), path, clock.Machine(time.Now)); err == nil {
			t.Errorf("%q was opened", path)
		}
	}
}

func TestAnotherProgramsDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.db")
	other := raw(t, path)
	if _, err := other.Exec("CREATE TABLE note (text TEXT)"); err != nil {
		t.Fatal(err)
	}
	refused(t, path, db.ErrForeign)
	var mode string
	if err := other.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "delete" {
		t.Errorf("its journal mode is now %q (%v)", mode, err)
	}
	marked := filepath.Join(t.TempDir(), "marked.db")
	if _, err := raw(t, marked).Exec("PRAGMA application_id = 1"); err != nil {
		t.Fatal(err)
	}
	refused(t, marked, db.ErrForeign)
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := openAt(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	_, err := raw(t, path).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, 1)")
	if err != nil {
		t.Fatal(err)
	}
	refused(t, path, db.ErrNewer)
}

func TestADatabaseIsPrivateMarkedAndDurable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a shop?#100%.db")
	d := openAt(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	for pragma, want := range map[string]string{"application_id": "1936680564", "journal_mode": "wal", "synchronous": "2",
		"foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		err := d.Write(t.Context(), func(tx db.Tx) error { return tx.QueryRow("PRAGMA " + pragma).Scan(&got) })
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
}

func TestADatabaseOfAKilledProgramOpens(t *testing.T) {
	t.Parallel()
	path, killed := filepath.Join(t.TempDir(), "shop.db"), filepath.Join(t.TempDir(), "shop.db")
	d := openAt(t, path)
	makeCounters(t, d)
	write(t, d, insert, "acknowledged", 1)
	for _, part := range []string{"", "-wal"} {
		bytes, err := os.ReadFile(path + part)
		if err == nil {
			err = os.WriteFile(killed+part, bytes, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, openAt(t, killed)); got != "acknowledged" {
		t.Errorf("the database has %q", got)
	}
}

func TestProgramsThatStartTogetherShareTheMigration(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			d, err := db.Open(context.Background(), path, clock.Machine(time.Now))
			if err == nil {
				err = d.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// BenchmarkOpen is the database's share of the program's start.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "shop.db")
	for b.Loop() {
		d, err := db.Open(b.Context(), path, clock.Machine(time.Now))
		if err == nil {
			err = d.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
