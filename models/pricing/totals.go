// Package pricing computes what a cart or an order costs. It is pure, and nothing else in the shop adds up money.
//
// The one rounding rule: tax is computed once for each rate on the sum of what bears it after discounts, to the nearest
// minor unit, halves away from zero, and then shared out over the lines by largest remainder. So a document adds up
// whichever way it is read.
package pricing

import "softlaunch/models/money"

// Rate is a rate of tax in parts per million with the name a document gives it.
type Rate struct {
	Name string
	PPM  int64
}

// Line is so many units at a price in minor units, under a rate.
type Line struct {
	Quantity int
	Unit     int64
	Rate     Rate
}

// Amount is the line's price before discounts.
func (l Line) Amount() int64 { return int64(l.Quantity) * l.Unit }

// Input is all that a total depends on. Amounts are in minor units; TaxIncluded says whether they contain tax already.
// Discounts are taken off one after the other.
type Input struct {
	TaxIncluded  bool
	Lines        []Line
	Discounts    []Discount
	Delivery     int64
	DeliveryRate Rate
}

// Tax is the tax at one rate: Base is what bears it, without tax.
type Tax struct {
	Rate
	Base, Amount int64
}

// Totals are the sums of an Input. Total = Lines - Discount + Delivery, + Tax where prices don't include it. Lines and
// Delivery are before discounts. LineTax and LineDiscount are each line's share of Tax and Discount; the rest of both is on
// delivery. Taken is what each of the Input's discounts took off.
type Totals struct {
	Lines, Discount, Delivery, Tax, Total int64
	Taxes                                 []Tax
	LineTax, LineDiscount, Taken          []int64
}

// Compute adds up.
func Compute(in Input) Totals {
	t := Totals{Delivery: in.Delivery, LineTax: make([]int64, len(in.Lines))}
	for _, l := range in.Lines {
		t.Lines += l.Amount()
	}
	net := t.reduce(in)
	for _, rate := range rates(in) {
		t.add(in, net, rate)
	}
	t.Total = t.Lines - t.Discount + t.Delivery
	if !in.TaxIncluded {
		t.Total += t.Tax
	}
	return t
}

// add counts the tax at one rate and shares it out.
func (t *Totals) add(in Input, net net, rate Rate) {
	var bearing []int64
	var index []int
	var sum int64
	for i, l := range in.Lines {
		if l.Rate == rate {
			bearing, index, sum = append(bearing, net.lines[i]), append(index, i), sum+net.lines[i]
		}
	}
	if in.DeliveryRate == rate && net.delivery > 0 {
		bearing, sum = append(bearing, net.delivery), sum+net.delivery
	}
	tax, base := taxOn(sum, rate.PPM, in.TaxIncluded), sum
	if in.TaxIncluded {
		base -= tax
	}
	for i, part := range money.Allocate(tax, bearing) {
		if i < len(index) {
			t.LineTax[index[i]] = part
		}
	}
	t.Tax += tax
	t.Taxes = append(t.Taxes, Tax{Rate: rate, Base: base, Amount: tax})
}

func taxOn(sum, ppm int64, included bool) int64 {
	if included {
		return money.MulDiv(sum, ppm, 1_000_000+ppm)
	}
	return money.MulDiv(sum, ppm, 1_000_000)
}

// rates are the rates that occur, in the order in which they first do. What bears no tax has no entry.
func rates(in Input) []Rate {
	var found []Rate
	note := func(r Rate) {
		for _, known := range found {
			if known == r {
				return
			}
		}
		if r.PPM > 0 {
			found = append(found, r)
		}
	}
	for _, l := range in.Lines {
		note(l.Rate)
	}
	if in.Delivery > 0 {
		note(in.DeliveryRate)
	}
	return found
}
