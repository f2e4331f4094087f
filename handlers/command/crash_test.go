package command

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"softlaunch/models/modelstest"
)

// Row 6 of GUARANTEES: the program is killed at a random moment of 200 parallel checkouts; every order and every payment
// that was answered is there afterwards, once, and the audit is clean.
func TestNoAnsweredOrderIsLostToAKill(t *testing.T) {
	t.Parallel()
	var all tally
	crash(t, 20, &all)
	all.tell(t)
}

// TestTortureNoAnsweredOrderIsLostToAKill kills at least 200 times.
func TestTortureNoAnsweredOrderIsLostToAKill(t *testing.T) {
	var all tally
	modelstest.Torture(t, 10, func(t *testing.T) { crash(t, 20, &all) })
	all.tell(t)
}

// tally is what many kills came to.
type tally struct {
	kills     int
	midway    int // kills while somebody waited for an answer
	waiting   int // buttons that were never answered
	recovered int // kills that left a log to recover from
	orders    int
	payments  int
}

// tell says it, and fails when the kills missed what they were aimed at.
func (a tally) tell(t *testing.T) {
	t.Helper()
	t.Logf("%d kills, %d of them with %d buttons pressed and not answered, %d left a log to recover; %d orders and %d payments were answered",
		a.kills, a.midway, a.waiting, a.recovered, a.orders, a.payments)
	if a.orders == 0 || a.payments == 0 || a.midway < a.kills*3/4 || a.recovered < a.kills*3/4 {
		t.Error("most kills came when nothing was written")
	}
}

func crash(t *testing.T, rounds int, all *tally) {
	t.Helper()
	dir, kept := folder(t), newJournal(t)
	for range rounds {
		p := serve(t, dir)
		kept.compare(t, p)
		waiting := rush(p, kept)
		_ = p.Wait()
		all.kills++
		all.waiting += waiting
		if waiting > 0 {
			all.midway++
		}
		if log, err := os.Stat(filepath.Join(dir, "store.db-wal")); err == nil && log.Size() > 0 {
			all.recovered++
		}
		audited(t, dir)
	}
	kept.compare(t, serve(t, dir))
	orders, payments := kept.known()
	all.orders, all.payments = all.orders+orders, all.payments+payments
}

// rush has 200 buyers order and pay at once and kills the program at a random one of their presses, or a few milliseconds
// later. It answers how many of them waited for an answer then.
func rush(p *process, kept *journal) (waiting int) {
	const buyers = 200
	moment := 1 + rand.N(2*buyers)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	now, killed := make(chan struct{}), make(chan struct{})
	kept.lap(func(n int) {
		if n == moment {
			close(now)
		}
	})
	go func() {
		defer close(killed)
		select {
		case <-now:
		case <-ctx.Done(): // so many buttons were never pressed
		}
		time.Sleep(rand.N(5 * time.Millisecond)) // the moment is what is random here, nothing is waited for
		_ = p.Process.Kill()
		kept.mu.Lock()
		waiting = kept.waiting
		kept.mu.Unlock()
		cancel()
	}()
	_ = kept.buy(ctx, p, buyers)
	cancel()
	<-killed
	kept.wire.CloseIdleConnections()
	return waiting
}
