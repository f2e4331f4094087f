package catalog

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// PricesAt are the prices of a market's variants, of those named or of all, that count at the transaction's instant, by
// variant, and turns the next instants at which each changes.
func PricesAt(tx db.Tx, marketID int64, variantIDs ...int64) (prices map[int64]Span, turns map[int64]clock.Instant, err error) {
	all, err := priceList(tx, marketID)
	if err != nil {
		return nil, nil, err
	}
	if len(variantIDs) == 0 {
		variantIDs = slices.Collect(maps.Keys(all))
	}
	prices, turns = make(map[int64]Span, len(variantIDs)), make(map[int64]clock.Instant, len(variantIDs))
	for _, variantID := range variantIDs {
		for _, s := range all[variantID] {
			if s.Holds(tx.Now()) {
				prices[variantID] = s
			}
			if next := market.Ahead(tx.Now(), s.From, s.To); next != 0 {
				turns[variantID] = next
				break
			}
		}
	}
	return prices, turns, nil
}

type keptPrices struct{ marketID int64 }

// priceList is every price a market has had and will have, by variant, in the spans in which each counts.
func priceList(tx db.Tx, marketID int64) (map[int64][]Span, error) {
	return db.Keep(tx, keptPrices{marketID}, func() (map[int64][]Span, error) { return Timelines(tx, marketID) })
}

// Planned is the id of a price that staff have typed and not set: of prices that begin together it is the last.
const Planned = math.MaxInt64

// Timelines are the spans of a market's prices by variant, with planned ones as if they were set.
func Timelines(tx db.Tx, marketID int64, planned ...Price) (map[int64][]Span, error) {
	m, err := market.ByID(tx, marketID)
	if err != nil {
		return nil, err
	}
	var prices []Price
	if err := tx.Gorm().Where("market_id = ?", marketID).Find(&prices).Error; err != nil {
		return nil, err
	}
	byVariant := map[int64][]Price{}
	for _, p := range append(prices, planned...) {
		byVariant[p.VariantID] = append(byVariant[p.VariantID], p)
	}
	timelines := make(map[int64][]Span, len(byVariant))
	for variantID, prices := range byVariant {
		timelines[variantID] = Timeline(prices, m.Location())
	}
	return timelines, nil
}

// Timeline puts a variant's prices into the spans in which each counts, in order of time, and looks up what was charged
// before each. The zone is the market's: it says when days begin.
func Timeline(prices []Price, zone *time.Location) []Span {
	slices.SortFunc(prices, func(a, b Price) int {
		return cmp.Or(cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(a.ID, b.ID))
	})
	var spans []Span
	for _, at := range turnsOf(prices) {
		last := len(spans) - 1
		if last >= 0 && spans[last].To == 0 {
			spans[last].To = at
		}
		p, found := counting(prices, at)
		switch {
		case !found:
		case last >= 0 && spans[last].To == at && spans[last].goesOn(p):
			spans[last].To = 0
		default:
			spans = append(spans, Span{Price: p, From: at})
		}
	}
	for i := range spans {
		spans[i].Since = clock.DayOf(spans[i].From, zone).AddDays(-lookBack).Start(zone)
		spans[i].Lowest = lowest(spans[:i], spans[i])
	}
	return spans
}

// turnsOf are the instants at which any of the prices begins or ends, in order.
func turnsOf(prices []Price) []clock.Instant {
	var all []clock.Instant
	for _, p := range prices {
		all = append(all, p.ValidFrom)
		if p.EndsAt != 0 {
			all = append(all, p.EndsAt)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// counting is the price that counts at an instant: of those that hold the last to begin.
func counting(prices []Price, at clock.Instant) (Price, bool) {
	for _, p := range slices.Backward(prices) {
		if p.ValidFrom <= at && !p.EndsAt.Reached(at) {
			return p, true
		}
	}
	return Price{}, false
}
