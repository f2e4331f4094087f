package inventory

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Hold is units set aside for an order that is not yet paid. It ends once.
type Hold struct {
	ID         int64
	OrderID    int64
	LocationID int64
	VariantID  int64
	Quantity   int
	ExpiresAt  clock.Instant
	Ended      *string // sold, released, expired; nil while it lives
	EndedAt    clock.Instant
}

// The ends of a hold.
const (
	Sold     = "sold"
	Released = "released"
	Expired  = "expired"
)

// ErrShort says that the locations which serve a market have too few free units.
var ErrShort = fault.New(fault.Conflict, "fault.sold_out")

// Reserve sets units aside for an order at the market's locations, nearest first, until an instant. Locations that are
// claimed, because other markets have units set aside there, come last. It answers ErrShort when there are too few.
func Reserve(tx db.Tx, orderID, marketID, variantID int64, quantity int, until clock.Instant, claimed []int64) error {
	levels, err := free(tx, marketID, variantID)
	if err != nil {
		return err
	}
	slices.SortStableFunc(levels, func(a, b Level) int {
		return last(slices.Contains(claimed, a.LocationID)) - last(slices.Contains(claimed, b.LocationID))
	})
	for _, l := range levels {
		part := min(quantity, l.Free())
		if part <= 0 {
			continue
		}
		if _, err := tx.Exec("UPDATE levels SET held = held + ? WHERE variant_id = ? AND location_id = ?", part, variantID, l.LocationID); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO holds (order_id, location_id, variant_id, quantity, expires_at) VALUES (?, ?, ?, ?, ?)",
			orderID, l.LocationID, variantID, part, until); err != nil {
			return err
		}
		if quantity -= part; quantity == 0 {
			return nil
		}
	}
	return ErrShort
}

func last(claimed bool) int {
	if claimed {
		return 1
	}
	return 0
}

func free(tx db.Tx, marketID, variantID int64) ([]Level, error) {
	rows, err := tx.Query(`SELECT l.location_id, l.on_hand, l.held FROM levels l
		JOIN location_markets m ON m.location_id = l.location_id AND m.market_id = ?
		WHERE l.variant_id = ? ORDER BY m.position, l.location_id`, marketID, variantID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var levels []Level
	for rows.Next() {
		l := Level{VariantID: variantID}
		if err := rows.Scan(&l.LocationID, &l.OnHand, &l.Held); err != nil {
			return nil, err
		}
		levels = append(levels, l)
	}
	return levels, rows.Err()
}

// Extend moves the instant at which an order's live holds run out.
func Extend(tx db.Tx, orderID int64, until clock.Instant) error {
	_, err := tx.Exec("UPDATE holds SET expires_at = ? WHERE order_id = ? AND ended IS NULL", until, orderID)
	return err
}

// Sell ends an order's live holds as sold: the goods leave what is on hand.
func Sell(tx db.Tx, orderID int64) error {
	return end(tx, orderID, Sold, func(h Hold) error {
		if _, err := tx.Exec("UPDATE levels SET on_hand = on_hand - ?, held = held - ? WHERE variant_id = ? AND location_id = ?",
			h.Quantity, h.Quantity, h.VariantID, h.LocationID); err != nil {
			return err
		}
		return move(tx, h.LocationID, h.VariantID, -h.Quantity, "sold", &orderID)
	})
}

// Free ends an order's live holds without a sale; how is Released or Expired.
func Free(tx db.Tx, orderID int64, how string) error {
	return end(tx, orderID, how, func(h Hold) error {
		_, err := tx.Exec("UPDATE levels SET held = held - ? WHERE variant_id = ? AND location_id = ?", h.Quantity, h.VariantID, h.LocationID)
		return err
	})
}

// Restock puts so many of an order's sold units of a variant back where they came from. It is a Conflict when fewer are out.
func Restock(tx db.Tx, orderID, variantID int64, quantity int) error {
	out, err := soldFrom(tx, orderID, variantID)
	if err != nil {
		return err
	}
	for _, l := range out {
		part := min(quantity, l.OnHand)
		if part <= 0 {
			continue
		}
		if _, err := tx.Exec("UPDATE levels SET on_hand = on_hand + ? WHERE variant_id = ? AND location_id = ?", part, variantID, l.LocationID); err != nil {
			return err
		}
		if err := move(tx, l.LocationID, variantID, part, "restocked", &orderID); err != nil {
			return err
		}
		quantity -= part
	}
	if quantity > 0 {
		return fault.New(fault.Conflict, "fault.restock")
	}
	return nil
}

// soldFrom are the units of a variant that an order has taken from each location.
func soldFrom(tx db.Tx, orderID, variantID int64) ([]Level, error) {
	return db.List(tx, func(l *Level) []any { return []any{&l.LocationID, &l.OnHand} },
		`SELECT location_id, -SUM(quantity) FROM movements WHERE order_id = ? AND variant_id = ?
		GROUP BY location_id HAVING SUM(quantity) < 0 ORDER BY MIN(id)`, orderID, variantID)
}

func end(tx db.Tx, orderID int64, how string, change func(Hold) error) error {
	holds, err := holdsOf(tx, orderID, "ended IS NULL")
	if err != nil {
		return err
	}
	for _, h := range holds {
		if err := change(h); err != nil {
			return err
		}
	}
	_, err = tx.Exec("UPDATE holds SET ended = ?, ended_at = ? WHERE order_id = ? AND ended IS NULL", how, tx.Now(), orderID)
	return err
}

func holdsOf(tx db.Tx, orderID int64, condition string) ([]Hold, error) {
	rows, err := tx.Query("SELECT id, location_id, variant_id, quantity FROM holds WHERE order_id = ? AND "+condition, orderID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var holds []Hold
	for rows.Next() {
		h := Hold{OrderID: orderID}
		if err := rows.Scan(&h.ID, &h.LocationID, &h.VariantID, &h.Quantity); err != nil {
			return nil, err
		}
		holds = append(holds, h)
	}
	return holds, rows.Err()
}

func move(tx db.Tx, locationID, variantID int64, quantity int, reason string, orderID *int64) error {
	_, err := tx.Exec("INSERT INTO movements (at, location_id, variant_id, quantity, reason, order_id) VALUES (?, ?, ?, ?, ?, ?)",
		tx.Now(), locationID, variantID, quantity, reason, orderID)
	return err
}
