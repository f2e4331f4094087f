package launch

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Left is a product that a store sells now or has sold out, with the units that are left of all its variants.
type Left struct {
	Slug, Name string
	Units      int
}

// selling are the states of goods that are to be had now, by some or by all, and of those that were.
var selling = map[State]bool{OnSale: true, Test: true, Code: true, SoldOut: true}

// Left are the units that a store has left, product by product. Goods that are not sold yet, or no more, are left out.
func (g *Gate) Left(ctx context.Context, store market.Store) ([]Left, error) {
	var left []Left
	err := g.data.Read(ctx, func(tx db.Tx) error {
		all, _, err := items(tx, store, Keys{})
		for _, item := range all {
			if !selling[item.Sale().Offer.State] {
				continue
			}
			one := Left{Slug: item.Product.Slug, Name: item.Product.Text.Name}
			for _, sale := range item.Sales {
				one.Units += sale.Offer.Left
			}
			left = append(left, one)
		}
		return err
	})
	return left, err
}
