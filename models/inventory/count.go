package inventory

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
)

// Warehouse is where staff see and count goods.
type Warehouse struct{ data *db.DB }

// New counts goods in a database.
func New(data *db.DB) *Warehouse { return &Warehouse{data: data} }

// Row is what a location has of a variant, with their names.
type Row struct {
	Level
	Location, LocationName string // code and name
	SKU, Product           string
}

// Rows are all levels, by product and location. Text is searched for in SKU and name; empty is all.
func (w *Warehouse) Rows(ctx context.Context, text string) ([]Row, error) {
	var found []Row
	like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(strings.TrimSpace(text))) + "%"
	err := w.data.Read(ctx, func(tx db.Tx) error {
		rows, err := tx.Query(`SELECT v.id, v.sku, COALESCE(t.name, p.slug), o.id, o.code, o.name, l.on_hand, l.held FROM levels l
			JOIN variants v ON v.id = l.variant_id JOIN products p ON p.id = v.product_id JOIN locations o ON o.id = l.location_id
			LEFT JOIN product_texts t ON t.product_id = p.id AND t.language = 'en'
			WHERE lower(v.sku) LIKE ? ESCAPE '!' OR lower(t.name) LIKE ? ESCAPE '!'
			ORDER BY p.position, p.id, v.position, v.id, o.id`, like, like)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r Row
			if err := rows.Scan(&r.VariantID, &r.SKU, &r.Product, &r.LocationID, &r.Location, &r.LocationName, &r.OnHand, &r.Held); err != nil {
				return err
			}
			found = append(found, r)
		}
		return rows.Err()
	})
	return found, err
}

// Tally is what staff counted of a variant at a location, and why they did. Quantity is a whole number.
type Tally struct{ Location, SKU, Quantity, Reason string }

// maxUnits is the most units of a variant that a location holds.
const maxUnits = 1_000_000

// Count sets what is on hand to what was counted. Units that orders hold can't be counted away. The fault's fields are
// quantity and reason.
func (w *Warehouse) Count(ctx context.Context, by staff.Actor, t Tally) error {
	if err := by.Require(staff.ManageStock); err != nil {
		return err
	}
	wrong := fault.Fields{}
	quantity, err := strconv.Atoi(t.Quantity)
	if err != nil || quantity < 0 || quantity > maxUnits {
		wrong.Add("quantity", "stock.quantity")
	}
	if t.Reason = strings.TrimSpace(t.Reason); t.Reason == "" || len(t.Reason) > 500 {
		wrong.Add("reason", "stock.reason")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return w.data.Write(ctx, func(tx db.Tx) error { return count(tx, by, t, quantity) })
}

func count(tx db.Tx, by staff.Actor, t Tally, quantity int) error {
	var l Level
	err := tx.QueryRow(`SELECT o.id, v.id, COALESCE(l.on_hand, 0), COALESCE(l.held, 0) FROM locations o JOIN variants v ON v.sku = ?
		LEFT JOIN levels l ON l.location_id = o.id AND l.variant_id = v.id WHERE o.code = ?`, t.SKU, t.Location).
		Scan(&l.LocationID, &l.VariantID, &l.OnHand, &l.Held)
	switch {
	case db.NotFound(err):
		return fault.New(fault.NotFound, "stock.unknown")
	case err != nil:
		return err
	case quantity < l.Held:
		return fault.New(fault.Conflict, "stock.below_held")
	}
	if _, err := tx.Exec(`INSERT INTO levels (location_id, variant_id, on_hand) VALUES (?, ?, ?)
		ON CONFLICT (variant_id, location_id) DO UPDATE SET on_hand = excluded.on_hand`, l.LocationID, l.VariantID, quantity); err != nil {
		return err
	}
	if quantity != l.OnHand {
		if err := move(tx, l.LocationID, l.VariantID, quantity-l.OnHand, "counted", nil); err != nil {
			return err
		}
	}
	return staff.Record(tx, by, staff.Change{Verb: "count", Subject: "stock", Name: t.Location + " " + t.SKU,
		Before: strconv.Itoa(l.OnHand), After: strconv.Itoa(quantity), Reason: t.Reason})
}

// LowMark is the number of free units below which staff should think of ordering more.
const LowMark = 20

// Low are the levels with few free units.
func (w *Warehouse) Low(ctx context.Context) ([]Row, error) {
	rows, err := w.Rows(ctx, "")
	return slices.DeleteFunc(rows, func(r Row) bool { return !r.Low() }), err
}

// Low reports whether few units are left.
func (r Row) Low() bool { return r.Free() < LowMark }
