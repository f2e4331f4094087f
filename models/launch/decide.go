// Package launch decides what can be bought, where, when and by whom: schedules and pauses, waves and limits, approvals,
// access codes, interest and draws, and the checklist that stands before a market's launch.
package launch

import (
	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// Decide answers whether the variant can be bought at now, by the table of DESIGN §2: the first row that fits decides.
// It is pure, and nothing else in the shop decides.
func Decide(f Facts, now clock.Instant) Offer {
	o := f.decide(now)
	o.Until = f.until(now)
	return o
}

// decide is rows 1 to 5; the rows of the test and of the open market have functions of their own.
func (f Facts) decide(now clock.Instant) Offer {
	phase := f.Schedule.Phase(now)
	switch {
	case phase == market.Draft || !f.Listed || now < f.Listing.VisibleFrom:
		return f.hidden(phase, now)
	case f.Listing.EndsAt.Reached(now):
		return Offer{State: Ended, Reason: "offer.reason.ended", StaffReason: "offer.staff.ended"}
	case !f.approved(now) || len(f.Unready) > 0:
		return f.blocked(now)
	case phase == market.Paused:
		o := Offer{State: Paused, Reason: "offer.reason.paused", StaffReason: "offer.staff.paused"}
		return f.awaiting(o, now, turn{f.Schedule.Next(now), "offer.reason.paused_until"})
	case phase == market.Announced:
		return f.announced(now, "offer.staff.before_test")
	case phase == market.Test:
		return f.inTest(now)
	default:
		return f.inOpen(now)
	}
}

// hidden is row 1. What keeps it hidden last, the market's draft or the listing's own instant, gives the next instant.
func (f Facts) hidden(phase market.Phase, now clock.Instant) Offer {
	o := Offer{State: Hidden, Reason: "offer.reason.hidden", StaffReason: "offer.staff.not_visible"}
	visible := market.Ahead(now, f.Listing.VisibleFrom)
	switch {
	case !f.Listed:
		o.StaffReason = "offer.staff.unlisted"
	case phase == market.Draft:
		o.StaffReason = "offer.staff.draft"
		if announced := f.Schedule.Next(now); announced != 0 {
			o.Next = max(announced, visible)
		}
	default:
		o.Next = visible
	}
	return o
}

// blocked is row 3. An unready listing waits for staff, so only approvals granted ahead give a next instant.
func (f Facts) blocked(now clock.Instant) Offer {
	o := Offer{State: Blocked, Missing: f.missing(now), Reason: "offer.reason.blocked", StaffReason: "offer.staff.blocked"}
	if len(f.Unready) > 0 {
		return o
	}
	return f.awaiting(o, now, turn{f.approvalsTurn(now), "offer.reason.blocked_until"})
}

// announced is rows 5 to 7: on sale from the first wave, or without one from the launch or release, the later.
func (f Facts) announced(now clock.Instant, staff string) Offer {
	o := Offer{State: Announced, Reason: "offer.reason.announced", StaffReason: staff}
	launch, release := f.Schedule.LaunchAt, f.Listing.OnSaleFrom
	switch first := f.firstWave(); {
	case first != 0:
		return f.awaiting(o, now, turn{first, "offer.reason.announced_wave"})
	case launch == 0:
		return o
	case release > launch:
		return f.awaiting(o, now, turn{release, "offer.reason.announced_release"})
	}
	return f.awaiting(o, now, turn{launch, "offer.reason.announced_launch"})
}

// inTest is rows 6 to 10.
func (f Facts) inTest(now clock.Instant) Offer {
	first := f.firstWave()
	if first == 0 {
		return f.announced(now, "offer.staff.no_wave")
	}
	if now < first {
		return f.announced(now, "offer.staff.before_wave")
	}
	u := f.testUnits(now)
	switch {
	case u.left == 0:
		return f.soldOutInTest(u, now)
	case u.mine == 0:
		o := Offer{State: Code, Left: u.left, Published: u.published, Reason: "offer.reason.code", StaffReason: "offer.staff.code"}
		return f.awaiting(o, now, turn{f.nextWave(now, true), "offer.reason.code_wave"},
			turn{f.Schedule.LaunchAt, "offer.reason.code_launch"})
	}
	o := Offer{State: Test, Left: u.left, Published: u.published, Reason: "offer.reason.test", StaffReason: "offer.staff.test"}
	o.Next = market.Ahead(now, f.Schedule.LaunchAt, f.Listing.EndsAt)
	return o.within(append(f.limits(Test), limit{"offer.limit_code", u.mine, u.mine})...)
}

// soldOutInTest is row 8. Staff see whether the waves are sold or the stock behind them is missing.
func (f Facts) soldOutInTest(u units, now clock.Instant) Offer {
	o := Offer{State: SoldOut, Published: u.published, Reason: "offer.reason.sold_out", StaffReason: "offer.staff.waves_sold"}
	if u.unsold > 0 {
		o.StaffReason = "offer.staff.no_stock"
	}
	return f.awaiting(o, now, turn{f.nextWave(now, false), "offer.reason.sold_out_wave"},
		turn{f.Schedule.LaunchAt, "offer.reason.sold_out_launch"},
		turn{f.HoldEnds, "offer.reason.sold_out_held"})
}

// inOpen is rows 11 to 13.
func (f Facts) inOpen(now clock.Instant) Offer {
	l := f.Listing
	switch {
	case now < l.OnSaleFrom:
		o := Offer{State: Announced, Reason: "offer.reason.announced", StaffReason: "offer.staff.before_release"}
		return f.awaiting(o, now, turn{l.OnSaleFrom, "offer.reason.announced_release"})
	case f.Free <= 0:
		o := Offer{State: SoldOut, Reason: "offer.reason.sold_out", StaffReason: "offer.staff.no_stock"}
		return f.awaiting(o, now, turn{f.Incoming, "offer.reason.sold_out_incoming"},
			turn{f.HoldEnds, "offer.reason.sold_out_held"})
	}
	o := Offer{State: OnSale, Left: f.Free, Reason: "offer.reason.on_sale", StaffReason: "offer.staff.on_sale"}
	o.Next = market.Ahead(now, l.EndsAt, f.approvalsTurn(now))
	return o.within(f.limits(OnSale)...)
}

// turn is an instant that brings a change and the message that tells shoppers so.
type turn struct {
	at     clock.Instant
	reason string
}

// awaiting tells the shopper the earliest of the turns that lies ahead and before the listing's end, if there is one.
func (f Facts) awaiting(o Offer, now clock.Instant, turns ...turn) Offer {
	for _, t := range turns {
		ahead := t.at > now && !f.Listing.EndsAt.Reached(t.at)
		if ahead && (o.Next == 0 || t.at < o.Next) {
			o.Next, o.Reason = t.at, t.reason
		}
	}
	return o
}

// limit is a bound on what one buyer may take: the number that its message names, 0 for no limit, and what is left of it.
type limit struct {
	reason       string
	number, room int
}

// limits are the listing's own, in test or once open.
func (f Facts) limits(state State) []limit {
	l := f.Listing
	if state == Test {
		return []limit{{"offer.limit_order", l.TestLimitOrder, l.TestLimitOrder},
			{"offer.limit_buyer", l.TestLimitBuyer, l.TestLimitBuyer - f.Buyer.TestUnits}}
	}
	return []limit{{"offer.limit_order", l.LimitOrder, l.LimitOrder},
		{"offer.limit_buyer", l.LimitBuyer, l.LimitBuyer - f.Buyer.Units}}
}

// room is what the limits leave of a product in one order, whatever is left of each variant.
func (f Facts) room(state State) Room {
	o := Offer{Left: Unlimited}.within(f.limits(state)...)
	return Room{Units: o.Most, Reason: o.MostReason, Limit: o.Limit}
}

// within sets Most to the least of Left and the limits' rooms and names the limit that made it so.
func (o Offer) within(limits ...limit) Offer {
	o.Most = o.Left
	for _, l := range limits {
		if room := max(0, l.room); l.number != 0 && room < o.Most {
			o.Most, o.MostReason, o.Limit = room, l.reason, l.number
		}
	}
	return o
}
