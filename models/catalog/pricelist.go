package catalog

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// PricesAt are the prices of a market's variants, of those named or of all, that hold at the transaction's instant, by
// variant, and turns the next instants at which a price of each begins or ends.
func PricesAt(tx db.Tx, marketID int64, variantIDs ...int64) (prices map[int64]Price, turns map[int64]clock.Instant, err error) {
	all, err := priceList(tx, marketID)
	if err != nil {
		return nil, nil, err
	}
	prices, turns = map[int64]Price{}, map[int64]clock.Instant{}
	for _, p := range all {
		if len(variantIDs) > 0 && !slices.Contains(variantIDs, p.VariantID) {
			continue
		}
		if p.ValidFrom <= tx.Now() && !p.EndsAt.Reached(tx.Now()) {
			prices[p.VariantID] = p
		}
		for _, at := range []clock.Instant{p.ValidFrom, p.EndsAt} {
			if at > tx.Now() {
				turns[p.VariantID] = clock.Earliest(turns[p.VariantID], at)
			}
		}
	}
	return prices, turns, nil
}

type keptPrices struct{ marketID int64 }

// priceList is every price a market has had and will have, those that begin later behind.
func priceList(tx db.Tx, marketID int64) ([]Price, error) {
	return db.Keep(tx, keptPrices{marketID}, func() (prices []Price, err error) {
		return prices, tx.Gorm().Where("market_id = ?", marketID).Order("valid_from, id").Find(&prices).Error
	})
}
