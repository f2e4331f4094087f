package catalog

import "softlaunch/models/clock"

// Span is a price in the interval in which it counts, [From, To): others may begin within its own time. To is 0 without an
// end. Timed prices of one amount, one right behind the other, are one span: the reduction goes on.
type Span struct {
	Price
	From, To clock.Instant
	// Since is when the 30 days before the span began, Lowest the lowest price that counted from then on until the span,
	// 0 when there was not one all that time.
	Since  clock.Instant
	Lowest int64
}

// lookBack is the number of days in which the lowest price is looked for (Directive 98/6/EC, article 6a paragraph 2). They
// are whole days of the market's calendar, and what passed of the day on which the price begins comes on top.
const lookBack = 30

// Holds reports whether the price counts at an instant.
func (s Span) Holds(at clock.Instant) bool { return s.From <= at && !s.To.Reached(at) }

// Reduction is how a price compares with those before it: Lowest is the lowest price of the 30 days before, in minor units,
// Percent how far below it the price is, rounded down so that nothing is promised that isn't there. Until is its end, 0 for
// none. The zero Reduction is no reduction.
type Reduction struct {
	Lowest  int64
	Percent int
	Until   clock.Instant
}

// Reduction is what may be told of a span. Only a price with an end is a reduction, and only when it is below all that was
// asked in the 30 days before: a price that was never asked for so long, or that was as low already, is told by itself.
func (s Span) Reduction() Reduction {
	if s.EndsAt == 0 || s.Lowest <= s.Amount {
		return Reduction{}
	}
	return Reduction{Lowest: s.Lowest, Percent: int((s.Lowest - s.Amount) * 100 / s.Lowest), Until: s.To}
}

func (s Span) goesOn(p Price) bool {
	same := s.Amount == p.Amount && s.Currency == p.Currency
	return s.ID == p.ID || (same && s.EndsAt != 0 && p.EndsAt != 0)
}

// lowest is the lowest price in the days before a span, of the spans before it; 0 unless prices in its currency counted
// through all of them.
func lowest(earlier []Span, s Span) int64 {
	var least int64
	next := s.From
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if e.To != next || e.Currency != s.Currency {
			return 0
		}
		if least == 0 || e.Amount < least {
			least = e.Amount
		}
		if e.From <= s.Since {
			return least
		}
		next = e.From
	}
	return 0
}
