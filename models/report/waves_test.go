package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

func TestWavesSellOutInTurn(t *testing.T) {
	t.Parallel()
	waves := []Wave{{BeginsAt: 100, Quantity: 2}, {BeginsAt: 100, Quantity: 1, NeedsCode: true}, {BeginsAt: 200, Quantity: 3}, {Quantity: 9}}
	got := fill(waves, []taking{{at: 110, quantity: 1}, {at: 120, quantity: 2, withCode: true}, {at: 199, quantity: 1}, {at: 200, quantity: 2}, {at: 1200, quantity: 1}})
	for i, want := range []Wave{{Taken: 2, SoldOutAt: 120}, {Taken: 1, SoldOutAt: 120}, {Taken: 3, SoldOutAt: 1200}, {}} {
		if got[i].Taken != want.Taken || got[i].SoldOutAt != want.SoldOutAt {
			t.Errorf("wave %d: %d taken, sold out at %d", i, got[i].Taken, got[i].SoldOutAt)
		}
	}
	if got[2].ToSellOut() != time.Second || got[3].ToSellOut() != 0 || waves[0].Taken != 0 {
		t.Errorf("lasted %s and %s", got[2].ToSellOut(), got[3].ToSellOut())
	}
}

// No wave gives more than it has or before it begins, units are neither lost nor made while there is room for them, and a
// wave is sold out if and only if nothing is left.
func TestWavesGiveWhatWasTaken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		waves := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Wave {
			return Wave{BeginsAt: clock.Instant(rapid.IntRange(0, 5).Draw(t, "begins")), Quantity: rapid.IntRange(1, 9).Draw(t, "quantity"),
				NeedsCode: rapid.Bool().Draw(t, "code")}
		}), 0, 5).Draw(t, "waves")
		var taken []taking
		wanted := 0
		for at := clock.Instant(1); at <= 8; at++ {
			units := rapid.IntRange(1, 6).Draw(t, "units")
			taken = append(taken, taking{at: at, quantity: units, withCode: rapid.Bool().Draw(t, "withCode")})
			wanted += units
		}
		given, room := 0, 0
		for _, w := range fill(waves, taken) {
			given += w.Taken
			if w.BeginsAt != 0 {
				room += w.Quantity
			}
			switch {
			case w.Taken < 0 || w.Taken > w.Quantity:
				t.Fatalf("%d of %d", w.Taken, w.Quantity)
			case w.SoldOut() != (w.Taken == w.Quantity):
				t.Fatalf("%d of %d is sold out at %d", w.Taken, w.Quantity, w.SoldOutAt)
			case w.SoldOut() && (w.SoldOutAt < w.BeginsAt || w.BeginsAt == 0):
				t.Fatalf("sold out at %d, begins at %d", w.SoldOutAt, w.BeginsAt)
			}
		}
		if given > wanted || given > room {
			t.Fatalf("%d given of %d wanted with room for %d", given, wanted, room)
		}
	})
}

func TestAPhaseIsBoundByTheSchedule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at         clock.Instant
		test, open [2]clock.Instant
	}{
		{99, [2]clock.Instant{}, [2]clock.Instant{}}, {100, [2]clock.Instant{100, 100}, [2]clock.Instant{}},
		{199, [2]clock.Instant{100, 199}, [2]clock.Instant{}}, {200, [2]clock.Instant{100, 200}, [2]clock.Instant{200, 200}},
		{300, [2]clock.Instant{100, 200}, [2]clock.Instant{200, 300}},
	} {
		l := Launch{At: c.at, Market: market.Market{TestAt: 100, LaunchAt: 200}}
		l.bound()
		if got := [2][2]clock.Instant{{l.Test.From, l.Test.To}, {l.Open.From, l.Open.To}}; got != [2][2]clock.Instant{c.test, c.open} {
			t.Errorf("at %d: %v", c.at, got)
		}
	}
}
