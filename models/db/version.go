package db

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"sync/atomic"
)

// versions notices commits, of this process and of others, on a connection that does nothing else: SQLite tells each
// connection apart from the others (https://www.sqlite.org/pragma.html#pragma_data_version).
type versions struct {
	pool  *sql.DB
	conn  *sql.Conn
	ask   driver.Stmt  // asked at each look, so without the layers of database/sql
	looks atomic.Int64 // how many have begun

	revisions atomic.Pointer[revisionOf] // the last that was learned

	mu      sync.Mutex // guards what follows, and the connection
	seen    int64      // SQLite's number at the last look; it is never 0
	version int64
	err     error
}

func openVersions(path string) (*versions, error) {
	pool, err := openReaders(path)
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(background)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	v := &versions{pool: pool, conn: conn}
	err = conn.Raw(func(c any) (err error) {
		v.ask, err = c.(driver.Conn).Prepare("PRAGMA data_version")
		return err
	})
	if err != nil {
		return nil, errors.Join(err, conn.Close(), pool.Close())
	}
	return v, nil
}

func (v *versions) close() error { return errors.Join(v.ask.Close(), v.conn.Close(), v.pool.Close()) }

// number is the one value that a statement answers.
func number(ask driver.Stmt) (int64, error) {
	rows, err := ask.Query(nil) //nolint:staticcheck // nothing here waits, so there is nothing to cancel
	if err != nil {
		return 0, err
	}
	row := make([]driver.Value, 1)
	err = errors.Join(rows.Next(row), rows.Close())
	n, _ := row[0].(int64)
	return n, err
}

// look asks SQLite, unless somebody has while this caller waited: a look that began after the call is as good as its own.
func (v *versions) look() (int64, error) {
	before := v.looks.Load()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.looks.Load() != before {
		return v.version, v.err
	}
	v.looks.Add(1)
	var now int64
	v.err = v.conn.Raw(func(any) (err error) { now, err = number(v.ask); return err })
	if v.err == nil && now != v.seen {
		v.seen = now
		v.version++
	}
	return v.version, v.err
}

// revisionOf is the revision of the settings in the data of a version.
type revisionOf struct{ version, revision int64 }

// learn remembers a revision that was read after the data had a version, unless something was committed meanwhile.
func (v *versions) learn(version, revision int64) error {
	now, err := v.look()
	if err == nil && now == version {
		v.revisions.Store(&revisionOf{version, revision})
	}
	return err
}

// Version is a number that grows with every commit that the database has seen, whoever made it: this process or another.
// While it stays the same every Read sees the same rows. A change that was answered before the call is in it. It costs a
// few microseconds and means nothing to other processes.
func (d *DB) Version() (int64, error) {
	version, err := d.engine.commits.look()
	return version, classify(err)
}

// Revision is the settings' revision that this transaction sees: it moves with each change of what Keep may keep.
func (tx Tx) Revision() (int64, error) {
	revision, _, err := tx.scope.settings()
	return revision, err
}
