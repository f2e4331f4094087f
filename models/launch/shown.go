package launch

import (
	"context"

	"softlaunch/models/catalog"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Shown are the markets in which a product may be seen now, whether or not it can be bought there.
func (g *Gate) Shown(ctx context.Context, productID int64) ([]market.Market, error) {
	var shown []market.Market
	err := g.data.Read(ctx, func(tx db.Tx) error {
		all, err := market.All(tx)
		if err != nil {
			return err
		}
		listings, err := listings(tx)
		if err != nil {
			return err
		}
		for _, m := range all {
			for _, l := range listings {
				// What else is wanted for a sale hides nothing, so a listing and a schedule are facts enough.
				facts := Facts{Schedule: m.Schedule(), Listed: true, Listing: Listing{VisibleFrom: l.VisibleFrom}}
				if l.MarketID == m.ID && l.ProductID == productID && Decide(facts, tx.Now()).State != Hidden {
					shown = append(shown, m)
				}
			}
		}
		return nil
	})
	return shown, err
}

type keptListings struct{}

// listings are those of all products in all markets.
func listings(tx db.Tx) ([]catalog.Listing, error) {
	return db.Keep(tx, keptListings{}, func() (all []catalog.Listing, err error) {
		return all, tx.Gorm().Find(&all).Error
	})
}
