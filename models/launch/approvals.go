package launch

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Grant is an approval as staff keep it: for a product or for a whole category, in [ValidFrom, ValidTo).
type Grant struct {
	ID         int64
	MarketID   int64
	ProductID  *int64
	CategoryID *int64
	Kind       string
	Status     string // pending, granted, refused
	Evidence   string
	ValidFrom  clock.Instant
	ValidTo    clock.Instant
	Files      []File `gorm:"-"`
}

// TableName is where grants are kept.
func (Grant) TableName() string { return "approvals" }

func (g Grant) covers(of good) bool {
	if g.ProductID != nil {
		return *g.ProductID == of.productID
	}
	return g.CategoryID != nil && *g.CategoryID == of.categoryID
}

// required are the approvals a good needs, with the state of each.
func required(kinds []string, grants []Grant, of good) []Approval {
	var approvals []Approval
	for _, kind := range kinds {
		before := len(approvals)
		for _, g := range grants {
			if g.Kind == kind && g.covers(of) {
				approvals = append(approvals, Approval{Kind: kind, Granted: g.Status == "granted", From: g.ValidFrom, To: g.ValidTo})
			}
		}
		if len(approvals) == before {
			approvals = append(approvals, Approval{Kind: kind})
		}
	}
	return slices.Clip(approvals)
}

func requirements(tx db.Tx, marketID int64) (map[int64][]string, error) {
	rows, err := tx.Query("SELECT category_id, kind FROM approval_requirements WHERE market_id = ? ORDER BY category_id, kind", marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64][]string{}
	for rows.Next() {
		var category int64
		var kind string
		if err := rows.Scan(&category, &kind); err != nil {
			return nil, err
		}
		found[category] = append(found[category], kind)
	}
	return found, rows.Err()
}

func grants(tx db.Tx, marketID int64) ([]Grant, error) {
	rows, err := tx.Query("SELECT id, product_id, category_id, kind, status, valid_from, valid_to FROM approvals WHERE market_id = ?", marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Grant
	for rows.Next() {
		g := Grant{MarketID: marketID}
		if err := rows.Scan(&g.ID, &g.ProductID, &g.CategoryID, &g.Kind, &g.Status, &g.ValidFrom, &g.ValidTo); err != nil {
			return nil, err
		}
		found = append(found, g)
	}
	return found, rows.Err()
}
