package waiting

import (
	"sync"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// Room is a market's waiting room. It is safe for concurrent use.
type Room struct {
	rooms *Rooms
	code  string
	load  load

	mu     sync.Mutex
	market market.Market
	plan   Plan
	queue  *queue
	pace   pace
	second clock.Instant // when the pace was last set
	waited bool          // somebody waited for a token since then
	calm   clock.Instant // since when nobody waits, 0 when somebody does
	next   uint32        // the next number to give out
	kept   uint32        // positions called, as the database knows
	keptIn int           // numbers let in, as the database knows
	ins    int           // numbers let in

	reserving sync.Mutex
	drawing   sync.Mutex
	goods     goods
}

// goods are the units left as they were a moment ago, by language.
type goods struct {
	mu      sync.Mutex
	left    map[string][]launch.Left
	at      map[string]clock.Instant
	soldOut bool
}

// Visitor is a browser as its cookies say, each empty when there is none.
type Visitor struct{ Ticket, Pass, Cart string }

// apply takes over the plan and the market as they are kept. It needs r.mu.
func (r *Room) apply(m market.Market, p Plan) {
	now := r.rooms.machine()
	if r.queue == nil || p.Round != r.plan.Round {
		r.queue, r.pace, r.second = newQueue(now), newPace(now), now
		r.queue.grow(uint32(p.Reserved))
		r.queue.called, r.queue.in = uint32(p.Called), bits(p.Admitted)
		r.next, r.kept, r.calm, r.ins, r.keptIn = uint32(p.Reserved), uint32(p.Called), 0, 0, 0
	} else {
		p.Reserved = max(p.Reserved, r.plan.Reserved)
	}
	if p.Drawn >= 0 && r.queue.line == nil {
		r.queue.draw(p.Secret, p.Drawn)
	}
	r.market, r.plan = m, p
}

// stands reports whether shoppers pass through the room now. It needs r.mu.
func (r *Room) stands() bool { return r.plan.Stands(r.market, r.rooms.clock()) }

// advance calls those whose turn it is. It needs r.mu.
func (r *Room) advance(now clock.Instant) {
	r.pace = r.pace.fill(now)
	if passed := now.Sub(r.second); passed >= time.Second {
		r.queue.sweep(now)
		r.pace = r.pace.next(r.load.take(passed, r.rooms.writing()), r.waited)
		r.second, r.waited = now, false
	}
	waits := r.queue.call(now, r.may)
	r.waited = r.waited || waits
	if waits || len(r.queue.due) > 0 {
		r.calm = 0
	} else if r.calm == 0 {
		r.calm = now
	}
}

// may reports whether one more may come in, and takes the token for it.
func (r *Room) may() bool {
	if r.goods.gone() || r.queue.busy() >= r.plan.MostInside || r.load.inFlight.Load() > MaxInFlight {
		return false
	}
	return r.pace.take()
}

// pass reads a visitor's pass; ok is false when it is none, has run out or belongs to another cart.
func (r *Room) pass(v Visitor, now clock.Instant) (p Pass, ok bool) {
	p, ok = r.rooms.signer.readPass(r.code, v.Pass)
	return p, ok && v.Cart != "" && p.fresh(now) && p.Cart == IDOf(v.Cart)
}

// whole reports whether a pass counts for everything. After a draw one from before counts for what was in the cart, or
// the draw would be no draw. It needs r.mu.
func (r *Room) whole(p Pass) bool {
	return p.Round == r.plan.Round || r.plan.State != Armed && r.plan.Drawn == noDraw
}

// Verdict is whether a visitor may shop. When Finish is set it is with the goods that his pass covers and no others.
type Verdict struct {
	In, Finish bool
	Pass       Pass
	HasPass    bool
}

// Knock asks whether a visitor may shop. Adding says that he wants to put goods into the cart. It reads no database.
func (r *Room) Knock(v Visitor, adding bool) Verdict {
	now := r.rooms.machine()
	var answer Verdict
	answer.Pass, answer.HasPass = r.pass(v, now)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stands() {
		answer.In = true
		return answer
	}
	if !answer.HasPass {
		return answer
	}
	whole := r.whole(answer.Pass)
	answer.In, answer.Finish = whole || !adding, !whole
	if answer.In {
		r.queue.touch(answer.Pass.Cart, now)
	}
	return answer
}

// Begin counts a shopper's request that is being answered.
func (r *Room) Begin() { r.load.begin(r.rooms.machine()) }

// End counts what became of it.
func (r *Room) End(o Outcome) { r.load.end(r.rooms.machine(), o) }

// Left notes that a visitor has ordered and makes room for the next. He may shop on.
func (r *Room) Left(v Verdict) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v.HasPass {
		r.queue.leave(v.Pass.Cart)
	}
}

// Renew is the pass after a request that a verdict let in, empty when it stays as it is. Cart is the cart that the browser
// has now; added is the SKU that was put into it, or empty.
func (r *Room) Renew(v Verdict, cart, added string) string {
	now := r.rooms.machine()
	p := v.Pass
	switch {
	case !v.HasPass && added == "", cart == "":
		return ""
	case !v.HasPass:
		p = Pass{}
	case added == "" && !p.stale(now) && p.Cart == IDOf(cart):
		return ""
	}
	p.Used, p.Cart = now, IDOf(cart)
	if added != "" {
		p = p.with(added)
	}
	return r.rooms.signer.writePass(r.code, p)
}

// gone reports whether all that the market sells is sold out, as far as was seen a moment ago.
func (g *goods) gone() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.soldOut
}
