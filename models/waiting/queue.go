package waiting

import (
	"time"

	"softlaunch/models/clock"
)

const (
	// maxTickets bounds a round's memory to about 30 MB. Numbers are given without looking at who asks, so a flood of
	// them costs 4 bytes each and a place that is skipped when its turn comes.
	maxTickets = 1 << 21
	// presence is how long a ticket counts as present after its page has last asked. Browsers let a page in the background
	// ask once a minute.
	presence = 90 * time.Second
	// settling is how long after a start the tickets have to show up that were given out before it.
	settling = 20 * time.Second
	// patience is how long whoever is called has to come in, before the place goes to the next. Who comes later is first.
	patience = 45 * time.Second
	// idle is after how long without a request somebody inside no longer counts. He is not thrown out.
	idle = 2 * time.Minute
)

// queue is a round of tickets. Its numbers are given in order of arrival; the numbers below drawn were there at the
// opening and stand in a random order, the others behind them as they came. It is not safe for concurrent use.
type queue struct {
	from   clock.Instant // when this process took it up
	line   []uint32      // the numbers that were drawn, in their order
	places []uint32      // where in line each of them stands
	seen   []uint32      // by number: the second after from in which it was last seen, counted from 1; 0 is never
	called uint32        // positions before this have had their turn
	in     bits          // numbers that were let in

	carts  map[uint32]CartID // of those let in by this process
	due    map[uint32]clock.Instant
	late   []uint32 // had their turn, were not there, and are back
	behind map[uint32]bool
	inside map[CartID]clock.Instant
}

func newQueue(now clock.Instant) *queue {
	return &queue{from: now, carts: map[uint32]CartID{}, due: map[uint32]clock.Instant{}, behind: map[uint32]bool{}, inside: map[CartID]clock.Instant{}}
}

// grow makes all numbers below n known.
func (q *queue) grow(n uint32) {
	if missing := int(n) - len(q.seen); missing > 0 {
		q.seen = append(q.seen, make([]uint32, missing)...)
	}
}

// draw puts the numbers below drawn into the order that a secret decides. It is done once a round.
func (q *queue) draw(secret []byte, drawn int) {
	q.grow(uint32(drawn))
	q.line = order(secret, drawn)
	q.places = make([]uint32, drawn)
	for position, number := range q.line {
		q.places[number] = uint32(position)
	}
}

func (q *queue) position(number uint32) uint32 {
	if int(number) < len(q.places) {
		return q.places[number]
	}
	return number
}

func (q *queue) number(position uint32) uint32 {
	if int(position) < len(q.line) {
		return q.line[position]
	}
	return position
}

// see notes that a ticket's page has asked.
func (q *queue) see(number uint32, now clock.Instant) {
	q.seen[number] = uint32(max(0, now-q.from)/1000) + 1
	if q.position(number) >= q.called || q.in.has(number) || q.behind[number] {
		return
	}
	if _, due := q.due[number]; !due {
		q.late, q.behind[number] = append(q.late, number), true
	}
}

// Whether a ticket is there, as far as is known.
type whether int

const (
	absent whether = iota
	unknown
	present
)

func (q *queue) there(number uint32, now clock.Instant) whether {
	last := q.seen[number]
	switch {
	case last == 0 && now.Sub(q.from) < settling:
		return unknown
	case last == 0:
		return absent
	case now.Sub(q.from.Add(time.Duration(last-1)*time.Second)) < presence:
		return present
	}
	return absent
}

// call gives their turn to those next in line while may says so, and passes over those who are not there. It answers
// whether somebody who is there still waits.
func (q *queue) call(now clock.Instant, may func() bool) (waits bool) {
	for len(q.late) > 0 {
		number := q.late[0]
		if q.there(number, now) != absent {
			if !may() {
				return true
			}
			q.due[number] = now
		}
		q.late = q.late[1:]
		delete(q.behind, number)
	}
	for int(q.called) < len(q.seen) {
		number := q.number(q.called)
		if !q.in.has(number) {
			switch q.there(number, now) {
			case unknown:
				return true
			case present:
				if !may() {
					return true
				}
				q.due[number] = now
			}
		}
		q.called++
	}
	return false
}

// enter lets a ticket in whose turn it is, with a cart.
func (q *queue) enter(number uint32, cart CartID, now clock.Instant) bool {
	if _, due := q.due[number]; !due {
		return false
	}
	delete(q.due, number)
	q.in.add(number)
	q.carts[number] = cart
	q.inside[cart] = now
	return true
}

// busy is how many are inside, or may come in any moment.
func (q *queue) busy() int { return len(q.inside) + len(q.due) }

// maxTracked bounds the memory of who is inside: those who were there before the room have no number.
const maxTracked = 1 << 16

// touch notes that somebody inside has asked for something.
func (q *queue) touch(cart CartID, now clock.Instant) {
	if _, known := q.inside[cart]; known || len(q.inside) < maxTracked {
		q.inside[cart] = now
	}
}

// leave notes that somebody inside has what he came for.
func (q *queue) leave(cart CartID) { delete(q.inside, cart) }

// sweep forgets who is called and does not come, and who is inside and does nothing.
func (q *queue) sweep(now clock.Instant) {
	for number, since := range q.due {
		if now.Sub(since) >= patience {
			delete(q.due, number)
		}
	}
	for cart, last := range q.inside {
		if now.Sub(last) >= idle {
			delete(q.inside, cart)
		}
	}
}

// ahead is how many tickets at most have their turn before this one.
func (q *queue) ahead(number uint32) int {
	for i, other := range q.late {
		if other == number {
			return i
		}
	}
	return max(0, int(q.position(number))-int(q.called)) + len(q.late)
}

// waiting is how many wait and are there.
func (q *queue) waiting(now clock.Instant) int {
	n := len(q.due) + len(q.late)
	for position := q.called; int(position) < len(q.seen); position++ {
		if number := q.number(position); !q.in.has(number) && q.there(number, now) == present {
			n++
		}
	}
	return n
}

// bits is a set of numbers.
type bits []byte

func (b bits) has(n uint32) bool {
	return int(n/8) < len(b) && b[n/8]&(1<<(n%8)) != 0
}

func (b *bits) add(n uint32) {
	if missing := int(n/8) + 1 - len(*b); missing > 0 {
		*b = append(*b, make([]byte, missing)...)
	}
	(*b)[n/8] |= 1 << (n % 8)
}
