package catalog

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
)

const hour = clock.Instant(time.Hour / time.Millisecond)

// berlin has days of 23 and 25 hours.
func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAReductionIsComparedWithTheLowestPriceOfThirtyDays(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	day := func(n int) clock.Instant { return clock.Day("2026-01-01").AddDays(n).Start(zone) }
	price := func(amount int64, from, to clock.Instant) Price {
		return Price{Amount: amount, Currency: "EUR", ValidFrom: from, EndsAt: to}
	}
	long := price(2000, day(0), 0)
	for name, row := range map[string]struct {
		prices []Price
		at     clock.Instant
		want   Reduction
	}{
		"a price that went down for good":     {[]Price{long, price(1500, day(60), 0)}, day(60), Reduction{}},
		"for a week":                          {[]Price{long, price(1500, day(60), day(67))}, day(60), Reduction{2000, 25, day(67)}},
		"the per cent are rounded down":       {[]Price{long, price(1999, day(60), day(67))}, day(60), Reduction{2000, 0, day(67)}},
		"after its end":                       {[]Price{long, price(1500, day(60), day(67))}, day(67), Reduction{}},
		"a dearer week":                       {[]Price{long, price(2500, day(60), day(67))}, day(60), Reduction{}},
		"a week after a cheaper one":          {[]Price{long, price(1400, day(40), day(41)), price(1500, day(60), day(67))}, day(60), Reduction{}},
		"between it and the old price":        {[]Price{long, price(1800, day(40), day(41)), price(1500, day(60), day(67))}, day(60), Reduction{1800, 16, day(67)}},
		"a cheap day 30 days ago":             {[]Price{long, price(1400, day(30), day(31)), price(1500, day(60), day(67))}, day(60), Reduction{}},
		"a cheap day that was over by then":   {[]Price{long, price(1400, day(29), day(30)), price(1500, day(60), day(67))}, day(60), Reduction{2000, 25, day(67)}},
		"a rise just before the reduction":    {[]Price{long, price(3000, day(59), 0), price(1900, day(60), day(67))}, day(60), Reduction{2000, 5, day(67)}},
		"one week behind another":             {[]Price{long, price(1500, day(60), day(67)), price(1500, day(67), day(74))}, day(70), Reduction{2000, 25, day(74)}},
		"a deeper week behind another":        {[]Price{long, price(1500, day(60), day(67)), price(1200, day(67), day(74))}, day(70), Reduction{1500, 20, day(74)}},
		"back from a deeper day":              {[]Price{long, price(1500, day(60), day(74)), price(1200, day(67), day(68))}, day(70), Reduction{}},
		"goods without 30 days of a price":    {[]Price{price(2000, day(31), 0), price(1500, day(60), day(67))}, day(60), Reduction{}},
		"goods with exactly 30 days of one":   {[]Price{price(2000, day(30), 0), price(1500, day(60), day(67))}, day(60), Reduction{2000, 25, day(67)}},
		"goods that had no price for an hour": {[]Price{price(2000, day(0), day(50)), price(2000, day(50)+hour, 0), price(1500, day(60), day(67))}, day(60), Reduction{}},
		"a first price with an end":           {[]Price{price(1500, day(60), day(67))}, day(60), Reduction{}},
		"cut short by another price":          {[]Price{long, price(1500, day(60), day(67)), price(1700, day(62), 0)}, day(61), Reduction{2000, 25, day(62)}},
	} {
		var got Reduction
		for i := range row.prices {
			row.prices[i].ID = int64(i + 1)
		}
		for _, s := range Timeline(row.prices, zone) {
			if s.Holds(row.at) {
				got = s.Reduction()
			}
		}
		if got != row.want {
			t.Errorf("%s: %+v, want %+v", name, got, row.want)
		}
	}
}

// plain is the rule said hour by hour, with no spans: the model that Timeline is compared with.
type plain struct {
	prices []Price
	zone   *time.Location
}

func (m plain) at(h clock.Instant) (found Price) {
	for _, p := range m.prices {
		if p.ValidFrom <= h && !p.EndsAt.Reached(h) && (found.ID == 0 || p.ValidFrom > found.ValidFrom || (p.ValidFrom == found.ValidFrom && p.ID > found.ID)) {
			found = p
		}
	}
	return found
}

// reduction looks back from an hour to where its price began, and from there at every hour of the 30 days before.
func (m plain) reduction(h clock.Instant) (lowest int64) {
	p := m.at(h)
	if p.ID == 0 || p.EndsAt == 0 {
		return 0
	}
	for {
		before := m.at(h - hour)
		if before.ID != m.at(h).ID && (before.EndsAt == 0 || before.Amount != p.Amount) {
			break
		}
		h -= hour
	}
	since := h.In(m.zone)
	first := clock.Of(time.Date(since.Year(), since.Month(), since.Day()-30, 0, 0, 0, 0, m.zone))
	for at := first; at < h; at += hour {
		was := m.at(at)
		if was.ID == 0 {
			return 0
		}
		if lowest == 0 || was.Amount < lowest {
			lowest = was.Amount
		}
	}
	if lowest <= p.Amount {
		return 0
	}
	return lowest
}

func TestTimelinesAgreeWithALookAtEveryHour(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	start := clock.Day("2026-02-20").Start(zone) // clocks are put forward on 29 March
	rapid.Check(t, func(t *rapid.T) {
		m := plain{zone: zone}
		for id := range rapid.IntRange(1, 8).Draw(t, "prices") {
			p := Price{ID: int64(id + 1), Amount: rapid.Int64Range(1, 5).Draw(t, "amount"), Currency: "EUR",
				ValidFrom: start + hour*clock.Instant(rapid.IntRange(0, 24*60).Draw(t, "from"))}
			if rapid.Bool().Draw(t, "ends") {
				p.EndsAt = p.ValidFrom + hour*clock.Instant(rapid.IntRange(1, 24*20).Draw(t, "hours"))
			}
			m.prices = append(m.prices, p)
		}
		spans := Timeline(append([]Price(nil), m.prices...), zone)
		for h := start - hour; h < start+hour*24*80; h += 7 * hour {
			var span Span
			for _, s := range spans {
				if s.Holds(h) {
					span = s
				}
			}
			if span.Amount != m.at(h).Amount {
				t.Fatalf("at %s the price is %d, not %d", h, span.Amount, m.at(h).Amount)
			}
			if got, want := span.Reduction().Lowest, m.reduction(h); got != want {
				t.Fatalf("at %s the lowest price is %d, not %d", h, got, want)
			}
		}
	})
}
