package launch

import (
	"context"
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
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
				if l.MarketID == m.ID && l.ProductID == productID && maySee(m, l, tx.Now()) {
					shown = append(shown, m)
				}
			}
		}
		return nil
	})
	return shown, err
}

// maySee reports whether a listed product may be seen. What else is wanted for a sale hides nothing, so a listing and a
// schedule are facts enough.
func maySee(m market.Market, l catalog.Listing, now clock.Instant) bool {
	facts := Facts{Schedule: m.Schedule(), Listed: true, Listing: Listing{VisibleFrom: l.VisibleFrom}}
	return Decide(facts, now).State != Hidden
}

// Categories are those of which a store shows a product now, in their order: the name of another would tell what is to come.
func (g *Gate) Categories(ctx context.Context, store market.Store) ([]catalog.Category, error) {
	var shown []catalog.Category
	err := g.data.Read(ctx, func(tx db.Tx) error {
		all, err := catalog.Categories(tx, store.Language)
		if err != nil {
			return err
		}
		goods, err := goods(tx, store.Market.ID, nil)
		seen := map[int64]bool{}
		for _, good := range goods {
			seen[good.categoryID] = seen[good.categoryID] || maySee(store.Market, good.listing, tx.Now())
		}
		shown = slices.DeleteFunc(slices.Clone(all), func(c catalog.Category) bool { return !seen[c.ID] })
		return err
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
