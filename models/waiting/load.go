package waiting

import (
	"sync/atomic"
	"time"

	"softlaunch/models/clock"
)

// overloaded is how long too much must be asked for before a room opens by itself.
const overloadedFor = 3 * time.Second

// load counts what a market's shoppers ask for. It is safe for concurrent use.
type load struct {
	inFlight, orders, refused atomic.Int64
	over                      atomic.Int64 // since when there is too much, 0 when there is not
	lastRefused               atomic.Int64
}

func (l *load) begin(now clock.Instant) {
	if l.inFlight.Add(1) > MaxInFlight {
		l.over.CompareAndSwap(0, int64(now))
	}
}

func (l *load) end(now clock.Instant, o Outcome) {
	left := l.inFlight.Add(-1)
	if o.Ordered {
		l.orders.Add(1)
	}
	if o.Busy {
		l.refused.Add(1)
		l.lastRefused.Store(int64(now))
		l.over.CompareAndSwap(0, int64(now))
	} else if left <= MaxInFlight {
		l.relax(now)
	}
}

// relax forgets the overload unless somebody was refused a moment ago.
func (l *load) relax(now clock.Instant) {
	if l.inFlight.Load() <= MaxInFlight && now.Sub(clock.Instant(l.lastRefused.Load())) >= time.Second {
		l.over.Store(0)
	}
}

// lasts reports whether the overload has lasted long enough for a room.
func (l *load) lasts(now clock.Instant) bool {
	since := clock.Instant(l.over.Load())
	return since != 0 && now.Sub(since) >= overloadedFor
}

// take is the load since it was last taken, passed ago.
func (l *load) take(passed time.Duration, queue int) Load {
	seconds := max(1, passed.Seconds())
	return Load{Orders: int(float64(l.orders.Swap(0)) / seconds), Refused: int(l.refused.Swap(0)),
		InFlight: int(l.inFlight.Load()), Queue: queue}
}

// Outcome is what became of a shopper's request.
type Outcome struct {
	Ordered bool // an order was placed
	Busy    bool // the shop was too busy to answer
}
