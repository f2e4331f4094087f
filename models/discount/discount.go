// Package discount takes money off orders: discounts that apply by themselves, and coupons, which are discounts for who
// types their code. What is taken off is decided anew whenever a cart is looked at, by Reckon; who used what is counted from
// a ledger, as limits of launches are.
package discount

import (
	"slices"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// Kind is what a discount takes off.
type Kind string

// The kinds, in the order in which they are taken off an order.
const (
	PercentOff   Kind = "percent"  // PPM of the goods it is for
	AmountOff    Kind = "amount"   // Amount off the goods it is for
	FreeDelivery Kind = "delivery" // delivery, or Amount of it
)

// Kinds are all kinds in their order.
var Kinds = []Kind{PercentOff, AmountOff, FreeDelivery}

// Discount is money off in a market, in [BeginsAt, EndsAt). Amounts are in minor units of the market's currency. Minimum is
// what the goods it is for must come to, before discounts; without Products and Categories it is for all goods. Uses are
// counted over all orders and for each buyer; zero is no limit. A discount that is not Combinable stands alone. Names are by
// language. Without a Code it applies by itself.
type Discount struct {
	ID          int64
	MarketID    int64
	Code        string
	Kind        Kind
	PPM         int64
	Amount      int64
	Minimum     int64
	BeginsAt    clock.Instant
	EndsAt      clock.Instant
	UsesAllowed int
	UsesBuyer   int
	Combinable  bool
	CreatedAt   clock.Instant
	Names       map[string]string
	Products    []int64
	Categories  []int64
}

// State is what a discount is at an instant.
type State string

// The states.
const (
	Planned State = "planned"
	Running State = "running"
	UsedUp  State = "used_up"
	Ended   State = "ended"
)

// State is what a discount is at an instant, after so many uses.
func (d Discount) State(now clock.Instant, uses int) State {
	switch {
	case d.EndsAt.Reached(now) || d.EndsAt == d.BeginsAt:
		return Ended
	case d.UsesAllowed > 0 && uses >= d.UsesAllowed:
		return UsedUp
	case !d.BeginsAt.Reached(now):
		return Planned
	}
	return Running
}

// Name is the discount's name in a store's language, or in another of the market's for a language that came later.
func (d Discount) Name(store market.Store) string {
	if name := d.Names[store.Language]; name != "" {
		return name
	}
	for _, l := range store.Market.Languages {
		if name := d.Names[l.Language]; name != "" {
			return name
		}
	}
	return d.Code
}

// covers reports whether goods of a product and category are among those it is for.
func (d Discount) covers(g Goods) bool {
	return len(d.Products)+len(d.Categories) == 0 || slices.Contains(d.Products, g.ProductID) || slices.Contains(d.Categories, g.CategoryID)
}

const shortestCode, longestCode = 3, 30

// Normal is a typed code as codes are kept: capitals and figures, without spaces and hyphens. What no code can be is empty.
func Normal(typed string) string {
	if len(typed) > 4*longestCode {
		return ""
	}
	code := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' || r == '\t' {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	if len(code) < shortestCode || len(code) > longestCode || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return ""
	}
	return code
}
