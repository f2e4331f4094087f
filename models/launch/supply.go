package launch

import (
	"slices"

	"softlaunch/models/db"
	"softlaunch/models/market"
)

// look finds out whether what a list waits for has opened. A product that was sold out has not opened again when a unit comes
// back, because somebody did not pay or cancelled: there must be new goods.
func (l *list) look(tx db.Tx) error {
	m, err := market.ByID(tx, l.marketID)
	if err != nil {
		return err
	}
	if l.productID == 0 {
		l.open = opened(m, tx.Now())
		return nil
	}
	offers, err := offersOf(tx, m, l.productID)
	if err != nil || len(offers) == 0 {
		return err
	}
	buyable, out, coded := offers[Best(offers)].Buyable(), some(offers, SoldOut), some(offers, Code)
	if !buyable && !out && !coded {
		return nil
	}
	seen, err := l.supplySeen(tx)
	if err != nil || (buyable && seen == nil) {
		l.open = buyable
		return err
	}
	now, err := supplyOf(tx, m, l.productID)
	switch {
	case err != nil:
	case buyable:
		l.open = now.all() > *seen
	case out || now.published > 0: // what is left for codes was not all there was
		l.soldOut = now.news(seen)
	}
	return err
}

// some reports whether some variant's offer is in a state.
func some(offers []Offer, state State) bool {
	return slices.ContainsFunc(offers, func(o Offer) bool { return o.State == state })
}

// supplySeen is the supply with which the product was last seen sold out; nil when it was not, or has opened since.
func (l *list) supplySeen(tx db.Tx) (seen *int64, err error) {
	err = tx.QueryRow("SELECT supply_seen FROM interest_figures WHERE market_id = ? AND product_id = ?", l.marketID, l.productID).Scan(&seen)
	return seen, err
}

// remember notes with which supply the product was seen sold out, or nil that it has opened.
func (l list) remember(tx db.Tx, soldOut *int64) error {
	_, err := tx.Exec("UPDATE interest_figures SET supply_seen = ? WHERE market_id = ? AND product_id = ?", soldOut, l.marketID, l.productID)
	return err
}

// supply is what ever brought goods of a product to a market's buyers without a code, in units: waves that have begun, what
// staff counted or received where the market is served from, and whether it has launched. Units that come back are not in it.
type supply struct {
	published, received int64
	launched            bool
}

// wholeRange is more units than waves and counts come to: what the launch adds to the supply of a test.
const wholeRange = 1 << 40

// all is a number that grows with every supply.
func (s supply) all() int64 {
	if s.launched {
		return wholeRange + s.published + s.received
	}
	return s.published + s.received
}

// news is the supply unless it is the one that was seen.
func (s supply) news(seen *int64) *int64 {
	all := s.all()
	if seen != nil && *seen == all {
		return nil
	}
	return &all
}

func supplyOf(tx db.Tx, m market.Market, productID int64) (supply, error) {
	s := supply{launched: m.LaunchAt.Reached(tx.Now())}
	err := tx.QueryRow(`SELECT
			(SELECT COALESCE(SUM(w.quantity), 0) FROM waves w JOIN variants v ON v.id = w.variant_id
				WHERE w.market_id = ? AND v.product_id = ? AND w.needs_code = 0 AND w.opens_at <= ?),
			(SELECT COALESCE(SUM(g.quantity), 0) FROM movements g JOIN variants v ON v.id = g.variant_id
				JOIN location_markets l ON l.location_id = g.location_id AND l.market_id = ?
				WHERE v.product_id = ? AND g.reason IN ('counted', 'received') AND g.quantity > 0)`,
		m.ID, productID, tx.Now(), m.ID, productID).Scan(&s.published, &s.received)
	return s, err
}
