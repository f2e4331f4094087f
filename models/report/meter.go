package report

import (
	"hash/maphash"
	"math"
	"math/bits"
	"sync"
	"time"

	"softlaunch/models/clock"
)

// Meter counts what is going on now, by market, in this process's memory. It keeps no address, no name and no cookie: a
// visitor is a bit in a sketch, chosen by a hash whose key is made up at each start. Its size is fixed.
type Meter struct {
	machine clock.Clock
	seed    maphash.Seed
	mu      sync.Mutex
	markets map[string]*measured
}

// A meter looks back over slots of slotTime. What happened longer ago is in the reports.
const (
	slotTime = 10 * time.Second
	slots    = 30
	minute   = 6 // slots
)

// sketchBits bounds a slot's memory to 4 KB; up to some hundred thousand visitors are told apart to a few in a hundred.
const sketchBits = 1 << 15

type measured [slots]slot

type slot struct {
	number        int64
	orders, busy  int
	pages, errors int
	visitors      [sketchBits / 64]uint64
}

// NewMeter counts from now on.
func NewMeter(machine clock.Clock) *Meter {
	return &Meter{machine: machine, seed: maphash.MakeSeed(), markets: map[string]*measured{}}
}

// Answered is what a request came to.
type Answered struct {
	Visitor string // anything that tells visitors apart; only a bit of its hash is kept
	Ordered bool   // an order was placed
	Busy    bool   // the visitor was told to come again
	Failed  bool   // the fault was ours
}

// Count counts a request in a market; "" is outside of any. Callers name markets that exist, which bounds the meter.
func (m *Meter) Count(market string, a Answered) {
	hash := maphash.String(m.seed, a.Visitor) % sketchBits
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.slot(market)
	s.pages++
	s.orders += one(a.Ordered)
	s.busy += one(a.Busy)
	s.errors += one(a.Failed)
	if a.Visitor != "" {
		s.visitors[hash/64] |= 1 << (hash % 64)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// slot is the slot of now, emptied when it was last used a round ago.
func (m *Meter) slot(market string) *slot {
	of := m.markets[market]
	if of == nil {
		of = &measured{}
		m.markets[market] = of
	}
	number := int64(m.machine()) / slotTime.Milliseconds()
	s := &of[number%slots]
	if s.number != number {
		*s = slot{number: number}
	}
	return s
}

// Traffic is what was counted. Orders, Busy and Errors are of the last minute, Visitors (about) and Pages of the last five.
type Traffic struct{ Visitors, Pages, Orders, Busy, Errors int }

// Traffic is what was counted in a market.
func (m *Meter) Traffic(market string) Traffic {
	m.mu.Lock()
	defer m.mu.Unlock()
	var t Traffic
	of := m.markets[market]
	if of == nil {
		return t
	}
	now := int64(m.machine()) / slotTime.Milliseconds()
	var visitors [sketchBits / 64]uint64
	for i := range of {
		s := &of[i]
		if s.number <= now-slots || s.number > now {
			continue
		}
		t.Pages += s.pages
		for word, set := range s.visitors {
			visitors[word] |= set
		}
		if s.number > now-minute {
			t.Orders, t.Busy, t.Errors = t.Orders+s.orders, t.Busy+s.busy, t.Errors+s.errors
		}
	}
	t.Visitors = about(visitors[:])
	return t
}

// about is how many different visitors have set these bits (linear counting: Whang, Vander-Zanden, Taylor, 1990).
func about(sketch []uint64) int {
	unset := 0
	for _, word := range sketch {
		unset += bits.OnesCount64(^word)
	}
	return int(math.Round(-sketchBits * math.Log(float64(max(1, unset))/sketchBits)))
}
