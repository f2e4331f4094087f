package discount

import (
	"slices"

	"softlaunch/models/db"
)

// of are all discounts of a market, oldest first, kept until staff change one.
func of(tx db.Tx, marketID int64) ([]Discount, error) {
	return db.Keep(tx, keptDiscounts{marketID}, func() ([]Discount, error) {
		return load(tx, "market_id = ? ORDER BY id", marketID)
	})
}

type keptDiscounts struct{ marketID int64 }

const columns = "id, market_id, code, kind, ppm, amount, minimum, begins_at, ends_at, uses_allowed, uses_buyer, combinable, created_at"

func (d *Discount) fields() []any {
	return []any{&d.ID, &d.MarketID, &d.Code, &d.Kind, &d.PPM, &d.Amount, &d.Minimum, &d.BeginsAt, &d.EndsAt, &d.UsesAllowed, &d.UsesBuyer,
		&d.Combinable, &d.CreatedAt}
}

// load reads discounts with their names and what they are for.
func load(tx db.Tx, condition string, args ...any) ([]Discount, error) {
	found, err := db.List(tx, (*Discount).fields, "SELECT "+columns+" FROM discounts WHERE "+condition, args...)
	for i := range found {
		if err == nil {
			err = found[i].complete(tx)
		}
	}
	return found, err
}

func (d *Discount) complete(tx db.Tx) error {
	type text struct{ language, name string }
	texts, err := db.List(tx, func(t *text) []any { return []any{&t.language, &t.name} },
		"SELECT language, name FROM discount_texts WHERE discount_id = ?", d.ID)
	if err != nil {
		return err
	}
	d.Names = map[string]string{}
	for _, t := range texts {
		d.Names[t.language] = t.name
	}
	one := func(id *int64) []any { return []any{id} }
	if d.Products, err = db.List(tx, one, "SELECT product_id FROM discount_products WHERE discount_id = ? ORDER BY product_id", d.ID); err != nil {
		return err
	}
	d.Categories, err = db.List(tx, one, "SELECT category_id FROM discount_categories WHERE discount_id = ? ORDER BY category_id", d.ID)
	return err
}

// coded is a market's discount of a code as somebody typed it.
func coded(tx db.Tx, marketID int64, typed string) (d Discount, found bool, err error) {
	code := Normal(typed)
	if code == "" {
		return d, false, nil
	}
	all, err := of(tx, marketID)
	at := slices.IndexFunc(all, func(d Discount) bool { return d.Code == code })
	if err != nil || at < 0 {
		return d, false, err
	}
	return all[at], true, nil
}
