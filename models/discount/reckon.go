package discount

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/models/pricing"
)

// Basket is what discounts are decided for: what a store's goods cost without them, what goods those are line by line, who
// buys, and the coupon that was typed, 0 for none.
type Basket struct {
	Store    market.Store
	Input    pricing.Input
	Goods    []Goods
	Buyer    launch.Keys
	CouponID int64
}

// Reckoned is what a basket costs and what was taken off. Offered says that the market has coupons that are not over. Turn is
// the next instant at which what is taken off, or the coupon, changes by the clock alone.
type Reckoned struct {
	Totals  pricing.Totals
	Taken   []Taken
	Coupon  Coupon
	Offered bool
	Turn    clock.Instant
}

// Coupon is a typed code as it counts for a basket; the zero Coupon is none, or one of another market. Problem is why nothing
// is taken off for it.
type Coupon struct {
	Code, Name string
	Problem    Problem
}

// Problem is the message key of why a coupon does not count, with what the message names: minor units and an instant. The
// zero Problem is none.
type Problem struct {
	Key              string
	Minimum, Missing int64
	Next             clock.Instant
}

// Fault is the problem as a refusal of an order that was shown with the coupon; amounts are in the market's currency.
func (c Coupon) Fault(currency string) *fault.Error {
	p := c.Problem
	return fault.New(fault.Conflict, p.Key).With("Code", c.Code).With("Next", p.Next).
		With("Minimum", money.Of(p.Minimum, currency)).With("Missing", money.Of(p.Missing, currency))
}

// Reckon decides what is taken off a basket now.
func Reckon(tx db.Tx, b Basket) (r Reckoned, err error) {
	all, err := of(tx, b.Store.Market.ID)
	if err != nil || len(all) == 0 {
		r.Totals = pricing.Compute(b.Input)
		return r, err
	}
	now := tx.Now()
	candidates := make([]Discount, 0, len(all))
	for _, d := range all {
		r.Offered = r.Offered || (d.Code != "" && d.State(now, 0) != Ended)
		if (d.Code == "" && d.State(now, 0) == Running) || d.ID == b.CouponID {
			candidates = append(candidates, d)
		}
	}
	used, err := usesOf(tx, b, candidates)
	if err != nil {
		return r, err
	}
	var fit []Discount
	for _, d := range candidates {
		problem := d.problem(b, used[d.ID], now)
		if problem.Key == "" {
			fit = append(fit, d)
		}
		if d.ID == b.CouponID {
			r.Coupon = Coupon{Code: d.Code, Name: d.Name(b.Store), Problem: problem}
			r.Turn = clock.Earliest(r.Turn, problem.Next)
		}
	}
	r.Totals, r.Taken = stack(b.Input, b.Goods, fit, b.CouponID)
	r.look(b, fit)
	return r, nil
}

// problem is why a discount takes nothing off a basket, the gravest first.
func (d Discount) problem(b Basket, used uses, now clock.Instant) Problem {
	switch {
	case d.State(now, 0) == Ended:
		return Problem{Key: "coupon.ended"}
	case d.UsesAllowed > 0 && used.all >= d.UsesAllowed:
		return Problem{Key: "coupon.used_up"}
	case d.UsesBuyer > 0 && used.own >= d.UsesBuyer:
		return Problem{Key: "coupon.used_by_buyer"}
	case !d.BeginsAt.Reached(now):
		return Problem{Key: "coupon.early", Next: d.BeginsAt}
	}
	return d.hurdle(b.Input, b.Goods)
}

// look says when what is taken off ends, and why a coupon that fits takes nothing off: there is nothing to take it off, or
// the buyer has a better discount that stands alone.
func (r *Reckoned) look(b Basket, fit []Discount) {
	isCoupon := func(d Discount) bool { return d.ID == b.CouponID }
	counts := false
	for _, t := range r.Taken {
		r.Turn = clock.Earliest(r.Turn, t.EndsAt)
		counts = counts || isCoupon(t.Discount)
	}
	at := slices.IndexFunc(fit, isCoupon)
	if counts || at < 0 {
		return
	}
	r.Coupon.Problem.Key = "coupon.outdone"
	if _, taken := stack(b.Input, b.Goods, fit[at:at+1], b.CouponID); len(taken) == 0 {
		r.Coupon.Problem.Key = "coupon.nothing_to_take"
	}
}
