package launch

import (
	"softlaunch/models/db"
)

// Figures are what became of the sign-ups of a list, counted as they happen, because entries are deleted. Product is a slug,
// empty for the market alone. Confirmed = Waiting + Told + Gone. Ordered are those, of all three, who paid under the same
// e-mail address for what the list is about (anything, for the market alone), from their confirmation on until TracedFor
// after they were told.
type Figures struct {
	Product                                 string
	Confirmed, Waiting, Told, Gone, Ordered int
}

// paidFor is a condition on units "u" of an order "o": units of orders that expire or are cancelled end.
const paidFor = "u.ended_at IS NULL AND o.state <> 'awaiting_payment'"

// hasOrdered is a condition on an entry "i" of a list: there is a sold order of what it waits for. It has no arguments.
const hasOrdered = `EXISTS (SELECT 1 FROM buyer_units u JOIN orders o ON o.id = u.order_id
	WHERE u.email_key = i.email_key AND u.market_id = i.market_id AND ` + paidFor + `
		AND u.product_id = COALESCE(i.product_id, u.product_id) AND o.placed_at >= i.confirmed_at)`

// FiguresOf are the figures of a market's lists, that of the market alone first.
func FiguresOf(tx db.Tx, marketID int64) ([]Figures, error) {
	traced, err := orderedTraces(tx, marketID)
	if err != nil {
		return nil, err
	}
	byProduct := map[int64]int{}
	for _, t := range traced {
		byProduct[t.productID]++
	}
	rows, err := tx.Query(`SELECT COALESCE(f.product_id, 0), COALESCE(p.slug, ''), f.confirmed, f.told, f.gone, f.ordered, COALESCE(w.ordered, 0)
		FROM interest_figures f LEFT JOIN products p ON p.id = f.product_id
			LEFT JOIN (SELECT COALESCE(i.product_id, 0) AS list, SUM(CASE WHEN `+hasOrdered+` THEN 1 ELSE 0 END) AS ordered
				FROM interests i WHERE i.market_id = ? AND i.confirmed_at IS NOT NULL GROUP BY COALESCE(i.product_id, 0)) w
				ON w.list = COALESCE(f.product_id, 0)
		WHERE f.market_id = ? ORDER BY p.id IS NOT NULL, p.position, p.id`, marketID, marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Figures
	for rows.Next() {
		var f Figures
		var productID int64
		var waiting int
		if err := rows.Scan(&productID, &f.Product, &f.Confirmed, &f.Told, &f.Gone, &f.Ordered, &waiting); err != nil {
			return nil, err
		}
		f.Waiting = f.Confirmed - f.Told - f.Gone
		f.Ordered += waiting + byProduct[productID]
		found = append(found, f)
	}
	return found, rows.Err()
}

// countConfirmed counts an entry of a list that was confirmed just now.
func countConfirmed(tx db.Tx, i Interest) error {
	_, err := tx.Exec(`INSERT INTO interest_figures (market_id, product_id, confirmed) VALUES (?, ?, 1)
		ON CONFLICT (market_id, COALESCE(product_id, 0)) DO UPDATE SET confirmed = interest_figures.confirmed + 1`, i.MarketID, i.ProductID)
	return err
}

// addFigures adds to the figures of a list that has confirmed entries, or had. productID is 0 for the market alone.
func addFigures(tx db.Tx, marketID, productID int64, by Figures) error {
	_, err := tx.Exec(`UPDATE interest_figures SET told = told + ?, gone = gone + ?, ordered = ordered + ?
		WHERE market_id = ? AND COALESCE(product_id, 0) = ?`, by.Told, by.Gone, by.Ordered, marketID, productID)
	return err
}

// countGone counts an entry that is about to be deleted before its holder was told, if it was ever confirmed.
func countGone(tx db.Tx, i Interest) error {
	if i.ConfirmedAt.IsZero() {
		return nil
	}
	var productID int64
	var ordered int
	err := tx.QueryRow("SELECT COALESCE(i.product_id, 0), CASE WHEN "+hasOrdered+" THEN 1 ELSE 0 END FROM interests i WHERE i.id = ?", i.ID).
		Scan(&productID, &ordered)
	if err != nil {
		return err
	}
	return addFigures(tx, i.MarketID, productID, Figures{Gone: 1, Ordered: ordered})
}
