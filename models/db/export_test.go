package db

import (
	"context"
	"database/sql"
	"strconv"
)

// Queued is how many changes wait for the writer.
func (d *DB) Queued() int { return len(d.writer.queue) }

// Checkpoint moves what it can from the log into the file. It must only be called while the writer rests.
func (d *DB) Checkpoint() *sql.Row {
	return d.writer.group.conn.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
}

// Room is how many may.
const Room = queued

// The refusals of a Tx, for tests to tell them from SQLite's own.
var (
	ErrOver   = errOver
	ErrEnds   = errEnds
	ErrExited = errExited
)

// Closing reports whether changes are no longer taken.
func (d *DB) Closing() bool {
	d.writer.mu.RLock()
	defer d.writer.mu.RUnlock()
	return d.writer.closed
}

// LimitPages sets how large the file may grow. It must only be called while the writer rests.
func (d *DB) LimitPages(pages int) {
	_ = d.writer.group.exec("PRAGMA max_page_count = " + strconv.Itoa(pages))
}

// MigratedTo makes a database as an older program left it.
func MigratedTo(ctx context.Context, path string, version int64) (*sql.DB, error) {
	pool, err := sql.Open("sqlite3", "file:"+path+"?_foreign_keys=1")
	if err != nil {
		return nil, err
	}
	steps, err := migrations(pool)
	if err == nil {
		_, err = steps.UpTo(ctx, version)
	}
	if err == nil {
		_, err = pool.ExecContext(ctx, "PRAGMA application_id = "+strconv.Itoa(applicationID))
	}
	return pool, err
}
