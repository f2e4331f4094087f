package waiting

import (
	"context"
	"errors"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// calmFor is how long nobody must wait before a room closes that the shop opened by itself.
const calmFor = time.Minute

// Sweep is the rooms' share of the worker's second: it takes over what was changed elsewhere, opens and closes rooms by
// themselves, and writes down how far the lines have come.
func (s *Rooms) Sweep(ctx context.Context) error {
	err := s.refresh(ctx)
	for _, room := range *s.byCode.Load() {
		err = errors.Join(err, room.sweep(ctx))
	}
	return err
}

func (r *Room) sweep(ctx context.Context) error {
	if err := r.drawIfDue(ctx); err != nil {
		return err
	}
	now := r.rooms.machine()
	r.mu.Lock()
	if r.plan.State == Open || r.plan.State == Draining {
		r.advance(now)
	} else if passed := now.Sub(r.second); passed >= time.Second { // the rate of orders is known before a room opens
		r.pace, r.second = r.pace.fill(now).next(r.load.take(passed, r.rooms.writing()), false), now
	}
	r.load.relax(now)
	closes, opens := r.closes(now), r.plan.State == Closed && r.load.lasts(now)
	r.mu.Unlock()
	switch {
	case opens:
		return r.openByItself(ctx)
	case closes:
		return r.rooms.close(ctx, staff.Shop, r.code)
	}
	return r.keep(ctx)
}

// closes reports whether the room's work is done. It needs r.mu.
func (r *Room) closes(now clock.Instant) bool {
	calm := r.calm != 0 && now.Sub(r.queue.from) >= settling
	switch {
	case r.plan.State == Draining:
		return calm
	case r.plan.State == Open && r.plan.Automatic:
		return calm && now.Sub(r.calm) >= calmFor && !r.load.lasts(now)
	}
	return false
}

func (r *Room) openByItself(ctx context.Context) error {
	return r.rooms.change(ctx, r.code, staff.Shop, func(_ market.Market, p Plan, now clock.Instant) (Plan, staff.Change, error) {
		if p.State != Closed {
			return p, staff.Change{}, nil
		}
		p, err := p.open(random(), 0, DefaultInside, now)
		p.Automatic = true
		return p, staff.Change{Verb: "open", Reason: "more is asked for than can be served"}, err
	})
}

// drawIfDue fixes the order of an armed room whose instant has come, once: it is kept before anybody is let in. Whoever
// comes while somebody else is at it goes on without.
func (r *Room) drawIfDue(ctx context.Context) error {
	r.mu.Lock()
	due, tickets := r.plan.DrawDue(r.market, r.rooms.clock()), int(r.next)
	r.mu.Unlock()
	if !due || !r.drawing.TryLock() {
		return nil
	}
	defer r.drawing.Unlock()
	return r.rooms.change(ctx, r.code, staff.Shop, func(m market.Market, p Plan, now clock.Instant) (Plan, staff.Change, error) {
		if !p.DrawDue(m, now) {
			return p, staff.Change{}, nil // the market was postponed meanwhile, or the room is open
		}
		p, err := p.open(nil, tickets, 0, p.Opens(m))
		return p, staff.Change{Verb: "open"}, err
	})
}

// keep writes down how far the line has come, when it has.
func (r *Room) keep(ctx context.Context) error {
	r.mu.Lock()
	plan, called, ins := r.plan, r.queue.called, r.ins
	changed := plan.Round != 0 && (called != r.kept || ins != r.keptIn)
	admitted := []byte{}
	if changed {
		admitted = append(admitted, r.queue.in...)
	}
	r.mu.Unlock()
	if !changed {
		return nil
	}
	err := r.rooms.data.Write(ctx, func(tx db.Tx) error {
		_, err := tx.Exec("UPDATE waiting_rooms SET called = ?, admitted = ? WHERE market_id = ? AND round = ?", called, admitted, plan.MarketID, plan.Round)
		return err
	})
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plan.Round == plan.Round {
		r.kept, r.keptIn = called, ins
	}
	return nil
}

// Flush writes down how far all lines have come, before the database closes.
func (s *Rooms) Flush(ctx context.Context) error {
	var err error
	for _, room := range *s.byCode.Load() {
		err = errors.Join(err, room.keep(ctx))
	}
	return err
}
