package launch

import (
	"context"

	"softlaunch/models/catalog"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Prospect is a price in the span in which it counts, with what shoppers are told beside it.
type Prospect struct {
	catalog.Span
	Told catalog.Reduction
}

// Prospects are the prices of a product's variants in a market from now on, by variant. A price that was typed counts as if
// it were set; what is wrong with it is the fault of catalog.SetPrice.
func (g *Gate) Prospects(ctx context.Context, code, slug string, typed *catalog.PriceForm) (map[int64][]Prospect, error) {
	found := map[int64][]Prospect{}
	err := g.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		product, err := catalog.BySlug(tx, slug, "en")
		if err != nil {
			return err
		}
		var planned []catalog.Price
		if typed != nil {
			price, err := typed.Read(tx, m, product.ID)
			if err != nil {
				return err
			}
			price.ID = catalog.Planned
			planned = append(planned, price)
		}
		return prospects(tx, m, product, planned, found)
	})
	return found, err
}

func prospects(tx db.Tx, m market.Market, product catalog.Product, planned []catalog.Price, found map[int64][]Prospect) error {
	timelines, err := catalog.Timelines(tx, m.ID, planned...)
	if err != nil {
		return err
	}
	ids := make([]int64, len(product.Variants))
	for i, v := range product.Variants {
		ids[i] = v.ID
	}
	f, err := gather(tx, m, Keys{}, ids)
	for _, g := range f.goods {
		facts := f.facts(m, g)
		for _, span := range timelines[g.variantID] {
			if !span.To.Reached(tx.Now()) {
				found[g.variantID] = append(found[g.variantID], Prospect{Span: span, Told: facts.reduction(span)})
			}
		}
	}
	return err
}
