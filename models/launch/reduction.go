package launch

import (
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
)

// reduction is what may be told of a price: a comparison only with prices that were really asked. Goods that were not for
// sale yet when the 30 days before it began have no earlier price, whatever was typed in.
func (f Facts) reduction(price catalog.Span) catalog.Reduction {
	told := price.Reduction()
	if told.Lowest != 0 && !f.soldAt(price.Since) {
		return catalog.Reduction{}
	}
	return told
}

// soldAt reports whether the goods were on offer at an instant, sold out or not.
func (f Facts) soldAt(at clock.Instant) bool {
	switch f.decide(at).State {
	case OnSale, Test, Code, SoldOut:
		return true
	}
	return false
}
