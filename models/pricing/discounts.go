package pricing

import "softlaunch/models/money"

// Discount is taken off the lines with these indices (off all where Lines is nil), or off delivery. Parts per million of
// what is left of them, or Amount in minor units where PPM is zero; never more than what is left.
type Discount struct {
	PPM        int64
	Amount     int64
	Lines      []int
	OnDelivery bool
}

// net is what is left of the lines and of delivery.
type net struct {
	lines    []int64
	delivery int64
}

// reduce takes the discounts off. A discount's part of each line is in proportion to what is left of the line, by largest
// remainder, so that what is refunded for the lines adds up to what was paid.
func (t *Totals) reduce(in Input) net {
	left := net{lines: make([]int64, len(in.Lines)), delivery: in.Delivery}
	for i, l := range in.Lines {
		left.lines[i] = l.Amount()
	}
	for _, d := range in.Discounts {
		taken := left.take(d)
		t.Taken = append(t.Taken, taken)
		t.Discount += taken
	}
	t.LineDiscount = make([]int64, len(in.Lines))
	for i, l := range in.Lines {
		t.LineDiscount[i] = l.Amount() - left.lines[i]
	}
	return left
}

// take takes one discount off and answers how much it came to.
func (n *net) take(d Discount) int64 {
	if d.OnDelivery {
		taken := d.of(n.delivery)
		n.delivery -= taken
		return taken
	}
	index := d.Lines
	if index == nil {
		index = make([]int, len(n.lines))
		for i := range index {
			index[i] = i
		}
	}
	var sum int64
	weights := make([]int64, len(index))
	for i, at := range index {
		weights[i] = n.lines[at]
		sum += n.lines[at]
	}
	taken := d.of(sum)
	for i, part := range money.Allocate(taken, weights) {
		n.lines[index[i]] -= part
	}
	return taken
}

// of is what the discount comes to on a sum.
func (d Discount) of(sum int64) int64 {
	if d.PPM > 0 {
		return min(sum, money.MulDiv(sum, d.PPM, 1_000_000))
	}
	return min(sum, d.Amount)
}
