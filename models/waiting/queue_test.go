package waiting

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
)

const start clock.Instant = 1_800_000_000_000

func cartOf(n uint32) (id CartID) {
	binary.BigEndian.PutUint32(id[:], n)
	return id
}

// line is a queue as a property test drives it, with what must be true of it written down beside.
type line struct {
	*queue
	now     clock.Instant
	tickets uint32
	drawn   int
	most    int
	entered []uint32
	insider CartID
}

func (l *line) room() bool { return l.busy() < l.most }

// poll is a ticket's page asking.
func (l *line) poll(t *rapid.T, n uint32) {
	l.see(n, l.now)
	l.call(l.now, l.room)
	if l.busy() > l.most {
		t.Fatalf("%d inside or called, at most %d", l.busy(), l.most)
	}
	if l.in.has(n) {
		return
	}
	if l.enter(n, cartOf(n), l.now) {
		if slices.Contains(l.entered, n) {
			t.Fatalf("ticket %d was let in twice", n)
		}
		l.entered = append(l.entered, n)
	}
}

// Whatever comes in whatever order: nobody is let in twice, never more than the bound are inside, and who is inside stays.
func TestTheLineKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &line{queue: newQueue(start), now: start, most: rapid.IntRange(2, 5).Draw(t, "most"), insider: cartOf(1 << 30)}
		secret := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "secret")
		l.drawn = rapid.IntRange(0, 12).Draw(t, "drawn")
		l.tickets = uint32(l.drawn)
		l.draw(secret, l.drawn)
		l.touch(l.insider, l.now)
		t.Repeat(map[string]func(*rapid.T){
			"arrive": func(t *rapid.T) {
				l.grow(l.tickets + 1)
				l.tickets++
				l.poll(t, l.tickets-1)
			},
			"poll": func(t *rapid.T) {
				if l.tickets > 0 {
					l.poll(t, rapid.Uint32Range(0, l.tickets-1).Draw(t, "ticket"))
				}
			},
			"wait": func(t *rapid.T) {
				l.now = l.now.Add(time.Duration(rapid.IntRange(1, 120).Draw(t, "seconds")) * time.Second)
				l.touch(l.insider, l.now)
				l.sweep(l.now)
			},
			"order": func(t *rapid.T) {
				if len(l.entered) > 0 {
					l.leave(cartOf(rapid.SampledFrom(l.entered).Draw(t, "who")))
				}
			},
			"": func(t *rapid.T) {
				if _, inside := l.inside[l.insider]; !inside {
					t.Fatal("somebody who shops all the time was thrown out")
				}
				if !slices.Equal(l.line, order(secret, l.drawn)) {
					t.Fatal("the order of the draw has changed")
				}
			},
		})
	})
}

// With everybody present the line moves exactly in the order drawn, then in the order of arrival.
func TestTheOrderIsDrawnThenFirstComeFirstServed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn, later := rapid.IntRange(0, 40).Draw(t, "drawn"), rapid.IntRange(0, 40).Draw(t, "later")
		secret := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "secret")
		q := newQueue(start)
		q.draw(secret, drawn)
		q.grow(uint32(drawn + later))
		for n := range drawn + later {
			q.see(uint32(n), start)
		}
		var called []uint32
		for range drawn + later {
			free := true
			q.call(start, func() bool { was := free; free = false; return was })
			for n := range q.due {
				called = append(called, n)
				q.enter(n, cartOf(n), start)
			}
		}
		want := order(secret, drawn)
		for n := range later {
			want = append(want, uint32(drawn+n))
		}
		if !slices.Equal(called, want) {
			t.Fatalf("called %v, want %v", called, want)
		}
	})
}

func TestTheDrawIsFair(t *testing.T) {
	const tickets, rounds = 10, 20_000
	var first [tickets]int
	secret := make([]byte, 32)
	for round := range rounds {
		binary.BigEndian.PutUint64(secret, uint64(round))
		first[order(secret, tickets)[0]]++
	}
	for ticket, times := range first { // five standard deviations of a fair die
		if times < rounds/tickets-213 || times > rounds/tickets+213 {
			t.Errorf("ticket %d came first %d times of %d", ticket, times, rounds)
		}
	}
}

func TestWhoIsAwayIsPassedOverAndFirstWhenBack(t *testing.T) {
	q := newQueue(start)
	q.grow(3)
	now := start.Add(settling)
	q.see(1, now)
	q.see(2, now)
	one := func() bool { return len(q.due) == 0 }
	q.call(now, one)
	if _, due := q.due[1]; !due {
		t.Fatal("ticket 1 is there and was not called past the absent ticket 0")
	}
	q.enter(1, cartOf(1), now)
	q.see(0, now)
	if place := q.ahead(0); place != 0 {
		t.Errorf("ticket 0 is back and has %d before it", place)
	}
	q.call(now, one)
	if q.enter(2, cartOf(2), now) || !q.enter(0, cartOf(0), now) {
		t.Error("ticket 2 came in before ticket 0, which was there first")
	}
}

// After a start nobody is passed over before there was time to show up.
func TestARestartWaitsForThoseWhoWereInLine(t *testing.T) {
	q := newQueue(start)
	q.grow(2)
	now := start.Add(settling - time.Second)
	q.see(1, now)
	if waits := q.call(now, func() bool { return true }); !waits || len(q.due) != 0 {
		t.Error("somebody was called past a ticket that had no time to show up")
	}
	q.call(start.Add(settling), func() bool { return true })
	if _, due := q.due[1]; !due {
		t.Error("the line stands still for somebody who is gone")
	}
}

func TestWhoDoesNotComeWhenCalledMakesRoom(t *testing.T) {
	q := newQueue(start)
	q.grow(1)
	q.see(0, start)
	q.call(start, func() bool { return true })
	q.sweep(start.Add(patience))
	if q.busy() != 0 {
		t.Error("an empty place is kept")
	}
	q.see(0, start.Add(patience))
	q.call(start.Add(patience), func() bool { return true })
	if !q.enter(0, cartOf(0), start.Add(patience)) {
		t.Error("who comes a little late has lost his turn")
	}
}

func BenchmarkDraw(b *testing.B) {
	secret := random()
	for b.Loop() {
		order(secret, 100_000)
	}
}
