package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strings"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// What Open refuses. Each reads as one sentence after the name of the file.
var (
	ErrNoFolder    = errors.New("its folder does not exist")
	ErrUnreadable  = errors.New("it can't be read; check its owner and permissions")
	ErrReadOnly    = errors.New("it can't be written; the program must be able to write to the file and its folder")
	ErrNotDatabase = errors.New("it is not a database, or it is damaged")
	ErrForeign     = errors.New("it belongs to another program")
	ErrNewer       = errors.New("it was written by a newer version of this program")
)

// applicationID marks our files ("soft" in ASCII), so that another program's database is refused before anything is
// written to it. See https://www.sqlite.org/pragma.html#pragma_application_id.
const applicationID = 0x736f6674

// common holds for every connection.
var common = url.Values{
	// Without it a lock held by another process fails at once with "database is locked".
	"_busy_timeout": {"5000"},
	// Without it every statement is parsed and planned at each use: half of a small statement's cost. Kept per
	// connection by text, the least recently used goes first; a statement takes a few kilobytes.
	"_stmt_cache_size": {"96"},
}

var forWriter = url.Values{
	"mode": {"rw"},
	// Without it a writer blocks all readers, and the readers the writer.
	"_journal_mode": {"WAL"},
	// With the driver's NORMAL a power cut loses orders that were acknowledged.
	"_synchronous": {"FULL"},
	// SQLite checks no foreign key unless told to on each connection.
	"_foreign_keys": {"1"},
	// A deferred transaction that reads and then writes fails with "database is locked" at once. Migrations begin theirs
	// through the driver.
	"_txlock": {"immediate"},
	// Pages kept in memory, in KiB below zero. The shop's hot tables fit; more would count against idle memory.
	"_cache_size": {"-4096"},
}

var forReaders = url.Values{
	// Without these two a function that changes data in Read would bypass the writer.
	"mode":        {"ro"},
	"_query_only": {"1"},
	// Each reader has its own; what doesn't fit comes from the operating system's cache.
	"_cache_size": {"-2048"},
}

// dsn is the driver's name for a file with these settings.
func dsn(path string, settings url.Values) string {
	query := url.Values{}
	for _, some := range []url.Values{common, settings} {
		for key, values := range some {
			query[key] = values
		}
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
}

// openWriter opens the file for changes, claims and migrates it.
func openWriter(ctx context.Context, path string) (*sql.DB, error) {
	pool, err := sql.Open("sqlite3", dsn(path, forWriter))
	if err != nil {
		return nil, err
	}
	// SQLite has one writer at a time; a second connection would only wait for the first.
	pool.SetMaxOpenConns(1)
	for _, prepare := range []func(context.Context, *sql.DB) error{claim, limitLog, migrate} {
		if err := prepare(ctx, pool); err != nil {
			return nil, errors.Join(refusal(path, err), pool.Close())
		}
	}
	return pool, nil
}

// claim marks the file as ours and, by taking the write lock, finds out whether it can be written.
func claim(ctx context.Context, pool *sql.DB) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var id int64
	if err := tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil || id == applicationID {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	return tx.Commit()
}

// limitLog cuts the write-ahead log back to 16 MiB when it starts over; without it the log keeps the size of the
// largest rush for ever.
func limitLog(ctx context.Context, pool *sql.DB) error {
	var size int64
	return pool.QueryRowContext(ctx, "PRAGMA journal_size_limit = 16777216").Scan(&size)
}

// openReaders opens the pool of readers. More readers than this would only share the same cores; the floor keeps a few
// long reports from blocking pages on a small machine. Idle ones are closed, which frees their caches.
func openReaders(path string) (*sql.DB, error) {
	pool, err := sql.Open("sqlite3", dsn(path, forReaders))
	if err != nil {
		return nil, err
	}
	most := max(4, 2*runtime.GOMAXPROCS(0))
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxIdleTime(time.Minute)
	return pool, nil
}

// openGorm prepares the session that all transactions derive theirs from. GORM's own transactions are off because ours
// are always there, its statement cache because the connections have one, its log because errors are returned.
func openGorm(pool gorm.ConnPool) (*gorm.DB, error) {
	return gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
	})
}

// inspect looks at the file before anything is written to it and makes an empty, private one when there is none.
func inspect(ctx context.Context, path string) error {
	if path == "" || path == ":memory:" || strings.HasPrefix(path, "file:") {
		return fmt.Errorf("database %q: only a path of a file will do", path)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		return file.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		return refusal(path, err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return refusal(path, ErrNotDatabase)
	}
	pool, err := sql.Open("sqlite3", dsn(path, url.Values{"mode": {"ro"}}))
	if err != nil {
		return err
	}
	defer pool.Close()
	return refusal(path, recognise(ctx, pool))
}

// recognise refuses another program's database and one that is newer than this program.
func recognise(ctx context.Context, pool *sql.DB) error {
	var id, tables, versioned int64
	err := pool.QueryRowContext(ctx, `SELECT application_id, count(s.name), coalesce(sum(s.name = 'goose_db_version'), 0)
		FROM pragma_application_id LEFT JOIN sqlite_schema AS s ON true`).Scan(&id, &tables, &versioned)
	switch {
	case err != nil:
		return err
	case id == applicationID && versioned > 0:
		return refuseNewer(ctx, pool)
	case id != applicationID && (id != 0 || tables > 0):
		return ErrForeign
	}
	return nil
}

// refusal turns the reason why a file can't be used into a sentence that names the file.
func refusal(path string, err error) error {
	if err == nil {
		return nil
	}
	for code, sentence := range map[code]error{codeNotADB: ErrNotDatabase, codeCorrupt: ErrNotDatabase,
		codeReadOnly: ErrReadOnly, codeRights: ErrReadOnly} {
		if hasCode(err, code) {
			return fmt.Errorf("database %s: %w", path, sentence)
		}
	}
	switch {
	case hasCode(err, codeOpen):
		err = whyNotOpen(path)
	case errors.Is(err, fs.ErrNotExist):
		err = ErrNoFolder
	case errors.Is(err, fs.ErrPermission):
		err = ErrReadOnly
	}
	return fmt.Errorf("database %s: %w", path, err)
}

// whyNotOpen asks the operating system, because SQLite gives one code for all reasons. It must only be called when the
// file could not be opened: closing a second descriptor of an open one would drop this process's locks on it.
func whyNotOpen(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return ErrUnreadable
	}
	_ = file.Close()
	return ErrReadOnly
}
