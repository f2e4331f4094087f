package waiting

import (
	"context"
	"crypto/rand"
	"errors"
	"sync/atomic"

	"gorm.io/gorm/clause"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Rooms are the waiting rooms of all markets. They live in this process; what must survive it is in the database: who
// opened what, the numbers given out, how far the line has come and who was let in, written once a second at most.
type Rooms struct {
	data    *db.DB
	gate    *launch.Gate
	clock   clock.Clock // the shop's: when a room opens
	machine clock.Clock // the machine's: how long somebody waits
	signer  signer
	byCode  atomic.Pointer[map[string]*Room]
	changes atomic.Int64 // made by this process, so that a reading from before one does not undo it
}

// New takes the rooms up as they were left. An empty secret is replaced by one that is kept in the database.
func New(ctx context.Context, data *db.DB, gate *launch.Gate, shop, machine clock.Clock, secret string) (*Rooms, error) {
	key := []byte(secret)
	if len(key) == 0 {
		var err error
		if key, err = ownSecret(ctx, data); err != nil {
			return nil, err
		}
	}
	s := &Rooms{data: data, gate: gate, clock: shop, machine: machine, signer: newSigner(key)}
	s.byCode.Store(&map[string]*Room{})
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// ownSecret is the secret of a shop that was given none.
func ownSecret(ctx context.Context, data *db.DB) (key []byte, err error) {
	find := func(tx db.Tx) error {
		rows, err := tx.Query("SELECT value FROM secrets WHERE name = 'waiting'")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&key); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	if err := data.Read(ctx, find); err != nil || key != nil {
		return key, err
	}
	err = data.Write(ctx, func(tx db.Tx) error {
		if _, err := tx.Exec("INSERT INTO secrets (name, value) VALUES ('waiting', ?) ON CONFLICT (name) DO NOTHING", random()); err != nil {
			return err
		}
		return find(tx)
	})
	return key, err
}

func random() []byte {
	bytes := make([]byte, 32)
	_, _ = rand.Read(bytes) // never fails: it ends the program instead
	return bytes
}

// Of is the room of a market; nil for a market that is not known yet.
func (s *Rooms) Of(code string) *Room { return (*s.byCode.Load())[code] }

// writing is how many changes wait for the writer.
func (s *Rooms) writing() int { return s.data.Waiting() }

// refresh takes over markets and plans as they are kept, those that another process has changed too.
func (s *Rooms) refresh(ctx context.Context) error {
	var markets []market.Market
	plans, changes := map[int64]Plan{}, s.changes.Load()
	err := s.data.Read(ctx, func(tx db.Tx) (err error) {
		if markets, err = market.All(tx); err != nil {
			return err
		}
		var found []Plan
		clear(plans)
		err = tx.Gorm().Find(&found).Error
		for _, p := range found {
			plans[p.MarketID] = p
		}
		return err
	})
	if err != nil {
		return err
	}
	known := *s.byCode.Load()
	rooms := make(map[string]*Room, len(markets))
	for _, m := range markets {
		room := known[m.Code]
		if room == nil {
			room = &Room{rooms: s, code: m.Code, goods: newGoods()}
		}
		plan, found := plans[m.ID]
		if !found {
			plan = none(m.ID)
		}
		room.take(m, plan, func() bool { return changes == s.changes.Load() })
		rooms[m.Code] = room
	}
	s.byCode.Store(&rooms)
	return nil
}

// none is the plan of a market that never had a room.
func none(marketID int64) Plan {
	return Plan{MarketID: marketID, State: Closed, MostInside: DefaultInside, Drawn: noDraw}
}

func newGoods() goods {
	return goods{left: map[string][]launch.Left{}, at: map[string]clock.Instant{}}
}

// take is apply for whoever does not hold r.mu, unless the plan has become old.
func (r *Room) take(m market.Market, p Plan, current func() bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.queue == nil || current() {
		r.apply(m, p)
	}
}

// change decides a room's plan anew in one transaction, with the trail's line about it. The decision sees the market and
// the plan as they are kept; when it answers the plan that it was given, nothing is written.
func (s *Rooms) change(ctx context.Context, code string, by staff.Actor, decide func(market.Market, Plan, clock.Instant) (Plan, staff.Change, error)) error {
	var m market.Market
	var before, after Plan
	err := s.data.Write(ctx, func(tx db.Tx) (err error) {
		if m, err = market.ByCode(tx, code); err != nil {
			return err
		}
		if before, err = planOf(tx, m.ID); err != nil {
			return err
		}
		var change staff.Change
		if after, change, err = decide(m, before, tx.Now()); err != nil || after.State == before.State {
			return err
		}
		if after.Admitted == nil {
			after.Admitted = []byte{} // the driver writes nil as NULL
		}
		if err := tx.Gorm().Clauses(clause.OnConflict{UpdateAll: true}).Create(&after).Error; err != nil {
			return err
		}
		change.Subject, change.Name, change.Before, change.After = "waiting room", code, string(before.State), after.says(m)
		return staff.Record(tx, by, change)
	})
	if err != nil {
		return err
	}
	s.changes.Add(1)
	room := s.Of(code)
	if room == nil {
		return s.refresh(ctx)
	}
	room.take(m, after, func() bool { return after.Round >= room.plan.Round })
	return nil
}

func planOf(tx db.Tx, marketID int64) (Plan, error) {
	var found []Plan
	if err := tx.Gorm().Where("market_id = ?", marketID).Limit(1).Find(&found).Error; err != nil {
		return Plan{}, err
	}
	if len(found) == 0 {
		return none(marketID), nil
	}
	return found[0], nil
}

// says is the plan for the trail.
func (p Plan) says(m market.Market) string {
	text := string(p.State)
	switch {
	case p.State == Armed && p.Opens(m) != 0:
		text += " for " + p.Opens(m).String()
	case p.State == Open && p.Drawn >= 0:
		text += ", order drawn"
	}
	return text
}

// block is how many numbers are reserved at once: a write for that many tickets.
const block = 256

// issue gives out the next number; ok is false when none is reserved. It needs r.mu.
func (r *Room) issue() (t Ticket, ok bool) {
	if int(r.next) >= r.plan.Reserved {
		return t, false
	}
	t = Ticket{Round: r.plan.Round, Number: r.next}
	r.next++
	r.queue.grow(r.next)
	return t, true
}

// reserve makes sure that there is a number to give out, and that it is never given out again.
func (r *Room) reserve(ctx context.Context) error {
	r.reserving.Lock()
	defer r.reserving.Unlock()
	r.mu.Lock()
	plan, enough := r.plan, int(r.next) < r.plan.Reserved
	r.mu.Unlock()
	if enough {
		return nil
	}
	if plan.Reserved+block > maxTickets {
		return fault.New(fault.Busy, "fault.busy")
	}
	reserved := 0
	err := r.rooms.data.Write(ctx, func(tx db.Tx) error {
		return tx.QueryRow("UPDATE waiting_rooms SET reserved = reserved + ? WHERE market_id = ? AND round = ? RETURNING reserved",
			block, plan.MarketID, plan.Round).Scan(&reserved)
	})
	if err != nil {
		return errors.Join(err, r.rooms.refresh(ctx))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plan.Round == plan.Round {
		r.plan.Reserved, r.next = reserved, max(r.next, uint32(reserved-block))
		r.queue.grow(r.next)
	}
	return nil
}
