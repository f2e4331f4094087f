package db

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"runtime/debug"

	"softlaunch/models/clock"
)

// most is how many changes one commit carries. An fsync shared by this many is already cheap, and all of them wait for
// the last.
const most = 128

// group is the changes that one transaction commits together. Its state survives the goroutine that runs it.
type group struct {
	conn   *sql.Conn
	engine *engine
	now    clock.Clock
	queue  <-chan *change

	members []*change
	next    int  // the first member that has not run in this transaction
	begun   bool // a transaction is under way
	dead    bool // the transaction is lost and the members have to run again; SQLite's rollback hook sets it too
	ending  bool // COMMIT is ours
}

var background = context.Background()

// newGroup makes the connection tell when the transaction is rolled back under the group (a statement can do that, and
// SQLite does it by itself when the disk is full), and refuse every commit but the group's own: a function that sends
// COMMIT, or a change after ROLLBACK, would otherwise make half a group permanent.
func newGroup(conn *sql.Conn, e *engine, now clock.Clock, queue <-chan *change) (*group, error) {
	g := &group{conn: conn, engine: e, now: now, queue: queue}
	return g, conn.Raw(func(c any) error {
		watch(c, func() { g.dead = true }, func() bool { return g.ending })
		return nil
	})
}

// fill waits for a first member unless there are members already. It reports false when no more will come.
func (g *group) fill() bool {
	for len(g.members) == 0 {
		c, ok := <-g.queue
		if !ok {
			return false
		}
		g.admit(c)
	}
	return true
}

// admit takes a change from the queue unless its caller has gone.
func (g *group) admit(c *change) {
	if !c.state.CompareAndSwap(waiting, taken) {
		return
	}
	if err := c.ctx.Err(); err != nil {
		c.err = err
		close(c.done)
		return
	}
	g.members = append(g.members, c)
}

// commit runs the members, and those that arrive meanwhile, commits once and answers all.
func (g *group) commit() {
	for {
		if g.dead && !g.restart() {
			return
		}
		if err := g.begin(); err != nil {
			g.failAll(err)
			return
		}
		if g.runMembers(); !g.dead {
			g.finish()
			return
		}
	}
}

// runMembers lets callers that were just answered come back once before it stops; without it every second group is a
// single change, for which all the others wait.
func (g *group) runMembers() {
	for yielded := false; !g.dead; {
		if c := g.take(); c != nil {
			g.call(c)
		} else if yielded {
			return
		} else {
			runtime.Gosched()
			yielded = true
		}
	}
}

// begin begins a transaction unless one is under way.
func (g *group) begin() error {
	if g.begun {
		return nil
	}
	if err := g.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	g.begun, g.next = true, 0
	return nil
}

// take is the next member to run, from the queue when all have run and there is room.
func (g *group) take() *change {
	for {
		for g.next < len(g.members) {
			c := g.members[g.next]
			g.next++
			if !c.final {
				return c
			}
		}
		if len(g.members) >= most {
			return nil
		}
		select {
		case c, ok := <-g.queue:
			if !ok {
				return nil
			}
			g.admit(c)
		default:
			return nil
		}
	}
}

// call runs a member's function in a savepoint. What is set before is what stands when the function never returns.
func (g *group) call(c *change) {
	s := newScope(context.WithoutCancel(c.ctx), background, g.conn, g.engine, g.now())
	s.writes = true
	c.err, c.final = errExited, true
	defer g.end(c, s)
	if err := g.exec("SAVEPOINT change"); err != nil {
		c.err, g.dead = err, true
		return
	}
	c.err = c.run(Tx{s})
	c.final = false
}

// end keeps or undoes what a member did. When that can't be done the function has lost the transaction for all: it is
// not run again, the others are.
func (g *group) end(c *change, s *scope) {
	if c.final {
		if v := recover(); v != nil {
			c.err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}
	s.close()
	c.after = s.after
	var lost error
	if !g.dead {
		lost = g.settle(c.err == nil)
	}
	if g.dead || lost != nil {
		g.dead, c.final = true, true
		if c.err == nil {
			c.err = errors.Join(errEnds, lost)
		}
	}
}

// settle ends the savepoint. It fails when a function has ended that itself.
func (g *group) settle(keep bool) error {
	if !keep {
		if err := g.exec("ROLLBACK TO change"); err != nil {
			return err
		}
	}
	return g.exec("RELEASE change")
}

// restart clears away a lost transaction. It reports false, with all answered, when the disk failed: to run each function
// again would wait for it each time.
func (g *group) restart() bool {
	g.rollback()
	for _, c := range g.members {
		if c.final && hasCode(c.err, codeIO) {
			g.failAll(c.err)
			return false
		}
	}
	g.dead = false
	return true
}

func (g *group) rollback() {
	g.begun = false
	if g.inTransaction() {
		_ = g.exec("ROLLBACK")
	}
}

// finish commits and answers. When the commit fails nobody's outcome stands, not even a refusal: it may rest on what
// another member had done.
func (g *group) finish() {
	g.ending = true
	err := g.exec("COMMIT")
	g.ending = false
	if err != nil {
		g.rollback()
		g.failAll(err)
		return
	}
	g.answer()
}

// failAll answers every member with an error, but for those that failed by their own doing.
func (g *group) failAll(err error) {
	for _, c := range g.members {
		if !c.final {
			c.err = err
		}
	}
	g.answer()
}

// answer lets the callers go on and makes room for the next group.
func (g *group) answer() {
	for i, c := range g.members {
		c.err = classify(c.err)
		close(c.done)
		g.members[i] = nil
	}
	g.members, g.next, g.begun, g.dead = g.members[:0], 0, false, false
}

func (g *group) exec(query string) error {
	_, err := g.conn.ExecContext(background, query)
	return err
}

func (g *group) inTransaction() (open bool) {
	_ = g.conn.Raw(func(c any) error {
		open = inTransaction(c)
		return nil
	})
	return open
}
