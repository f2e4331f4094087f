package waiting

import (
	"context"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Form is what staff type: when an armed room opens (empty is the market's launch instant) and how many people may be
// inside at once (empty is DefaultInside).
type Form struct {
	OpensAt market.Moment
	Most    string
}

// mostEver bounds what staff may type.
const mostEver = 50_000

// Arm has a market's room give out tickets now and open at an instant: those who are there then are put into a random
// order. The fault's fields are opens_at and most_inside.
func (s *Rooms) Arm(ctx context.Context, by staff.Actor, code string, f Form) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.change(ctx, code, by, func(m market.Market, p Plan, now clock.Instant) (Plan, staff.Change, error) {
		wrong := fault.Fields{}
		most := readMost(f.Most, wrong)
		at := m.Read(f.OpensAt, "opens_at", wrong)
		switch {
		case at != 0 && at <= now:
			wrong.Add("opens_at", "time.past")
		case at == 0 && f.OpensAt.Local == "" && m.LaunchAt <= now:
			wrong.Add("opens_at", "waiting.no_launch")
		}
		if err := wrong.Err(); err != nil {
			return p, staff.Change{}, err
		}
		p, err := p.arm(random(), at, most)
		return p, staff.Change{Verb: "arm"}, err
	})
}

// Open opens a market's room now. One that is armed draws its order among those who are there.
func (s *Rooms) Open(ctx context.Context, by staff.Actor, code string, f Form) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	tickets := s.tickets(code)
	return s.change(ctx, code, by, func(_ market.Market, p Plan, now clock.Instant) (Plan, staff.Change, error) {
		wrong := fault.Fields{}
		most := readMost(f.Most, wrong)
		if err := wrong.Err(); err != nil {
			return p, staff.Change{}, err
		}
		p, err := p.open(random(), tickets, most, now)
		return p, staff.Change{Verb: "open"}, err
	})
}

// Drain has a market's room close as soon as nobody waits.
func (s *Rooms) Drain(ctx context.Context, by staff.Actor, code string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.change(ctx, code, by, func(_ market.Market, p Plan, _ clock.Instant) (Plan, staff.Change, error) {
		p, err := p.drain()
		return p, staff.Change{Verb: "drain"}, err
	})
}

// Close takes a market's room away: everybody may shop at once.
func (s *Rooms) Close(ctx context.Context, by staff.Actor, code string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.close(ctx, by, code)
}

func (s *Rooms) close(ctx context.Context, by staff.Actor, code string) error {
	return s.change(ctx, code, by, func(_ market.Market, p Plan, _ clock.Instant) (Plan, staff.Change, error) {
		p, err := p.close()
		return p, staff.Change{Verb: "close"}, err
	})
}

// tickets is how many numbers were given out in a market's present round.
func (s *Rooms) tickets(code string) int {
	room := s.Of(code)
	if room == nil {
		return 0
	}
	room.mu.Lock()
	defer room.mu.Unlock()
	return int(room.next)
}

func readMost(typed string, wrong fault.Fields) int {
	if strings.TrimSpace(typed) == "" {
		return DefaultInside
	}
	most, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil || most < 1 || most > mostEver {
		wrong.Add("most_inside", "waiting.most")
	}
	return most
}

// Status is a room as staff see it.
type Status struct {
	Plan    Plan
	Market  market.Market
	Opens   clock.Instant // of an armed one
	Tickets int           // given out in this round
	Waiting int           // who wait and are there
	Inside  int           // who are inside, or called and expected
	Rate    float64       // people let in a second, at most
	Orders  float64       // orders a second, smoothed
	Load    int           // shoppers' requests that are being answered
}

// Status is a market's room now; it is zero for a market that is not known.
func (s *Rooms) Status(code string) Status {
	room := s.Of(code)
	if room == nil {
		return Status{}
	}
	now := s.machine()
	room.mu.Lock()
	defer room.mu.Unlock()
	status := Status{Plan: room.plan, Market: room.market, Load: int(room.load.inFlight.Load()), Rate: room.pace.rate, Orders: room.pace.orders}
	if room.plan.State == Closed {
		return status
	}
	status.Opens, status.Tickets = room.plan.Opens(room.market), int(room.next)
	status.Waiting, status.Inside = room.queue.waiting(now), room.queue.busy()
	return status
}
