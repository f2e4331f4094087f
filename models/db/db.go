// Package db opens the shop's database and is the only place that begins a transaction. Read gives a function one
// consistent snapshot on one of a few readers. Write queues a function for the single writer, which commits many
// functions with one fsync. It knows SQLite; PostgreSQL will be a second engine behind the same three verbs.
package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"sync/atomic"

	"softlaunch/models/clock"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	now     clock.Clock
	engine  *engine
	readers *sql.DB
	writer  *writer
	seen    *atomic.Int64 // the revision of the settings that an AsOf view has seen
	close   func() error
}

// Open opens the database file at path, makes it when there is none, migrates it to the newest version this program
// knows and starts the writer. now is the shop's clock. The Err values of this package that Open returns are whole
// sentences about the file, for the person who starts the program.
func Open(ctx context.Context, path string, now clock.Clock) (*DB, error) {
	if errCompiler != nil {
		return nil, errCompiler
	}
	if err := inspect(ctx, path); err != nil {
		return nil, err
	}
	pool, err := openWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	sessions, err := openGorm(pool)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	readers, err := openReaders(path)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	e := &engine{gorm: sessions, pool: readers}
	w, err := startWriter(ctx, pool, e, now)
	if err != nil {
		return nil, errors.Join(err, readers.Close(), pool.Close())
	}
	if e.commits, err = openVersions(path); err != nil {
		w.stop()
		return nil, errors.Join(err, readers.Close(), w.close())
	}
	d := &DB{now: now, engine: e, readers: readers, writer: w}
	d.close = sync.OnceValue(d.shut)
	return d, nil
}

// Close stops taking writes, finishes those that are queued, moves the write-ahead log into the file and closes it.
func (d *DB) Close() error { return d.close() }

// shut closes the readers first: the log can only be emptied when nobody reads from it.
func (d *DB) shut() error {
	d.writer.stop()
	return errors.Join(d.engine.commits.close(), d.readers.Close(), d.writer.close())
}

// Read runs f on one consistent snapshot, which is that of f's first statement. Changes are refused by the database.
// It ends early when ctx does. A panic in f goes on to the caller.
func (d *DB) Read(ctx context.Context, f func(tx Tx) error) error {
	if inside(ctx) {
		return ErrNested
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s := newScope(ctx, ctx, nil, d.engine, d.now())
	s.readers, s.seen = d.readers, d.seen
	if err := snapshot(s, f); err != nil {
		return classify(err)
	}
	runAll(s.after)
	return nil
}

// snapshot runs f, whose first statement begins a transaction (see scope.begin), and gives the connection back clean, or
// not at all. Neither BEGIN nor ROLLBACK can wait, so neither needs ctx.
func snapshot(s *scope, f func(tx Tx) error) error {
	defer func() {
		s.close()
		if s.conn == nil {
			return
		}
		defer s.conn.Close()
		if _, err := s.conn.ExecContext(background, "ROLLBACK"); err != nil {
			_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}()
	return f(Tx{s})
}

// begin takes a reader and begins its transaction, once. What needs no statement, because Keep has it, takes none.
func (s *scope) begin() error {
	if s.conn != nil {
		return nil
	}
	conn, err := s.readers.Conn(s.work)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(background, "BEGIN"); err != nil {
		return errors.Join(err, conn.Close())
	}
	s.conn = conn
	return nil
}
