package discount

import (
	"cmp"
	"slices"

	"softlaunch/models/pricing"
)

// Goods is what of a line decides which discounts it gets.
type Goods struct{ ProductID, CategoryID int64 }

// Taken is a discount and what it took off, in minor units, never zero.
type Taken struct {
	Discount
	Off int64
}

// lines are the indices of the lines it is for, and what they come to before discounts.
func (d Discount) lines(in pricing.Input, goods []Goods) (index []int, sum int64) {
	for i, g := range goods {
		if d.covers(g) {
			index, sum = append(index, i), sum+in.Lines[i].Amount()
		}
	}
	return index, sum
}

// hurdle is what the goods lack for the discount: nothing, or that it is for others, or that they come to too little.
func (d Discount) hurdle(in pricing.Input, goods []Goods) Problem {
	index, sum := d.lines(in, goods)
	switch {
	case len(goods) == 0:
		return Problem{Key: "coupon.waits"}
	case len(index) == 0:
		return Problem{Key: "coupon.other_goods"}
	case sum < d.Minimum:
		return Problem{Key: "coupon.minimum", Minimum: d.Minimum, Missing: d.Minimum - sum}
	}
	return Problem{}
}

// priced is the discount as pricing takes it off.
func (d Discount) priced(in pricing.Input, goods []Goods) pricing.Discount {
	switch {
	case d.Kind == FreeDelivery && d.Amount == 0:
		return pricing.Discount{PPM: 1_000_000, OnDelivery: true}
	case d.Kind == FreeDelivery:
		return pricing.Discount{Amount: d.Amount, OnDelivery: true}
	}
	index, _ := d.lines(in, goods)
	return pricing.Discount{PPM: d.PPM, Amount: d.Amount, Lines: index}
}

// stack takes off what leaves the buyer the lowest total: the discounts that can be combined, all of them, or one of the
// others alone. Between equal totals the one with the coupon counts, then the combined ones, then the older. Within a stack
// percentages come first, then amounts, then delivery; each is taken off what the ones before it left.
func stack(in pricing.Input, goods []Goods, found []Discount, couponID int64) (pricing.Totals, []Taken) {
	best, taken := pricing.Compute(in), []Taken(nil)
	for _, option := range options(found, couponID) {
		in.Discounts = make([]pricing.Discount, len(option))
		for i, d := range option {
			in.Discounts[i] = d.priced(in, goods)
		}
		if totals := pricing.Compute(in); totals.Total < best.Total {
			best, taken = totals, worth(option, totals)
		}
	}
	return best, taken
}

// options are the stacks to choose from, in the order of preference.
func options(found []Discount, couponID int64) [][]Discount {
	ordered := slices.Clone(found)
	slices.SortStableFunc(ordered, func(a, b Discount) int {
		return cmp.Or(cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	var together []Discount
	var all [][]Discount
	for _, d := range ordered {
		if d.Combinable {
			together = append(together, d)
		} else {
			all = append(all, []Discount{d})
		}
	}
	slices.SortStableFunc(all, func(a, b []Discount) int { return cmp.Compare(a[0].ID, b[0].ID) })
	if len(together) > 0 {
		all = slices.Insert(all, 0, together)
	}
	slices.SortStableFunc(all, func(a, b []Discount) int { return cmp.Compare(rank(a, couponID), rank(b, couponID)) })
	return all
}

// rank is 0 for a stack with the coupon and 1 for others.
func rank(option []Discount, couponID int64) int {
	if slices.ContainsFunc(option, func(d Discount) bool { return d.ID == couponID }) {
		return 0
	}
	return 1
}

// worth are the discounts of a stack that took something off.
func worth(option []Discount, totals pricing.Totals) []Taken {
	var taken []Taken
	for i, d := range option {
		if totals.Taken[i] > 0 {
			taken = append(taken, Taken{Discount: d, Off: totals.Taken[i]})
		}
	}
	return taken
}
