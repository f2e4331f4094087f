package cart

import (
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
)

// Problem is why a line can't be had as it is: the message key of the reason, the number it names and the instant at
// which it may change. The zero Problem is none.
type Problem struct {
	Key   string
	Count int
	Next  clock.Instant
	early bool
}

// judge says what keeps a buyer from taking so many units of a variant, and so many of all the product's variants.
func judge(sale launch.Sale, quantity, ofProduct int) Problem {
	o := sale.Offer
	switch {
	case o.State == launch.Hidden || o.State == "":
		return Problem{Key: "cart.problem.hidden"}
	case o.State != launch.Test && o.State != launch.OnSale:
		return Problem{Key: o.Reason, Next: o.Next, early: true}
	case ofProduct > sale.Room.Units:
		return Problem{Key: sale.Room.Reason, Count: sale.Room.Limit}
	case quantity > o.Most && o.MostReason == "offer.limit_code":
		return Problem{Key: o.MostReason, Count: o.Limit}
	case quantity > o.Left || quantity > MaxQuantity:
		return Problem{Key: "cart.problem.left", Count: min(o.Left, MaxQuantity)}
	}
	return Problem{}
}

// Fault is the problem as a refusal: NotOpen for goods that are not on sale, Conflict for too many of them.
func (p Problem) Fault() error {
	kind := fault.Conflict
	if p.early {
		kind = fault.NotOpen
	}
	return fault.New(kind, p.Key).With("Count", p.Count).With("Next", p.Next)
}
