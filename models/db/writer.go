package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

const (
	// queued is how many changes may wait. At some thousand a second the last one waits a few tenths of a second; more
	// callers than that are better told to come again.
	queued = 1024
	// suspicious is how long a caller waits before it is asked whether it is the writer's own goroutine.
	suspicious = 100 * time.Millisecond
)

// writer commits changes: one goroutine on one connection.
type writer struct {
	pool  *sql.DB
	queue chan *change
	group *group

	mu     sync.RWMutex // guards closed; held for reading while a change is queued
	closed bool
	done   chan struct{}

	goroutine atomic.Uint64
}

// A change waits until the writer takes it or its caller gives up, whoever is first.
const (
	waiting int32 = iota
	taken
	gone
)

// change is one function for the writer, and then its outcome.
type change struct {
	ctx   context.Context
	run   func(Tx) error
	state atomic.Int32
	done  chan struct{} // closed when err and after are final
	err   error
	after []func()
	final bool // err stands whatever becomes of the group
}

// Write runs f in a transaction of its own and returns when that is safely on disk; f's error undoes it. It is the only
// door for changes. Functions that wait at the same time share one commit, and none sees another fail. f may run twice,
// and runs to its end even when ctx ends meanwhile; when ctx ends before f began, f never runs. A full queue, a disk that
// is full or fails, and a lock held by another process are a Busy fault with the cause beside it; then nothing was
// changed. A panic in f is returned as a *PanicError.
func (d *DB) Write(ctx context.Context, f func(tx Tx) error) error {
	if inside(ctx) {
		return ErrNested
	}
	if d.writer == nil {
		return errPreview
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &change{ctx: ctx, run: f, done: make(chan struct{})}
	if err := d.writer.enqueue(c); err != nil {
		return err
	}
	if err := d.writer.wait(c); err != nil {
		return err
	}
	runAll(c.after)
	return nil
}

// startWriter takes the pool's one connection for good.
func startWriter(ctx context.Context, pool *sql.DB, e *engine, now clock.Clock) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{pool: pool, queue: make(chan *change, queued), done: make(chan struct{})}
	w.group, err = newGroup(conn, e, now, w.queue)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go w.loop()
	return w, nil
}

// loop ends when the queue is closed and empty. A function that ends its goroutine (runtime.Goexit, a test's FailNow)
// ends this one: another takes over where it stood.
func (w *writer) loop() {
	finished := false
	defer func() {
		if finished {
			close(w.done)
		} else {
			go w.loop()
		}
	}()
	w.goroutine.Store(goroutine())
	for w.group.fill() {
		w.group.commit()
	}
	finished = true
}

func (w *writer) enqueue(c *change) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return busy(errClosed)
	}
	select {
	case w.queue <- c:
		return nil
	default:
		return fault.New(fault.Busy, "fault.busy")
	}
}

// wait returns the outcome of a change, or the reason why its function never ran. Once it began its outcome is waited
// for: nobody is left guessing whether a change was made.
func (w *writer) wait(c *change) error {
	asleep := time.NewTimer(suspicious)
	defer asleep.Stop()
	for {
		select {
		case <-c.done:
			return c.err
		case <-c.ctx.Done():
			if c.state.CompareAndSwap(waiting, gone) {
				return c.ctx.Err()
			}
			<-c.done
			return c.err
		case <-asleep.C:
			if goroutine() == w.goroutine.Load() {
				c.state.Store(gone)
				return ErrNested
			}
		}
	}
}

// stop takes no more changes and returns when those that are queued have been answered.
func (w *writer) stop() {
	w.mu.Lock()
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.done
}

// close moves the log into the file, as far as other processes let it, and closes the connection.
func (w *writer) close() error {
	ctx := context.Background()
	conn := w.group.conn
	_, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 500")
	if err == nil {
		_, err = conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return errors.Join(err, conn.Close(), w.pool.Close())
}

// goroutine is the number of the goroutine that calls it, which Go only tells in a stack trace.
func goroutine() uint64 {
	var buffer [64]byte
	trace := buffer[:runtime.Stack(buffer[:], false)]
	number, _, _ := bytes.Cut(bytes.TrimPrefix(trace, []byte("goroutine ")), []byte(" "))
	id, _ := strconv.ParseUint(string(number), 10, 64)
	return id
}

// runAll runs what waited for the commit. A panic there can't undo the commit, so it is logged and the rest runs.
func runAll(after []func()) {
	for _, f := range after {
		func() {
			defer func() {
				if v := recover(); v != nil {
					slog.Error("panic after commit", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
				}
			}()
			f()
		}()
	}
}
