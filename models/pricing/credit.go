package pricing

import (
	"slices"

	"softlaunch/models/money"
)

// Part is what can still be credited of a line or of delivery, in minor units: Net after discounts, with tax where prices
// include it, and its Tax. A line's part is for Quantity units sold at Unit; delivery has no units.
type Part struct {
	Quantity int
	Unit     int64
	Net, Tax int64
	Rate     Rate
}

// Rest is what can still be credited of an order.
type Rest struct {
	TaxIncluded bool
	Lines       []Part
	Delivery    Part
}

// Wanted is what to credit: Units of each of the Rest's lines, what is left of delivery, and an Amount off what is left of the
// price then, tax included, in minor units.
type Wanted struct {
	Units    []int
	Delivery bool
	Amount   int64
}

// Share is what is credited of a line or of delivery. Discount is what of Amount was never paid or was credited before.
type Share struct {
	Quantity              int
	Amount, Discount, Tax int64
}

// Credit is a credit's sums, as those of Totals: Total = Lines - Discount + Delivery, + Tax where prices don't include it.
// Units and Reductions are the shares of the Rest's lines, the latter of the Wanted amount; they have no units.
type Credit struct {
	Units, Reductions                     []Share
	Lines, Discount, Delivery, Tax, Total int64
	Taxes                                 []Tax
}

// Total is what can still be credited, tax included.
func (r Rest) Total() int64 {
	sum := r.gross(r.Delivery)
	for _, p := range r.Lines {
		sum += r.gross(p)
	}
	return sum
}

// Credit computes a credit. Units that are credited take their proportion of what is left of their line, and the last ones
// all of it; an amount is taken off lines and delivery in proportion to what is left of them, by largest remainder. So all
// credits together give back what was paid, to the minor unit and at each rate, however it is split. ok is false when more is
// wanted than is left.
func (r Rest) Credit(w Wanted) (c Credit, ok bool) {
	r.Lines = slices.Clone(r.Lines)
	c.Units, c.Reductions = make([]Share, len(r.Lines)), make([]Share, len(r.Lines))
	for i, units := range w.Units {
		if units < 0 || units > r.Lines[i].Quantity {
			return Credit{}, false
		}
		c.Units[i] = r.Lines[i].take(units)
		c.add(r, r.Lines[i].Rate, c.Units[i])
	}
	if w.Delivery {
		c.deliver(r, Share{Amount: r.Delivery.Net, Tax: r.Delivery.Tax})
		r.Delivery.Net, r.Delivery.Tax = 0, 0
	}
	if w.Amount < 0 || w.Amount > r.Total() {
		return Credit{}, false
	}
	c.reduce(r, w.Amount)
	c.Total = c.Lines - c.Discount + c.Delivery
	if !r.TaxIncluded {
		c.Total += c.Tax
	}
	return c, true
}

// take takes units off a part.
func (p *Part) take(units int) Share {
	if units == 0 {
		return Share{}
	}
	net := money.MulDiv(p.Net, int64(units), int64(p.Quantity))
	s := Share{Quantity: units, Amount: int64(units) * p.Unit, Tax: money.MulDiv(p.Tax, int64(units), int64(p.Quantity))}
	s.Discount = s.Amount - net
	p.Quantity, p.Net, p.Tax = p.Quantity-units, p.Net-net, p.Tax-s.Tax
	return s
}

// reduce shares an amount out over what is left.
func (c *Credit) reduce(r Rest, amount int64) {
	if amount == 0 {
		return
	}
	weights := make([]int64, 0, len(r.Lines)+1)
	for _, p := range r.Lines {
		weights = append(weights, r.gross(p))
	}
	parts := money.Allocate(amount, append(weights, r.gross(r.Delivery)))
	for i, p := range r.Lines {
		c.Reductions[i] = r.share(p, parts[i])
		c.add(r, p.Rate, c.Reductions[i])
	}
	c.deliver(r, r.share(r.Delivery, parts[len(r.Lines)]))
}

// share is an amount of a part, divided into price and tax as the part is.
func (r Rest) share(p Part, gross int64) Share {
	if gross == 0 {
		return Share{}
	}
	s := Share{Amount: gross, Tax: money.MulDiv(p.Tax, gross, r.gross(p))}
	if !r.TaxIncluded {
		s.Amount -= s.Tax
	}
	return s
}

// gross is what a buyer paid for what is left of a part.
func (r Rest) gross(p Part) int64 {
	if r.TaxIncluded {
		return p.Net
	}
	return p.Net + p.Tax
}

// add counts a line's share.
func (c *Credit) add(r Rest, rate Rate, s Share) {
	c.Lines += s.Amount
	c.Discount += s.Discount
	c.tax(r, rate, s.Amount-s.Discount, s.Tax)
}

// deliver counts delivery's share.
func (c *Credit) deliver(r Rest, s Share) {
	c.Delivery += s.Amount
	c.tax(r, r.Delivery.Rate, s.Amount, s.Tax)
}

// tax counts the tax on a net amount at its rate.
func (c *Credit) tax(r Rest, rate Rate, net, tax int64) {
	c.Tax += tax
	if rate.PPM == 0 || (net == 0 && tax == 0) {
		return
	}
	base := net
	if r.TaxIncluded {
		base -= tax
	}
	at := slices.IndexFunc(c.Taxes, func(t Tax) bool { return t.Rate == rate })
	if at < 0 {
		at, c.Taxes = len(c.Taxes), append(c.Taxes, Tax{Rate: rate})
	}
	c.Taxes[at].Base += base
	c.Taxes[at].Amount += tax
}
