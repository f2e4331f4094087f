package inventory

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
)

// LocationRow is a location with what it does: Markets are the codes of those it serves, in their order; Variants is how many it
// has counted, Units how many units are on hand.
type LocationRow struct {
	Location
	Markets         []string
	Variants, Units int
}

// LocationForm is a location as staff type it.
type LocationForm struct{ Code, Name string }

var locationCode = regexp.MustCompile(`^[a-z][a-z0-9-]{1,29}$`)

// ownWords are parts of the back-office's own addresses, so no location's code.
var ownWords = []string{"locations", "new"}

const maxLocationName = 60

// Locations are all locations, the first that was added first.
func (w *Warehouse) Locations(ctx context.Context) ([]LocationRow, error) {
	var found []LocationRow
	err := w.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = locations(tx)
		return err
	})
	return found, err
}

// Location is one location, not found when there is none of the code.
func (w *Warehouse) Location(ctx context.Context, code string) (LocationRow, error) {
	all, err := w.Locations(ctx)
	at := slices.IndexFunc(all, func(l LocationRow) bool { return l.Code == code })
	if err == nil && at < 0 {
		err = fault.New(fault.NotFound, "location.gone")
	}
	if err != nil {
		return LocationRow{}, err
	}
	return all[at], nil
}

func locations(tx db.Tx) ([]LocationRow, error) {
	fields := func(l *LocationRow) []any { return []any{&l.Code, &l.Name, &l.Variants, &l.Units} }
	found, err := db.List(tx, fields, `SELECT o.code, o.name, COUNT(l.variant_id), COALESCE(SUM(l.on_hand), 0)
		FROM locations o LEFT JOIN levels l ON l.location_id = o.id GROUP BY o.id, o.code, o.name ORDER BY o.id`)
	if err != nil {
		return nil, err
	}
	type serving struct{ location, market string }
	served, err := db.List(tx, func(s *serving) []any { return []any{&s.location, &s.market} }, `SELECT o.code, m.code
		FROM location_markets s JOIN locations o ON o.id = s.location_id JOIN markets m ON m.id = s.market_id ORDER BY m.position, m.id`)
	for _, s := range served {
		at := slices.IndexFunc(found, func(l LocationRow) bool { return l.Code == s.location })
		found[at].Markets = append(found[at].Markets, s.market)
	}
	return found, err
}

// AddLocation makes a location, which has no goods and serves no market yet. The fault's fields are code and name.
func (w *Warehouse) AddLocation(ctx context.Context, by staff.Actor, form LocationForm) error {
	if err := by.Require(staff.ManageStock); err != nil {
		return err
	}
	wrong := fault.Fields{}
	if !locationCode.MatchString(form.Code) || slices.Contains(ownWords, form.Code) {
		wrong.Add("code", "location.code")
	}
	name := locationName(form.Name, wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	return w.data.Write(ctx, func(tx db.Tx) error {
		added, err := tx.Exec("INSERT INTO locations (code, name) VALUES (?, ?) ON CONFLICT DO NOTHING", form.Code, name)
		if err != nil {
			return err
		}
		if rows, err := added.RowsAffected(); err != nil || rows == 0 {
			return fault.Fields{"code": "location.code_taken"}.Err()
		}
		return staff.Record(tx, by, staff.Change{Verb: "add", Subject: "location", Name: form.Code, After: name})
	})
}

// RenameLocation gives a location another name. The fault's field is name.
func (w *Warehouse) RenameLocation(ctx context.Context, by staff.Actor, code, typed string) error {
	if err := by.Require(staff.ManageStock); err != nil {
		return err
	}
	wrong := fault.Fields{}
	name := locationName(typed, wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	return w.data.Write(ctx, func(tx db.Tx) error {
		var before string
		err := tx.QueryRow("SELECT name FROM locations WHERE code = ?", code).Scan(&before)
		switch {
		case db.NotFound(err):
			return fault.New(fault.NotFound, "location.gone")
		case err != nil || before == name:
			return err
		}
		if _, err := tx.Exec("UPDATE locations SET name = ? WHERE code = ?", name, code); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "rename", Subject: "location", Name: code, Before: before, After: name})
	})
}

func locationName(typed string, wrong fault.Fields) string {
	name := strings.TrimSpace(typed)
	if name == "" || len(name) > maxLocationName || strings.ContainsAny(name, "\r\n") {
		wrong.Add("name", "location.name")
	}
	return name
}

// Kept is a variant by its SKU and its product's English name.
type Kept struct{ SKU, Product string }

// Variants are all variants that a location could keep, in the shop's order.
func (w *Warehouse) Variants(ctx context.Context) ([]Kept, error) {
	var found []Kept
	err := w.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = db.List(tx, func(k *Kept) []any { return []any{&k.SKU, &k.Product} }, `SELECT v.sku, COALESCE(t.name, p.slug)
			FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN product_texts t ON t.product_id = p.id AND t.language = 'en'
			ORDER BY p.position, p.id, v.position, v.id`)
		return err
	})
	return found, err
}
