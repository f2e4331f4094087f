package waiting

import (
	"math"

	"softlaunch/models/clock"
)

// Load is what a market's checkout did in a second.
type Load struct {
	Orders   int // that were placed
	Refused  int // that were told to come again because the shop was too busy
	InFlight int // requests that are being answered
	Queue    int // changes that wait for the writer
}

const (
	// MaxInFlight is how many requests of shoppers a market answers at once before it counts as overloaded: some for each
	// of a small machine's cores, so that each still gets its answer in a few hundredths of a second.
	MaxInFlight = 64
	// maxQueue is how many changes may wait for the writer; that many are committed in two groups.
	maxQueue = 256
)

// Overloaded reports whether more is asked for than can be served.
func (l Load) Overloaded() bool {
	return l.InFlight > MaxInFlight || l.Queue > maxQueue || l.Refused > 0
}

// A room begins with startRate people a second. The rate never falls below the least, so that a hiccup does not close the
// door, and never rises above a multiple of the orders that the shop completes: one order takes some eight requests,
// and not everybody who is let in buys.
const (
	startRate  = 20.0
	leastRate  = 1.0
	growth     = 1.25
	perOrder   = 8.0
	freeRate   = 50.0 // what the multiple of a shop without orders yet is
	burst      = 2.0  // seconds of the rate that may be saved up
	memory     = 0.7  // how much of the measured rate of orders is the past's
	perSecond  = 1000
	mostASweep = 10_000 // no gap between two looks is worth more than this many milliseconds
)

// pace is a token bucket, fed by what the shop completes: it grows while people wait and all goes well, and is halved,
// but not below the orders completed, when more is asked for than can be served.
type pace struct {
	rate   float64 // people a second
	orders float64 // completed a second, smoothed
	tokens float64
	at     clock.Instant // until when the bucket is filled
}

func newPace(now clock.Instant) pace { return pace{rate: startRate, tokens: startRate, at: now} }

// fill adds the tokens of the time that has passed.
func (p pace) fill(now clock.Instant) pace {
	passed := min(max(0, now-p.at), mostASweep)
	p.tokens = min(p.tokens+p.rate*float64(passed)/perSecond, max(1, p.rate*burst))
	p.at = now
	return p
}

// next is the pace after a second of a load; waited says that somebody had to wait for a token meanwhile.
func (p pace) next(l Load, waited bool) pace {
	p.orders = memory*p.orders + (1-memory)*float64(l.Orders)
	switch {
	case l.Overloaded():
		p.rate = max(p.rate/2, p.orders)
	case waited:
		p.rate = min(p.rate*growth+1, max(freeRate, p.orders*perOrder))
	}
	p.rate = max(p.rate, leastRate)
	p.tokens = min(p.tokens, max(1, p.rate*burst))
	return p
}

// take takes a token, if there is one.
func (p *pace) take() bool {
	if p.tokens < 1 {
		return false
	}
	p.tokens--
	return true
}

// wait is how many seconds so many people take.
func (p pace) wait(people int) int { return int(math.Ceil(float64(people) / p.rate)) }
