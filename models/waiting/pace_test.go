package waiting

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestThePaceFollowsTheLoad(t *testing.T) {
	busy := Load{InFlight: MaxInFlight + 1}
	for name, c := range map[string]struct {
		pace   pace
		load   Load
		waited bool
		want   float64
	}{
		"grows while people wait and all goes well":       {pace{rate: 20}, Load{}, true, 26},
		"stays when nobody waits":                         {pace{rate: 20}, Load{}, false, 20},
		"is halved when too much is asked for":            {pace{rate: 20}, busy, true, 10},
		"is halved when somebody was refused":             {pace{rate: 20}, Load{Refused: 1}, true, 10},
		"is halved when the writer can't follow":          {pace{rate: 20}, Load{Queue: maxQueue + 1}, false, 10},
		"never falls below the orders that are completed": {pace{rate: 20, orders: 15}, Load{InFlight: 99, Orders: 15}, true, 15},
		"never falls below the least":                     {pace{rate: 1}, busy, true, leastRate},
		"does not run ahead of a shop without orders":     {pace{rate: 50}, Load{}, true, freeRate},
		"rises with the orders that are completed":        {pace{rate: 100, orders: 100}, Load{Orders: 100}, true, 126},
	} {
		if got := c.pace.next(c.load, c.waited).rate; got != c.want {
			t.Errorf("the pace %s: %v, want %v", name, got, c.want)
		}
	}
}

// Nobody is let in faster than the rate, whatever the clock does.
func TestTheBucketNeverGivesMoreThanItsRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPace(start)
		p.rate, p.tokens = rapid.Float64Range(leastRate, 500).Draw(t, "rate"), 0
		now, taken, passed := start, 0, time.Duration(0)
		for range rapid.IntRange(1, 50).Draw(t, "looks") {
			step := time.Duration(rapid.IntRange(-2000, 4000).Draw(t, "step")) * time.Millisecond
			now = now.Add(step)
			passed += max(0, step)
			p = p.fill(now)
			for p.take() {
				taken++
			}
		}
		if most := p.rate*passed.Seconds() + 1; float64(taken) > most {
			t.Fatalf("%d were let in within %v at %v a second", taken, passed, p.rate)
		}
	})
}

func TestAnOverloadMustLast(t *testing.T) {
	var l load
	at := start.Add
	for range MaxInFlight + 1 {
		l.begin(start)
	}
	if l.lasts(at(overloadedFor - time.Millisecond)) {
		t.Error("a moment's load counts as an overload")
	}
	if !l.lasts(at(overloadedFor)) {
		t.Error("an overload is not noticed")
	}
	l.end(at(overloadedFor), Outcome{})
	if l.lasts(at(time.Hour)) {
		t.Error("an overload that is over still counts")
	}
	l.end(at(overloadedFor), Outcome{Busy: true})
	l.end(at(overloadedFor+time.Millisecond), Outcome{})
	if !l.lasts(at(2 * overloadedFor)) {
		t.Error("refusals a moment ago are forgotten")
	}
}
