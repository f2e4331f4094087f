package discount

import (
	"context"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/models/staff"
)

// Discounts are where staff make and end discounts. Each change is in the trail.
type Discounts struct{ data *db.DB }

// New keeps the discounts of a database.
func New(data *db.DB) *Discounts { return &Discounts{data: data} }

var errGone = fault.New(fault.NotFound, "discount.gone")

// Create makes a discount of a market and answers its id. The fault's fields are code, kind, value, minimum, begins_at,
// ends_at, uses_allowed, uses_buyer, products, categories and names.
func (s *Discounts) Create(ctx context.Context, by staff.Actor, code string, form Form) (int64, error) {
	var id int64
	err := s.write(ctx, by, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		d, err := form.read(tx, m, Discount{}, false)
		if err != nil {
			return err
		}
		if id, err = Insert(tx, d); err != nil {
			return err
		}
		d.ID = id
		return staff.Record(tx, by, staff.Change{Verb: "create", Subject: "discount", Name: d.label(m), After: d.words(m)})
	})
	return id, err
}

// Change gives a discount other settings. Its market stays; so do its code and what it takes off once an order has used it.
// The fault's fields are those of Create.
func (s *Discounts) Change(ctx context.Context, by staff.Actor, id int64, form Form) error {
	return s.write(ctx, by, func(tx db.Tx) error {
		before, m, used, err := one(tx, id)
		if err != nil {
			return err
		}
		after, err := form.read(tx, m, before, used)
		if err != nil {
			return err
		}
		if err := after.update(tx); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "change", Subject: "discount", Name: after.label(m), Before: before.words(m), After: after.words(m)})
	})
}

// End ends a discount now; one that has not begun never does. One that has ended is a Conflict.
func (s *Discounts) End(ctx context.Context, by staff.Actor, id int64) error {
	return s.write(ctx, by, func(tx db.Tx) error {
		d, m, _, err := one(tx, id)
		if err != nil {
			return err
		}
		if d.State(tx.Now(), 0) == Ended {
			return fault.New(fault.Conflict, "discount.ended")
		}
		before := d.words(m)
		d.EndsAt = max(tx.Now(), d.BeginsAt)
		if _, err := tx.Exec("UPDATE discounts SET ends_at = ? WHERE id = ?", d.EndsAt, id); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "end", Subject: "discount", Name: d.label(m), Before: before, After: d.words(m)})
	})
}

func (s *Discounts) write(ctx context.Context, by staff.Actor, change func(db.Tx) error) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return s.data.Write(ctx, change)
}

// one is a discount with its market, and whether an order has ever used it.
func one(tx db.Tx, id int64) (d Discount, m market.Market, used bool, err error) {
	found, err := load(tx, "id = ?", id)
	if err != nil || len(found) == 0 {
		return d, m, false, orElse(err, errGone)
	}
	d = found[0]
	if m, err = market.ByID(tx, d.MarketID); err != nil {
		return d, m, false, err
	}
	err = tx.QueryRow("SELECT EXISTS (SELECT 1 FROM order_discounts WHERE discount_id = ?)", id).Scan(&used)
	return d, m, used, err
}

// Insert writes a new discount and answers its id.
func Insert(tx db.Tx, d Discount) (int64, error) {
	d.CreatedAt = tx.Now()
	written, err := tx.Exec("INSERT INTO discounts ("+strings.TrimPrefix(columns, "id, ")+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		d.MarketID, d.Code, string(d.Kind), d.PPM, d.Amount, d.Minimum, d.BeginsAt, d.EndsAt, d.UsesAllowed, d.UsesBuyer, d.Combinable, d.CreatedAt)
	if err != nil {
		return 0, err
	}
	if d.ID, err = written.LastInsertId(); err != nil {
		return 0, err
	}
	return d.ID, d.detail(tx)
}

func (d Discount) update(tx db.Tx) error {
	if _, err := tx.Exec(`UPDATE discounts SET code = ?, kind = ?, ppm = ?, amount = ?, minimum = ?, begins_at = ?, ends_at = ?, uses_allowed = ?,
			uses_buyer = ?, combinable = ? WHERE id = ?`,
		d.Code, string(d.Kind), d.PPM, d.Amount, d.Minimum, d.BeginsAt, d.EndsAt, d.UsesAllowed, d.UsesBuyer, d.Combinable, d.ID); err != nil {
		return err
	}
	return d.detail(tx)
}

// detail writes a discount's names and what it is for, in place of what was there.
func (d Discount) detail(tx db.Tx) error {
	for _, table := range []string{"discount_texts", "discount_products", "discount_categories"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE discount_id = ?", d.ID); err != nil {
			return err
		}
	}
	for language, name := range d.Names {
		if _, err := tx.Exec("INSERT INTO discount_texts (discount_id, language, name) VALUES (?, ?, ?)", d.ID, language, name); err != nil {
			return err
		}
	}
	for column, ids := range map[string][]int64{"product": d.Products, "category": d.Categories} {
		table := map[string]string{"product": "discount_products", "category": "discount_categories"}[column]
		for _, id := range ids {
			if _, err := tx.Exec("INSERT INTO "+table+" (discount_id, "+column+"_id) VALUES (?, ?)", d.ID, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// label names a discount in the trail.
func (d Discount) label(m market.Market) string {
	if d.Code != "" {
		return m.Code + " " + d.Code
	}
	return m.Code + " " + strconv.FormatInt(d.ID, 10)
}

// words is the discount for the trail.
func (d Discount) words(m market.Market) string {
	sum := func(minor int64) string { return money.Of(minor, m.Currency).Plain() + " " + m.Currency }
	off := map[Kind]string{PercentOff: strconv.FormatInt(d.PPM, 10) + " ppm", AmountOff: sum(d.Amount), FreeDelivery: "delivery"}[d.Kind]
	if d.Kind == FreeDelivery && d.Amount > 0 {
		off = "delivery up to " + sum(d.Amount)
	}
	parts := []string{off + " off", "from " + d.BeginsAt.String() + " to " + d.EndsAt.String()}
	for _, part := range []struct {
		is   bool
		text string
	}{
		{d.Minimum > 0, "at least " + sum(d.Minimum)}, {d.UsesAllowed > 0, strconv.Itoa(d.UsesAllowed) + " uses"},
		{d.UsesBuyer > 0, strconv.Itoa(d.UsesBuyer) + " for each buyer"}, {!d.Combinable, "alone"},
		{len(d.Products) > 0, "products " + ids(d.Products)}, {len(d.Categories) > 0, "categories " + ids(d.Categories)},
	} {
		if part.is {
			parts = append(parts, part.text)
		}
	}
	return strings.Join(parts, ", ")
}

func ids(list []int64) string {
	texts := make([]string, len(list))
	for i, id := range list {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(texts, " ")
}

// Made is a discount as staff see it: with its market, how often it is used by orders that count, what these saved, and
// whether any order ever used it.
type Made struct {
	Discount
	Market market.Market
	Uses   int
	Saved  int64
	Used   bool
}

// State is what the discount is at an instant.
func (m Made) State(now clock.Instant) State { return m.Discount.State(now, m.Uses) }
