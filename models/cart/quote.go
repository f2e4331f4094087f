package cart

import (
	"context"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Quote is what a cart with these goods would show, by SKU, without one being kept: staff see totals of goods that can't
// be bought yet. Unknown SKUs and quantities outside of 1 to MaxQuantity are left out.
func (c *Carts) Quote(ctx context.Context, store market.Store, goods map[string]int, choice Choice) (View, error) {
	var view View
	err := c.data.Read(ctx, func(tx db.Tx) error {
		wanted := map[int64]Wanted{}
		for sku, quantity := range goods {
			variant, found, err := catalog.VariantBySKU(tx, sku)
			if err != nil {
				return err
			}
			if found && quantity >= 1 && quantity <= MaxQuantity {
				wanted[variant.ID] = Wanted{Quantity: quantity, AddedAt: clock.Instant(variant.ID)}
			}
		}
		var err error
		view = View{Store: store, At: tx.Now(), Region: choice.Region}
		if view.Store.Market, err = market.ByID(tx, store.Market.ID); err != nil || len(wanted) == 0 {
			return err
		}
		if view.Lines, err = Decide(tx, view.Store, wanted, choice.Buyer); err != nil {
			return err
		}
		return view.price(tx, choice)
	})
	return view, err
}
