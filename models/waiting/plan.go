package waiting

import (
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// State is what a waiting room is.
type State string

const (
	// Closed is no room: everybody may shop.
	Closed State = "closed"
	// Armed is a room that gives out tickets and opens at an instant. Until then everybody may shop.
	Armed State = "armed"
	// Open is a room that everybody passes through.
	Open State = "open"
	// Draining is an open room that closes as soon as nobody waits.
	Draining State = "draining"
)

// noDraw is Plan.Drawn of a round whose order is that of arrival.
const noDraw = -1

// Plan is a market's waiting room as it is kept.
type Plan struct {
	MarketID   int64 `gorm:"primaryKey"`
	Round      int64 // tickets of other rounds are worth nothing
	State      State
	Automatic  bool          // the shop opened it by itself, and closes it
	OpensAt    clock.Instant // of an armed one; none is the market's launch instant
	OpenedAt   clock.Instant
	MostInside int    // people who may be inside at once, as far as the room lets them in
	Secret     []byte // decides the order of those present at the opening
	Drawn      int    // how many tickets were drawn, or -1
	Reserved   int    // numbers below this may have been given out
	Called     int    // positions before this have had their turn
	Admitted   []byte // a bit for each number that was let in
}

// TableName is where waiting rooms are kept.
func (Plan) TableName() string { return "waiting_rooms" }

// DefaultInside is how many people are let in at once unless staff say otherwise: with a request from each every ten
// seconds or so they keep a small machine busy and no more.
const DefaultInside = 2000

// Opens is when an armed room opens; none when its market has no launch instant.
func (p Plan) Opens(m market.Market) clock.Instant {
	if p.OpensAt != 0 {
		return p.OpensAt
	}
	return m.LaunchAt
}

// Stands reports whether shoppers pass through the room at an instant.
func (p Plan) Stands(m market.Market, now clock.Instant) bool {
	return p.State == Open || p.State == Draining || p.State == Armed && p.Opens(m).Reached(now)
}

// DrawDue reports whether an armed room's instant has come and its order is not fixed yet.
func (p Plan) DrawDue(m market.Market, now clock.Instant) bool {
	return p.State == Armed && p.Opens(m).Reached(now)
}

// fresh is a new round with nobody in it.
func (p Plan) fresh(secret []byte, most int) Plan {
	return Plan{MarketID: p.MarketID, Round: p.Round + 1, State: Closed, MostInside: most, Secret: secret, Drawn: noDraw}
}

// arm has the room open at an instant; none is the launch instant.
func (p Plan) arm(secret []byte, opensAt clock.Instant, most int) (Plan, error) {
	if p.State != Closed {
		return p, fault.New(fault.Conflict, "waiting.not_closed")
	}
	p = p.fresh(secret, most)
	p.State, p.OpensAt = Armed, opensAt
	return p, nil
}

// open opens a closed room, or an armed one for the tickets that were given out.
func (p Plan) open(secret []byte, tickets, most int, now clock.Instant) (Plan, error) {
	switch p.State {
	case Closed:
		p = p.fresh(secret, most)
	case Armed:
		p.Drawn = tickets
	default:
		return p, fault.New(fault.Conflict, "waiting.is_open")
	}
	p.State, p.OpenedAt = Open, now
	return p, nil
}

func (p Plan) drain() (Plan, error) {
	if p.State != Open {
		return p, fault.New(fault.Conflict, "waiting.not_open")
	}
	p.State = Draining
	return p, nil
}

func (p Plan) close() (Plan, error) {
	if p.State == Closed {
		return p, fault.New(fault.Conflict, "waiting.is_closed")
	}
	p.State, p.Automatic = Closed, false
	return p, nil
}
