package order

import (
	"context"

	"softlaunch/models/cart"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// Review is what a buyer looks at before he orders: everything as it will be ordered.
type Review struct {
	View    cart.View
	Details cart.Details
}

// Review shows a cart with what was typed for it, decided for this buyer. Without details, or with an empty cart, it is
// a Conflict.
func (o *Orders) Review(ctx context.Context, cartToken string, store market.Store) (Review, error) {
	var r Review
	err := o.data.Read(ctx, func(tx db.Tx) error {
		kept, err := cart.Find(tx, cartToken, store.Market.ID)
		if err != nil {
			return err
		}
		r.Details = kept.Details
		if r.View, err = kept.View(tx, store, r.Details.Choice(store.Market)); err != nil {
			return err
		}
		switch {
		case len(r.View.Lines) == 0:
			return fault.New(fault.Conflict, "fault.cart_empty")
		case !kept.Detailed:
			return fault.New(fault.Conflict, "fault.no_details")
		}
		return nil
	})
	return r, err
}
