package pagecache

import (
	"context"
	"sync"
	"sync/atomic"

	"softlaunch/models"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
)

// glances are the last glance at each market, so that all pages of a market share one after a change.
type glances struct {
	shop     *models.Shop
	byMarket sync.Map // int64 -> *last; as many as the shop has markets
}

// last is what was seen last; who looks again holds mu.
type last struct {
	mu   sync.Mutex
	seen atomic.Pointer[seen]
}

type seen struct {
	glance  launch.Glance
	version int64
	at      clock.Instant
}

// holds reports whether the glance is as good as one that is taken now, at this version of the data or a later one.
func (s *seen) holds(version int64, now clock.Instant) bool {
	return s != nil && s.version >= version && s.at <= now && now < s.glance.Until()
}

// at is the glance at a market now; version was asked for by whoever wants to know.
func (g *glances) at(market, version int64, now clock.Instant) (launch.Glance, error) {
	found, known := g.byMarket.Load(market)
	if !known {
		found, _ = g.byMarket.LoadOrStore(market, &last{})
	}
	l := found.(*last)
	if s := l.seen.Load(); s.holds(version, now) {
		return s.glance, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.seen.Load(); s.holds(version, now) {
		return s.glance, nil
	}
	glance, err := g.look(market, now)
	if err == nil {
		l.seen.Store(&seen{glance, version, now})
	}
	return glance, err
}

// look looks at the shop as it is by the clock at an instant. It serves all who wait, so nobody's leaving ends it.
func (g *glances) look(market int64, at clock.Instant) (launch.Glance, error) {
	var markets []int64
	if market != Everywhere {
		markets = []int64{market}
	}
	return g.shop.AsOf(at).Gate.Glance(context.Background(), markets...)
}
