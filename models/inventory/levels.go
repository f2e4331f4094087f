// Package inventory counts goods: what is on hand at each location, what of it is held for unpaid orders, and every
// movement between. On hand = free + held, always.
package inventory

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Level is what a location has of a variant. Free goods are those on hand that no order holds.
type Level struct {
	LocationID int64 `gorm:"primaryKey"`
	VariantID  int64 `gorm:"primaryKey"`
	OnHand     int
	Held       int
}

// Free is what can still be sold.
func (l Level) Free() int { return l.OnHand - l.Held }

// Location is a place that keeps goods. Its code is in addresses and never changes.
type Location struct {
	ID   int64
	Code string
	Name string
}

// LocationMarket says that a location serves a market; locations serve in the order of their positions.
type LocationMarket struct {
	LocationID int64 `gorm:"primaryKey"`
	MarketID   int64 `gorm:"primaryKey"`
	Position   int
}

// Movement is a change of what is on hand.
type Movement struct {
	ID         int64
	At         clock.Instant
	LocationID int64
	VariantID  int64
	Quantity   int    // signed
	Reason     string // counted, received, sold, restocked
	OrderID    *int64
}

// Stock is what a market can sell of a variant, and when the next hold on it ends.
type Stock struct {
	Free     int
	HoldEnds clock.Instant
}

// Served is the stock of the locations that serve a market, by variant. Holds whose time is up count as free from their
// instant on, whether or not they have been swept; to a cart, 0 for none, also what its Replaceable orders hold. Without
// variants it is the stock of all.
func Served(tx db.Tx, marketID, cartID int64, variantIDs ...int64) (map[int64]Stock, error) {
	in, args := among("l.variant_id", variantIDs)
	rows, err := tx.Query(`SELECT l.variant_id, l.on_hand - l.held
				+ (SELECT COALESCE(SUM(h.quantity), 0) FROM holds h WHERE `+onLevel+` AND h.expires_at <= ?),
			(SELECT MIN(h.expires_at) FROM holds h WHERE `+onLevel+` AND h.expires_at > ?)
		FROM levels l JOIN location_markets m ON m.location_id = l.location_id AND m.market_id = ?`+in,
		append([]any{tx.Now(), tx.Now(), marketID}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	stock := map[int64]Stock{}
	for rows.Next() {
		var id int64
		var level Stock
		if err := rows.Scan(&id, &level.Free, &level.HoldEnds); err != nil {
			return nil, err
		}
		s := stock[id]
		stock[id] = Stock{Free: s.Free + level.Free, HoldEnds: clock.Earliest(s.HoldEnds, level.HoldEnds)}
	}
	if err := rows.Err(); err != nil || cartID == 0 {
		return stock, err
	}
	return stock, addOwn(tx, stock, marketID, cartID)
}

// Replaceable is a query for the orders of a cart (first argument) in a market (second) that wait for an online payment: a
// new order of the same goods replaces them, because whoever comes back from a payment page should not be kept out by his
// own hold. A transfer may be on its way, so its order stays. The plus keeps SQLite from reading all orders of the market by
// that column's index.
const Replaceable = "SELECT o.id FROM orders o WHERE o.cart_id = ? AND +o.market_id = ? AND o.state = 'awaiting_payment' AND o.payment <> 'transfer'"

// addOwn counts what a cart's own orders hold as free, if their time is not up.
func addOwn(tx db.Tx, stock map[int64]Stock, marketID, cartID int64) error {
	rows, err := tx.Query(`SELECT h.variant_id, SUM(h.quantity) FROM holds h
		WHERE h.ended IS NULL AND h.expires_at > ? AND h.order_id IN (`+Replaceable+") GROUP BY h.variant_id", tx.Now(), cartID, marketID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var units int
		if err := rows.Scan(&id, &units); err != nil {
			return err
		}
		if s, served := stock[id]; served {
			s.Free += units
			stock[id] = s
		}
	}
	return rows.Err()
}

// onLevel is the live holds of a level, as their index has them.
const onLevel = "h.ended IS NULL AND h.variant_id = l.variant_id AND h.location_id = l.location_id"

// among is the condition that a column is one of the ids, or none when there are no ids.
func among(column string, ids []int64) (string, []any) {
	if len(ids) == 0 {
		return "", nil
	}
	args := make([]any, len(ids))
	marks := ""
	for i, id := range ids {
		args[i] = id
		marks += ", ?"
	}
	return " AND " + column + " IN (" + marks[2:] + ")", args
}
