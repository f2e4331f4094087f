package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"softlaunch/models/clock"
)

// scope is one run of a function: its connection, its frozen time and what has to be tidied up after it. It is also
// GORM's connection pool, so both doors of a Tx lead through it.
type scope struct {
	ctx      context.Context // the function's
	work     context.Context // every statement's, whatever GORM's WithContext says
	conn     *sql.Conn       // of a reading none until its first statement
	readers  *sql.DB         // where a reading takes its connection from
	seen     *atomic.Int64   // the revision of the settings that a view has seen; nil outside of views
	engine   *engine
	writes   bool  // this is a change, not a reading
	revision int64 // of the settings, 0 when it has to be asked for
	surely   bool  // of a view: ask the database for it
	gorm     *gorm.DB
	now      clock.Instant
	after    []func()
	rows     []*sql.Rows
	row      []*sql.Row
	over     atomic.Bool
}

// engine is what all runs on a database share.
type engine struct {
	commits *versions

	gorm   *gorm.DB
	pool   *sql.DB // only asked for rows that fail before they need a connection
	memory memory
}

type insideKey struct{}

// inside reports whether ctx comes from a function of Read or Write.
func inside(ctx context.Context) bool { return ctx.Value(insideKey{}) != nil }

// newScope begins a function's run now. A work context without cancellation keeps statements from being interrupted.
func newScope(ctx, work context.Context, conn *sql.Conn, e *engine, now clock.Instant) *scope {
	return &scope{ctx: context.WithValue(ctx, insideKey{}, true), work: work, conn: conn, engine: e, now: now}
}

func (s *scope) session() *gorm.DB {
	if s.gorm == nil {
		s.gorm = s.engine.gorm.Session(&gorm.Session{NewDB: true, Context: s.ctx, NowFunc: s.time})
		s.gorm.ConnPool, s.gorm.Statement.ConnPool = s, s
	}
	return s.gorm
}

func (s *scope) time() time.Time { return s.now.Time() }

// close ends the run. Rows that the function left open would keep its snapshot and hold up the log's checkpoint; to scan
// a single row into nothing is the way to close it.
func (s *scope) close() {
	s.over.Store(true)
	for _, rows := range s.rows {
		_ = rows.Close()
	}
	for _, row := range s.row {
		_ = row.Scan()
	}
}

// admit gives the arguments as plain values, or refuses a statement of a Tx that outlived its function and would slip
// into somebody else's transaction. Value methods run here because one that panics inside database/sql leaves the
// connection locked. A statement that may change something makes the run forget the revision it has seen.
func (s *scope) admit(query string, args []any) ([]any, error) {
	if s.over.Load() {
		return nil, errOver
	}
	if err := s.begin(); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(query, "SELECT") {
		s.revision = 0
	}
	return plain(args)
}

// plain replaces arguments that know their own database value by that value, in a copy.
func plain(args []any) ([]any, error) {
	copied := false
	for i, arg := range args {
		if _, ok := arg.(driver.Valuer); !ok {
			continue
		}
		value, err := driver.DefaultParameterConverter.ConvertValue(arg)
		if err != nil {
			return nil, err
		}
		if !copied {
			args, copied = append([]any(nil), args...), true
		}
		args[i] = value
	}
	return args, nil
}

// ExecContext runs a statement; like its sisters it is named for GORM and keeps to the run's own context.
func (s *scope) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	args, err := s.admit(query, args)
	if err != nil {
		return nil, err
	}
	return s.conn.ExecContext(s.work, query, args...)
}

func (s *scope) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	args, err := s.admit(query, args)
	if err != nil {
		return nil, err
	}
	rows, err := s.conn.QueryContext(s.work, query, args...)
	if err == nil {
		s.keepRows(rows)
	}
	return rows, err
}

func (s *scope) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	args, err := s.admit(query, args)
	if err != nil {
		return s.engine.pool.QueryRowContext(failed{s.work, err}, "SELECT 1")
	}
	row := s.conn.QueryRowContext(s.work, query, args...)
	s.keepRow(row)
	return row
}

// kept is how many results a run remembers at most before it forgets those that are finished, so that an import with a
// hundred thousand queries doesn't hold them all.
const kept = 256

func (s *scope) keepRows(rows *sql.Rows) {
	if len(s.rows) >= kept {
		s.rows = slices.DeleteFunc(s.rows, closed)
	}
	s.rows = append(s.rows, rows)
}

func closed(rows *sql.Rows) bool {
	_, err := rows.Columns()
	return err != nil
}

// keepRow closes the older half when there are too many: a single row doesn't tell whether it was scanned, and nobody
// scans one after a hundred others.
func (s *scope) keepRow(row *sql.Row) {
	if len(s.row) >= kept {
		for _, old := range s.row[:kept/2] {
			_ = old.Scan()
		}
		s.row = slices.Delete(s.row, 0, kept/2)
	}
	s.row = append(s.row, row)
}

// PrepareContext completes GORM's interface. GORM prepares nothing here, because the connections keep their statements.
func (s *scope) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, gorm.ErrNotImplemented
}

// Commit and Rollback make GORM see a transaction, so that its Transaction nests by savepoint. Only the writer ends one.
func (s *scope) Commit() error { return errEnds }

func (s *scope) Rollback() error { return errEnds }

// failed is a context that has ended with an error of ours: the only way to an *sql.Row that holds one.
type failed struct {
	context.Context
	err error
}

func (f failed) Err() error { return f.err }

func (f failed) Done() <-chan struct{} { return past }

var past = func() <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}()
