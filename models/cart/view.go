package cart

import (
	"cmp"
	"context"
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/discount"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/pricing"
)

// Line is goods in a cart as a store sees them.
type Line struct {
	Product  catalog.Product
	Variant  catalog.Variant
	Quantity int
	Sale     launch.Sale
	Problem  Problem
	Rate     pricing.Rate
	AddedAt  clock.Instant
}

// Amount is the line's price in minor units.
func (l Line) Amount() int64 { return int64(l.Quantity) * l.Sale.Price.Minor }

// Option is a way to deliver a cart, with the days on which it would arrive.
type Option struct {
	Method   market.DeliveryMethod
	Amount   int64 // what it costs for these goods to that place, in minor units
	From, To clock.Day
}

// View is a cart as a store sees it at an instant. Totals count the lines without a problem, with the chosen delivery
// (the cheapest unless the buyer chose) and the tax of the region (an estimate while that is not known).
type View struct {
	Store    market.Store
	At       clock.Instant
	Lines    []Line
	Options  []Option
	Delivery *Option
	Region   string
	Totals   pricing.Totals
	Code     launch.CodeState  // of the access code that the cart carries
	Discount discount.Reckoned // what Totals has off, and the coupon that the cart carries
}

// Sound reports whether all lines can be ordered as they are.
func (v View) Sound() bool {
	return len(v.Lines) > 0 && !slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Problem.Key != "" })
}

// Choice is what decides a cart's totals beside its lines. Delivery is the code of a method, "" for the cheapest; CouponID is
// the coupon, 0 for none.
type Choice struct {
	Region     string
	PostalCode string // "" while it is not known
	Delivery   string
	Buyer      launch.Keys
	CouponID   int64
}

// View shows a cart in a store; an unknown cart is empty.
func (c *Carts) View(ctx context.Context, token string, store market.Store, choice Choice) (View, error) {
	var view View
	err := c.data.Read(ctx, func(tx db.Tx) error {
		kept, err := Find(tx, token, store.Market.ID)
		if err == nil {
			view, err = kept.View(tx, store, choice)
		}
		return err
	})
	return view, err
}

// View decides a cart's lines, for a buyer with the access code it carries, and adds up what can be had.
func (k Kept) View(tx db.Tx, store market.Store, choice Choice) (view View, err error) {
	view = View{Store: store, At: tx.Now(), Region: choice.Region}
	choice.Buyer, choice.CouponID = k.Buyer(choice.Buyer), k.CouponID
	if view.Code, err = launch.StateOf(tx, store.Market.ID, choice.Buyer); err != nil {
		return view, err
	}
	if len(k.Wanted) == 0 {
		err = view.reckon(tx, choice, pricing.Input{})
		return view, err
	}
	if view.Store.Market, err = market.ByID(tx, store.Market.ID); err != nil {
		return view, err
	}
	if view.Lines, err = Decide(tx, view.Store, k.Wanted, choice.Buyer); err != nil {
		return view, err
	}
	err = view.price(tx, choice)
	return view, err
}

// Decide puts products and sales to what is wanted and says what is wrong with each line, in the order of adding.
func Decide(tx db.Tx, store market.Store, wanted map[int64]Wanted, buyer launch.Keys) ([]Line, error) {
	products, err := catalog.ProductsOf(tx, store.Language, ids(wanted))
	if err != nil {
		return nil, err
	}
	sales, err := launch.Decided(tx, store.Market, buyer, ids(wanted)...)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, p := range products {
		units := 0
		for _, v := range p.Variants {
			units += wanted[v.ID].Quantity
		}
		for _, v := range p.Variants {
			if r, in := wanted[v.ID]; in {
				lines = append(lines, Line{Product: p, Variant: v, Quantity: r.Quantity, AddedAt: r.AddedAt,
					Sale: sales[v.ID], Problem: judge(sales[v.ID], r.Quantity, units)})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.AddedAt, b.AddedAt) })
	return lines, nil
}

// price chooses the delivery and adds up.
func (v *View) price(tx db.Tx, choice Choice) error {
	methods, err := market.Delivery(tx, v.Store)
	if err != nil {
		return err
	}
	rates, err := market.TaxRates(tx, v.Store.Market.ID, choice.Region)
	if err != nil {
		return err
	}
	in := pricing.Input{TaxIncluded: v.Store.Market.TaxIncluded}
	for i, l := range v.Lines {
		v.Lines[i].Rate = rate(market.RateFor(rates, l.Sale.TaxClass))
		if l.Problem.Key == "" {
			in.Lines = append(in.Lines, pricing.Line{Quantity: l.Quantity, Unit: l.Sale.Price.Minor, Rate: v.Lines[i].Rate})
		}
	}
	parcel, err := v.parcel(tx, choice, in, methods)
	if err != nil {
		return err
	}
	v.offerDelivery(methods, choice, parcel)
	if v.Delivery != nil && len(in.Lines) > 0 {
		in.Delivery, in.DeliveryRate = v.Delivery.Amount, rate(market.RateFor(rates, market.DeliveryClass))
	}
	return v.reckon(tx, choice, in)
}

// parcel is what has to be delivered. What the goods are worth after discounts is reckoned only where a method asks for it.
func (v *View) parcel(tx db.Tx, choice Choice, in pricing.Input, methods []market.DeliveryMethod) (market.Parcel, error) {
	p := market.Parcel{Place: market.Place{Region: choice.Region, PostalCode: choice.PostalCode}}
	for _, l := range v.Lines {
		if l.Problem.Key == "" {
			p.Grams += int64(l.Quantity) * int64(l.Variant.WeightGrams)
		}
	}
	if !slices.ContainsFunc(methods, market.DeliveryMethod.ByWorth) {
		return p, nil
	}
	err := v.reckon(tx, choice, in)
	p.Value = v.Totals.Lines - v.Totals.Discount
	return p, err
}

// reckon takes off the discounts and adds up.
func (v *View) reckon(tx db.Tx, choice Choice, in pricing.Input) (err error) {
	basket := discount.Basket{Store: v.Store, Input: in, Buyer: choice.Buyer, CouponID: choice.CouponID}
	for _, l := range v.Lines {
		if l.Problem.Key == "" {
			basket.Goods = append(basket.Goods, discount.Goods{ProductID: l.Product.ID, CategoryID: l.Product.CategoryID})
		}
	}
	v.Discount, err = discount.Reckon(tx, basket)
	v.Totals = v.Discount.Totals
	return err
}

// offerDelivery keeps the methods that carry these goods to the region and picks the chosen or the cheapest.
func (v *View) offerDelivery(methods []market.DeliveryMethod, choice Choice, parcel market.Parcel) {
	var unNumbers []string
	for _, l := range v.Lines {
		unNumbers = append(unNumbers, l.Sale.UNNumber)
	}
	for _, m := range methods {
		if m.Carries(choice.Region, unNumbers) {
			from, to := m.Arrival(v.Store.Market, v.At, parcel.Place)
			v.Options = append(v.Options, Option{Method: m, Amount: m.Price(parcel), From: from, To: to})
		}
	}
	for i, o := range v.Options {
		cheaper := v.Delivery == nil || o.Amount < v.Delivery.Amount
		if (choice.Delivery == "" && cheaper) || o.Method.Code == choice.Delivery {
			v.Delivery = &v.Options[i]
		}
	}
}

func rate(r market.TaxRate) pricing.Rate { return pricing.Rate{Name: r.Name, PPM: r.RatePPM} }

func ids(wanted map[int64]Wanted) []int64 {
	list := make([]int64, 0, len(wanted))
	for id := range wanted {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}
