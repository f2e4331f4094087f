package launch

import (
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// Facts is all that an offer depends on: one variant in one market, for one buyer. Instants may lie in the past, now and
// in the future; counts are as of the instant at which the facts were read, and hold until HoldEnds and FreshUntil.
type Facts struct {
	Schedule market.Schedule
	// Listed reports whether the variant's product has a listing in the market; Listing is it.
	Listed  bool
	Listing Listing
	// Required has an entry for each approval that the product or its category needs in the market, see Approval.
	Required []Approval
	// Unready has the keys of what else the listing lacks, like "price" or "safety".
	Unready []string
	// Waves are the variant's waves in the market, in any order, begun or not.
	Waves []Wave
	// TakenPublic and TakenCode are the units sold or held in test by buyers without and with an access code.
	TakenPublic, TakenCode int
	// Free is the free stock that this market may sell, without what other markets have set aside.
	Free int
	// HoldEnds is the next end of a live hold on the variant's units, or on units that count against the buyer's cap.
	HoldEnds clock.Instant
	// Incoming is when staff expect goods, 0 when they don't know.
	Incoming clock.Instant
	// FreshUntil is the next instant at which Unready, Free or Buyer changes by itself for a reason that has no field here: a
	// price begins or ends, a market of the same stock opens and sets nothing aside any more, a use of the buyer's code
	// comes back. 0 when there is none.
	FreshUntil clock.Instant
	Buyer      Buyer
}

// Listing is a product in a market. Zero instants bound nothing. Limits count the units of all variants of the product,
// so a caller adds up an order's lines; zero limits are none. The test limits hold in test, the others once open.
type Listing = catalog.Listing

// Approval is a required kind's state, valid in [From, To); a zero From is since ever, a zero To without end. A kind may
// have several entries and is met when any of them is granted and valid. A kind that was never applied for has one entry
// that isn't granted.
type Approval struct {
	Kind     string
	Granted  bool
	From, To clock.Instant
}

// Wave is a part of a variant's batch: Quantity units that the test phase may sell from OpensAt on.
type Wave struct {
	OpensAt   clock.Instant
	Quantity  int
	NeedsCode bool
}

// Buyer is who asks: whether he holds an access code, and his units of this listing that count against TestLimitBuyer
// and LimitBuyer. The zero Buyer is a visitor of whom nothing is known.
type Buyer struct {
	HasCode          bool
	TestUnits, Units int
}

// missing is the kinds that are not met at now, each once, and the unready keys.
func (f Facts) missing(now clock.Instant) []string {
	var names []string
	for _, a := range f.Required {
		if !f.met(a.Kind, now) && !slices.Contains(names, a.Kind) {
			names = append(names, a.Kind)
		}
	}
	return append(names, f.Unready...)
}

// met reports whether a granted approval of the kind is valid at now.
func (f Facts) met(kind string, now clock.Instant) bool {
	return slices.ContainsFunc(f.Required, func(a Approval) bool {
		return a.Kind == kind && a.Granted && market.Interval{From: a.From, To: a.To}.Contains(now)
	})
}

// approved reports whether every required kind is met at now.
func (f Facts) approved(now clock.Instant) bool {
	return !slices.ContainsFunc(f.Required, func(a Approval) bool { return !f.met(a.Kind, now) })
}

// approvalsTurn is the next instant at which the approvals, all met at now, are no longer, or the other way round. A
// renewal that begins before the old approval ends is no turn.
func (f Facts) approvalsTurn(now clock.Instant) clock.Instant {
	for at := f.approvalAfter(now); at != 0; at = f.approvalAfter(at) {
		if f.approved(at) != f.approved(now) {
			return at
		}
	}
	return 0
}

// approvalAfter is the next instant after now at which any approval begins or ends.
func (f Facts) approvalAfter(now clock.Instant) clock.Instant {
	var next clock.Instant
	for _, a := range f.Required {
		next = clock.Earliest(next, market.Ahead(now, a.From, a.To))
	}
	return next
}

// begins is when a wave starts to sell: not before the test does. A wave without units, without an instant, or at or
// after the launch never begins; its units are plain stock once the market is open.
func (f Facts) begins(w Wave) clock.Instant {
	s := f.Schedule
	at := max(w.OpensAt, s.TestAt)
	if w.Quantity <= 0 || w.OpensAt.IsZero() || s.TestAt.IsZero() || s.LaunchAt.Reached(at) {
		return 0
	}
	return at
}

// firstWave is when the first wave begins, or none.
func (f Facts) firstWave() clock.Instant {
	var first clock.Instant
	for _, w := range f.Waves {
		first = clock.Earliest(first, f.begins(w))
	}
	return first
}

// nextWave is when the next wave begins after now, or none; with public only waves that need no code count.
func (f Facts) nextWave(now clock.Instant, public bool) clock.Instant {
	var next clock.Instant
	for _, w := range f.Waves {
		if !public || !w.NeedsCode {
			next = clock.Earliest(next, market.Ahead(now, f.begins(w)))
		}
	}
	return next
}

// units is what a variant's waves have to give in test.
type units struct {
	published int // in the waves begun
	unsold    int // of these, neither sold nor held
	left      int // of these, in free stock
	mine      int // of these, for this buyer
	coded     int // in the code waves begun, neither sold nor held
}

// testUnits counts the units of the waves begun at now. Units that earlier waves didn't sell stay in the sum, so they
// roll on. Buyers with a code take from code waves first and then from public ones; those without from public ones only.
// What the former took of public waves needs no sum of its own: it lowers left by as much.
func (f Facts) testUnits(now clock.Instant) units {
	var public, code int
	for _, w := range f.Waves {
		switch {
		case !f.begins(w).Reached(now):
		case w.NeedsCode:
			code += w.Quantity
		default:
			public += w.Quantity
		}
	}
	u := units{published: public + code, coded: max(0, code-f.TakenCode)}
	u.unsold = max(0, u.published-f.TakenPublic-f.TakenCode)
	u.left = max(0, min(u.unsold, f.Free))
	u.mine = u.left
	if !f.Buyer.HasCode {
		u.mine = max(0, min(u.left, public-f.TakenPublic))
	}
	return u
}

// until is the earliest instant after now that any fact names. Between two such instants no row of Decide can tell the
// time apart, so the offer stays the same.
func (f Facts) until(now clock.Instant) clock.Instant {
	l := f.Listing
	next := market.Ahead(now, l.VisibleFrom, l.OnSaleFrom, l.EndsAt, f.HoldEnds, f.Incoming, f.FreshUntil)
	for _, w := range f.Waves {
		next = clock.Earliest(next, market.Ahead(now, w.OpensAt))
	}
	return clock.Earliest(next, f.approvalAfter(now), f.Schedule.After(now))
}
