package waiting

import (
	"context"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// Where a visitor of a waiting room stands.
type Where string

const (
	// Free is before no room: everybody may shop.
	Free Where = "free"
	// Early is before the room's opening, with a ticket.
	Early Where = "early"
	// Waits is in line.
	Waits Where = "waits"
	// SoldOut is in line for goods that are all taken.
	SoldOut Where = "sold_out"
	// Inside is let in.
	Inside Where = "inside"
)

// Answer is what the room's page tells its visitor. Ticket, Pass and Cart are what the browser is to keep from now on,
// each empty when nothing changes.
type Answer struct {
	Where              Where
	Ticket, Pass, Cart string
	Opens              clock.Instant // of Early
	Place              int           // of Waits and SoldOut: how many have their turn up to this one, at most
	Seconds            int           // of Waits: how long that takes at the present rate
	Again              time.Duration // when to ask again
	Left               []launch.Left
}

// Ask gives a visitor his ticket, tells him his place and lets him in when it is his turn. It is Busy when the ticket
// can't be numbered.
func (r *Room) Ask(ctx context.Context, store market.Store, v Visitor) (Answer, error) {
	if err := r.drawIfDue(ctx); err != nil {
		return Answer{}, err
	}
	left, err := r.stock(ctx, store)
	if err != nil {
		return Answer{}, err
	}
	for {
		a, ok := r.ask(v)
		if ok {
			a.Left = left
			return a, nil
		}
		if err := r.reserve(ctx); err != nil {
			return Answer{}, err
		}
	}
}

// ask is Ask in memory; ok is false when numbers must be reserved first.
func (r *Room) ask(v Visitor) (a Answer, ok bool) {
	now := r.rooms.machine()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plan.State == Closed {
		return Answer{Where: Free}, true
	}
	if p, ok := r.pass(v, now); ok && r.whole(p) && r.stands() {
		return Answer{Where: Inside}, true
	}
	ticket, known := r.ticket(v)
	if known && r.queue.in.has(ticket.Number) {
		if a, again := r.again(ticket, v, now); again {
			return a, true
		}
		known = false
	}
	if !known {
		if ticket, ok = r.issue(); !ok {
			return a, false
		}
		a.Ticket = r.rooms.signer.writeTicket(r.code, ticket)
	}
	return r.place(a, ticket, v, now), true
}

// place tells where a ticket stands. It needs r.mu.
func (r *Room) place(a Answer, t Ticket, v Visitor, now clock.Instant) Answer {
	r.queue.see(t.Number, now)
	if !r.stands() || r.plan.State == Armed {
		a.Where, a.Opens = Early, r.plan.Opens(r.market)
		a.Again = soon(a.Opens.Sub(r.rooms.clock()))
		return a
	}
	r.advance(now)
	token, id := r.cart(t, v)
	if r.queue.enter(t.Number, id, now) {
		r.ins++
		in := r.admit(t, token, v, now)
		in.Ticket = a.Ticket
		return in
	}
	a.Where, a.Place = Waits, r.queue.ahead(t.Number)+1
	if _, due := r.queue.due[t.Number]; due {
		a.Place = 1
	}
	a.Seconds = r.pace.wait(a.Place)
	a.Again = pollEvery(a.Seconds)
	if r.goods.gone() {
		a.Where, a.Again = SoldOut, pollEvery(0)+3*time.Second
	}
	return a
}

// cart is the cart that a ticket goes in with: the visitor's own, or the one that the ticket begins.
func (r *Room) cart(t Ticket, v Visitor) (token string, id CartID) {
	token = v.Cart
	if token == "" {
		token = r.rooms.signer.cartToken(r.code, t)
	}
	return token, IDOf(token)
}

// again lets a ticket in that was let in before, with the same cart: the answer may have been lost. With another cart it
// is a copy. It needs r.mu.
func (r *Room) again(t Ticket, v Visitor, now clock.Instant) (Answer, bool) {
	token, id := r.cart(t, v)
	if had, known := r.queue.carts[t.Number]; !known || had != id {
		return Answer{}, false
	}
	return r.admit(t, token, v, now), true
}

// admit is the answer to a ticket that is in. What the visitor had put into his cart before stays covered.
func (r *Room) admit(t Ticket, token string, v Visitor, now clock.Instant) Answer {
	p := Pass{Round: t.Round, Used: now, Cart: IDOf(token)}
	if old, ok := r.pass(v, now); ok {
		p.Goods = slices.Clone(old.Goods)
	}
	a := Answer{Where: Inside, Pass: r.rooms.signer.writePass(r.code, p)}
	if v.Cart == "" {
		a.Cart = token
	}
	return a
}

// ticket reads a visitor's ticket of this round. It needs r.mu.
func (r *Room) ticket(v Visitor) (Ticket, bool) {
	t, ok := r.rooms.signer.readTicket(r.code, v.Ticket)
	return t, ok && t.Round == r.plan.Round && int(t.Number) < len(r.queue.seen)
}

// A page asks again the sooner the nearer its turn is. Those at the end of a long line would cost as much as all the rest.
const (
	shortestPoll = 2 * time.Second
	longestPoll  = 10 * time.Second
)

func pollEvery(seconds int) time.Duration {
	return min(max(time.Duration(seconds)*time.Second/4, shortestPoll), longestPoll)
}

// soon is when to ask again before an opening: less often while it is far, at the opening itself when it is near.
func soon(ahead time.Duration) time.Duration {
	if ahead > longestPoll && ahead < 2*longestPoll {
		return ahead / 2
	}
	return min(max(ahead, shortestPoll/2), longestPoll)
}

// stockAge is how old the units left may be that the pages of a room show.
const stockAge = time.Second

// stock is what a store has left, read once for all who ask in the same second.
func (r *Room) stock(ctx context.Context, store market.Store) ([]launch.Left, error) {
	now := r.rooms.machine()
	g := &r.goods
	g.mu.Lock()
	left, fresh := g.left[store.Language], now.Sub(g.at[store.Language]) < stockAge && g.at[store.Language] != 0
	if !fresh {
		g.at[store.Language] = now // the others are content with the last second's
	}
	g.mu.Unlock()
	if fresh {
		return left, nil
	}
	left, err := r.rooms.gate.Left(ctx, store)
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		delete(g.at, store.Language)
		return nil, err
	}
	g.left[store.Language] = left
	g.soldOut = len(left) > 0 && !slices.ContainsFunc(left, func(l launch.Left) bool { return l.Units > 0 })
	return left, nil
}
