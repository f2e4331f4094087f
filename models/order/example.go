package order

import (
	"context"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/payment"
)

// exampleLines is how many lines an example has at most.
const exampleLines = 2

// Example is an order that nobody placed, of goods that a store sells now, so that staff can see what is mailed about one. It
// is paid and has left. A store that sells nothing has none: that is a Conflict. Nothing is written.
func (o *Orders) Example(ctx context.Context, store market.Store) (Order, error) {
	var example Order
	err := o.data.Read(ctx, func(tx db.Tx) error {
		w := weighed{placement: Placement{Store: store}}
		wanted, err := sellable(tx, store)
		if err != nil {
			return err
		}
		regions, err := market.Regions(tx, store.Market.ID)
		if err != nil {
			return err
		}
		w.kept = cart.Kept{Wanted: wanted, Details: cart.Details{Email: "buyer@example.com", Name: "Ada Example", Line1: "1 Example Street",
			PostalCode: store.Market.PostalExample, City: "Example", Payment: "card"}}
		if len(regions) > 0 {
			w.kept.Details.Region = regions[0].Code
		}
		if w.view, err = w.kept.View(tx, store, w.kept.Details.Choice(store.Market)); err != nil {
			return err
		}
		if w.view.Delivery == nil {
			return errNoExample
		}
		if example, err = w.sheet(tx); err != nil {
			return err
		}
		example.live(tx)
		return nil
	})
	return example, err
}

var errNoExample = fault.New(fault.Conflict, "mail.no_example")

// sellable are a few variants that anybody can buy now, one of each.
func sellable(tx db.Tx, store market.Store) (map[int64]cart.Wanted, error) {
	ids, err := db.List(tx, func(id *int64) []any { return []any{id} }, `SELECT MIN(v.id) FROM listings l JOIN variants v ON v.product_id = l.product_id
		WHERE l.market_id = ? GROUP BY l.product_id ORDER BY l.product_id`, store.Market.ID)
	if err != nil {
		return nil, err
	}
	all := map[int64]cart.Wanted{}
	for _, id := range ids {
		all[id] = cart.Wanted{Quantity: 1}
	}
	lines, err := cart.Decide(tx, store, all, cart.Kept{}.Buyer(cart.Details{}.Keys(store.Market)))
	if err != nil {
		return nil, err
	}
	some := map[int64]cart.Wanted{}
	for _, l := range lines {
		if l.Problem.Key == "" && len(some) < exampleLines {
			some[l.Variant.ID] = cart.Wanted{Quantity: len(some) + 1}
		}
	}
	if len(some) == 0 {
		return nil, errNoExample
	}
	return some, nil
}

// live gives an example a number, a link that leads nowhere, a payment, a parcel, a return and a credit.
func (o *Order) live(tx db.Tx) {
	o.Number, o.Token, o.State = strings.ToUpper(o.Store[:2])+"-10001", "example", Shipped
	o.Shipments = []Shipment{{ID: 1, Carrier: "Example Post", Tracking: "EX 0123 4567", At: tx.Now()}}
	o.Payments = []payment.Payment{{ID: 1, State: payment.Captured, Amount: o.TotalAmount, Currency: o.Currency, At: tx.Now()}}
	o.Refunds = []payment.Refund{{ID: 1, PaymentID: 1, Amount: o.TotalAmount, State: "due", At: tx.Now()}}
	o.Credits = []Credit{{ID: 1, TotalAmount: o.TotalAmount, TaxIncluded: o.TaxIncluded, DeliveryAmount: o.DeliveryAmount, TaxAmount: o.TaxAmount}}
	o.Returns = []Return{{ID: 1, State: ReturnApproved, Reason: Withdrawn, AskedAt: tx.Now()}}
	for i := range o.Lines {
		l := &o.Lines[i]
		l.ID = int64(i + 1)
		o.Returns[0].Lines = append(o.Returns[0].Lines, ReturnLine{ReturnID: 1, OrderLineID: l.ID, Quantity: l.Quantity})
		o.Credits[0].Lines = append(o.Credits[0].Lines, CreditLine{OrderLineID: l.ID, Quantity: l.Quantity, Amount: l.Amount, DiscountAmount: l.DiscountAmount})
	}
	for _, t := range o.Taxes {
		o.Credits[0].Taxes = append(o.Credits[0].Taxes, CreditTax{RatePPM: t.RatePPM, Name: t.Name, TaxAmount: t.TaxAmount})
	}
}
