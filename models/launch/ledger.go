package launch

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/inventory"
)

// Keys say who a buyer is: for limits the normalised e-mail and delivery address of models/account, and for code waves the
// access code that his cart carries, 0 for none. CartID is his cart when orders of it still wait for an online payment: a
// new order of the same goods replaces those, so what they hold is free to him. Holder is whoever has a code for
// everything: staff who look at the shop as such a buyer; nobody can buy with it. The zero Keys are a visitor of whom
// nothing is known.
type Keys struct {
	Email, Address string
	CodeID         int64
	CartID         int64
	Holder         bool
}

// Spent is a query for the orders whose units and uses count no more for a buyer in a market: their time is up, or he would
// replace them.
func (who Keys) Spent(tx db.Tx, marketID int64) (query string, args []any) {
	if who.CartID == 0 {
		return runOut, []any{tx.Now()}
	}
	return runOut + " UNION ALL " + inventory.Replaceable, []any{tx.Now(), who.CartID, marketID}
}

// bought is a buyer's units of a product: those bought in test, which the test cap counts, and all of them, which the
// ordinary cap counts; and when the next hold on one of them ends.
type bought struct {
	test, all int
	holdEnds  clock.Instant
}

// unitsOf are a buyer's units by product, in a market: those of his e-mail or of his address. Units of spent orders count no
// more.
func unitsOf(tx db.Tx, marketID int64, who Keys) (map[int64]bought, error) {
	if who.Email == "" && who.Address == "" {
		return nil, nil
	}
	spent, args := who.Spent(tx, marketID)
	rows, err := tx.Query(`SELECT u.product_id, u.phase, SUM(u.quantity),
			MIN((SELECT MIN(h.expires_at) FROM holds h WHERE h.order_id = u.order_id AND h.ended IS NULL))
		FROM buyer_units u
		WHERE u.id IN (
				SELECT id FROM buyer_units WHERE email_key = ? AND market_id = ? AND ended_at IS NULL
				UNION SELECT id FROM buyer_units WHERE address_key = ? AND market_id = ? AND ended_at IS NULL)
			AND u.order_id NOT IN (`+spent+`)
		GROUP BY u.product_id, u.phase`, append([]any{who.Email, marketID, who.Address, marketID}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64]bought{}
	for rows.Next() {
		var id int64
		var phase string
		var quantity int
		var ends clock.Instant
		if err := rows.Scan(&id, &phase, &quantity, &ends); err != nil {
			return nil, err
		}
		b := found[id]
		b.all += quantity
		if phase == "test" {
			b.test += quantity
		}
		b.holdEnds = clock.Earliest(b.holdEnds, ends)
		found[id] = b
	}
	return found, rows.Err()
}

// Taking is units that a buyer's order takes. CodeID is the sale's: the access code that they use, 0 for none.
type Taking struct {
	OrderID, MarketID, ProductID, VariantID int64
	InTest                                  bool
	CodeID                                  int64
	Quantity                                int
	Buyer                                   Keys
}

// Take writes units into the ledger that limits are counted from, and off the batch when the market is in test. Units with
// a code take one use of it for the whole order.
func Take(tx db.Tx, t Taking) error {
	phase := "open"
	if t.InTest {
		phase = "test"
	}
	if _, err := tx.Exec(`INSERT INTO buyer_units (order_id, market_id, product_id, variant_id, phase, with_code, quantity, email_key, address_key)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.OrderID, t.MarketID, t.ProductID, t.VariantID, phase, t.CodeID != 0, t.Quantity, t.Buyer.Email, t.Buyer.Address); err != nil {
		return err
	}
	if !t.InTest {
		return nil
	}
	public, code := t.Quantity, 0
	if t.CodeID != 0 {
		public, code = 0, t.Quantity
		if err := spend(tx, t.CodeID, t.OrderID); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`INSERT INTO batches (market_id, variant_id, taken_public, taken_code) VALUES (?, ?, ?, ?)
		ON CONFLICT (market_id, variant_id) DO UPDATE
		SET taken_public = batches.taken_public + excluded.taken_public, taken_code = batches.taken_code + excluded.taken_code`,
		t.MarketID, t.VariantID, public, code)
	return err
}

// GiveBackUnits takes units of a variant out of an order's, as GiveBack does with all of them. An order that has none left
// with an access code has not used it.
func GiveBackUnits(tx db.Tx, orderID, variantID int64, quantity int) error {
	var id, marketID int64
	var units int
	var test, coded bool
	err := tx.QueryRow(`SELECT id, market_id, quantity, phase = 'test', with_code FROM buyer_units
		WHERE order_id = ? AND variant_id = ? AND ended_at IS NULL`, orderID, variantID).Scan(&id, &marketID, &units, &test, &coded)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	quantity = min(quantity, units)
	change, args := "quantity = quantity - ?", []any{quantity, id}
	if quantity == units {
		change, args = "ended_at = ?", []any{tx.Now(), id}
	}
	if _, err := tx.Exec("UPDATE buyer_units SET "+change+" WHERE id = ?", args...); err != nil || !test {
		return err
	}
	column := "taken_public"
	if coded {
		column = "taken_code"
	}
	if _, err := tx.Exec("UPDATE batches SET "+column+" = "+column+" - ? WHERE market_id = ? AND variant_id = ?", quantity, marketID, variantID); err != nil {
		return err
	}
	var left bool
	err = tx.QueryRow("SELECT EXISTS (SELECT 1 FROM buyer_units WHERE order_id = ? AND with_code = 1 AND ended_at IS NULL)", orderID).Scan(&left)
	if err != nil || left || !coded {
		return err
	}
	return giveBackUse(tx, orderID)
}

// GiveBack takes an order's units out of the ledger and puts those of the test phase back into their batches, and the use
// of an access code back to the code.
func GiveBack(tx db.Tx, orderID int64) error {
	for _, column := range []struct{ name, with string }{{"taken_public", "0"}, {"taken_code", "1"}} {
		if _, err := tx.Exec(`UPDATE batches SET `+column.name+` = `+column.name+` - (
				SELECT SUM(u.quantity) FROM buyer_units u WHERE u.order_id = ? AND u.ended_at IS NULL AND u.phase = 'test'
				AND u.with_code = `+column.with+` AND u.market_id = batches.market_id AND u.variant_id = batches.variant_id)
			WHERE EXISTS (SELECT 1 FROM buyer_units u WHERE u.order_id = ? AND u.ended_at IS NULL AND u.phase = 'test'
				AND u.with_code = `+column.with+` AND u.market_id = batches.market_id AND u.variant_id = batches.variant_id)`,
			orderID, orderID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("UPDATE buyer_units SET ended_at = ? WHERE order_id = ? AND ended_at IS NULL", tx.Now(), orderID); err != nil {
		return err
	}
	return giveBackUse(tx, orderID)
}
