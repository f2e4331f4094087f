package launch

import (
	"context"
	"fmt"
	"strconv"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// maxWave is the most units of a wave.
const maxWave = 1_000_000

// WaveForm is a wave as staff type it. An empty time is now.
type WaveForm struct {
	OpensAt   market.Moment
	Quantity  string // a whole number
	NeedsCode bool
}

// PlannedWave is a wave as it is kept.
type PlannedWave struct {
	ID        int64
	MarketID  int64
	VariantID int64
	OpensAt   clock.Instant
	Quantity  int
	NeedsCode bool
}

// TableName is where waves are kept.
func (PlannedWave) TableName() string { return "waves" }

func (w PlannedWave) String() string {
	text := fmt.Sprintf("%d from %s", w.Quantity, w.OpensAt)
	if w.NeedsCode {
		text += " with code"
	}
	return text
}

// read fills a wave from the form. The fault's fields are opens_at and quantity.
func (f WaveForm) read(tx db.Tx, m market.Market, w *PlannedWave) error {
	wrong := fault.Fields{}
	w.OpensAt, w.NeedsCode = m.Read(f.OpensAt, "opens_at", wrong), f.NeedsCode
	if f.OpensAt.Local == "" {
		w.OpensAt = tx.Now()
	}
	switch {
	case w.OpensAt < tx.Now():
		wrong.Add("opens_at", "time.past")
	case m.LaunchAt.Reached(w.OpensAt):
		wrong.Add("opens_at", "wave.after_launch")
	}
	quantity, err := strconv.Atoi(f.Quantity)
	if err != nil || quantity < 1 || quantity > maxWave {
		wrong.Add("quantity", "wave.quantity")
	}
	w.Quantity = quantity
	return wrong.Err()
}

// AddWave adds units to the batch of a variant that is listed in a market. The fault's fields are sku, opens_at and
// quantity.
func (g *Gate) AddWave(ctx context.Context, by staff.Actor, code, sku string, form WaveForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		variant, err := listed(tx, m, sku)
		if err != nil {
			return err
		}
		w := PlannedWave{MarketID: m.ID, VariantID: variant.ID}
		if err := form.read(tx, m, &w); err != nil {
			return err
		}
		if err := tx.Gorm().Create(&w).Error; err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "add", Subject: "wave", Name: code + " " + sku, After: w.String()})
	})
}

// ChangeWave changes a wave that has not begun. The fault's fields are opens_at and quantity.
func (g *Gate) ChangeWave(ctx context.Context, by staff.Actor, code string, id int64, form WaveForm) error {
	return g.future(ctx, by, code, id, func(tx db.Tx, m market.Market, w PlannedWave, name string) error {
		before := w.String()
		if err := form.read(tx, m, &w); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE waves SET opens_at = ?, quantity = ?, needs_code = ? WHERE id = ?", w.OpensAt, w.Quantity, w.NeedsCode, w.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "change", Subject: "wave", Name: name, Before: before, After: w.String()})
	})
}

// RemoveWave takes a wave that has not begun out of its batch.
func (g *Gate) RemoveWave(ctx context.Context, by staff.Actor, code string, id int64) error {
	return g.future(ctx, by, code, id, func(tx db.Tx, _ market.Market, w PlannedWave, name string) error {
		if _, err := tx.Exec("DELETE FROM waves WHERE id = ?", w.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "remove", Subject: "wave", Name: name, Before: w.String()})
	})
}

// future does something to a wave of a market that has not begun; name is its batch's in the trail.
func (g *Gate) future(ctx context.Context, by staff.Actor, code string, id int64, do func(db.Tx, market.Market, PlannedWave, string) error) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		var found []PlannedWave
		if err := tx.Gorm().Where("id = ? AND market_id = ?", id, m.ID).Limit(1).Find(&found).Error; err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "wave.gone")
		}
		if found[0].OpensAt.Reached(tx.Now()) {
			return fault.New(fault.Conflict, "wave.begun")
		}
		var sku string
		if err := tx.QueryRow("SELECT sku FROM variants WHERE id = ?", found[0].VariantID).Scan(&sku); err != nil {
			return err
		}
		return do(tx, m, found[0], code+" "+sku)
	})
}

// listed is the variant of a SKU whose product is listed in a market.
func listed(tx db.Tx, m market.Market, sku string) (catalog.Variant, error) {
	unknown := fault.Fields{"sku": "wave.sku"}.Err()
	variant, found, err := catalog.VariantBySKU(tx, sku)
	if err != nil {
		return variant, err
	}
	if !found {
		return variant, unknown
	}
	var listings int
	if err := tx.QueryRow("SELECT COUNT(*) FROM listings WHERE market_id = ? AND product_id = ?", m.ID, variant.ProductID).Scan(&listings); err != nil {
		return variant, err
	}
	if listings == 0 {
		return variant, unknown
	}
	return variant, nil
}
