package launch

import (
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// SetLocations says which locations serve a market, by their codes, nearest first. The fault's field is locations.
func (s *Setup) SetLocations(ctx context.Context, by staff.Actor, code string, locations []string) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := serving(tx, m.ID)
		if err != nil {
			return staff.Change{}, err
		}
		if _, err := tx.Exec("DELETE FROM location_markets WHERE market_id = ?", m.ID); err != nil {
			return staff.Change{}, err
		}
		for i, location := range locations {
			result, err := tx.Exec(`INSERT INTO location_markets (location_id, market_id, position) SELECT id, ?, ? FROM locations WHERE code = ?
				ON CONFLICT DO NOTHING`, m.ID, i+1, location)
			if err != nil {
				return staff.Change{}, err
			}
			if n, err := result.RowsAffected(); err != nil || n == 0 {
				return staff.Change{}, fault.Fields{"locations": "market.locations"}.Err()
			}
		}
		return staff.Change{Verb: "set", Subject: "locations", Name: code, Before: strings.Join(before, " "), After: strings.Join(locations, " ")}, nil
	})
}

// serving are the codes of the locations that serve a market, nearest first.
func serving(tx db.Tx, marketID int64) ([]string, error) {
	return words(tx, `SELECT l.code FROM locations l JOIN location_markets m ON m.location_id = l.id
		WHERE m.market_id = ? ORDER BY m.position, l.id`, marketID)
}

// RequireApprovals replaces the kinds of approval that a category needs in a market. The fault's field is kinds.
func (s *Setup) RequireApprovals(ctx context.Context, by staff.Actor, code, category string, kinds []string) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		var id int64
		err := tx.QueryRow("SELECT id FROM categories WHERE slug = ?", category).Scan(&id)
		if db.NotFound(err) {
			err = fault.New(fault.NotFound, "fault.category")
		}
		if err != nil {
			return staff.Change{}, err
		}
		before, err := requirements(tx, m.ID)
		if err != nil {
			return staff.Change{}, err
		}
		return staff.Change{Verb: "require", Subject: "approvals", Name: code + " " + category,
			Before: strings.Join(before[id], " "), After: strings.Join(kinds, " ")}, requireKinds(tx, m.ID, id, kinds)
	})
}

func requireKinds(tx db.Tx, marketID, categoryID int64, kinds []string) error {
	known, err := words(tx, "SELECT DISTINCT kind FROM approval_kinds ORDER BY kind")
	if err != nil {
		return err
	}
	if slices.ContainsFunc(kinds, func(k string) bool { return !slices.Contains(known, k) }) {
		return fault.Fields{"kinds": "approval.kind"}.Err()
	}
	if _, err := tx.Exec("DELETE FROM approval_requirements WHERE market_id = ? AND category_id = ?", marketID, categoryID); err != nil {
		return err
	}
	for _, kind := range kinds {
		if _, err := tx.Exec("INSERT INTO approval_requirements (market_id, category_id, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", marketID, categoryID, kind); err != nil {
			return err
		}
	}
	return nil
}

// Await notes that an approval has been applied for: its product, or a category's, is shown and waits, and the checklist no
// longer asks for it. One that is granted stays granted. The claim's evidence and dates are left aside. The fault's fields
// are product and kind.
func (s *Setup) Await(ctx context.Context, by staff.Actor, code string, claim Claim) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		claim.Evidence, claim.From, claim.To = "applied for", market.Moment{}, market.Moment{}
		grant, err := claim.read(tx, m)
		if err != nil {
			return staff.Change{}, err
		}
		var known int
		if err := tx.QueryRow("SELECT COUNT(*) FROM approvals WHERE "+sameClaim+" AND status <> ?", append(grant.claim(), Refused)...).Scan(&known); err != nil {
			return staff.Change{}, err
		}
		if known > 0 {
			return staff.Change{}, fault.New(fault.Conflict, "approval.state")
		}
		grant.Status, grant.Evidence = Pending, ""
		return staff.Change{Verb: "await", Subject: "approval", Name: approvalName(code, claim.subject(), claim.Kind), After: Pending}, tx.Gorm().Create(&grant).Error
	})
}

// Rules are what Setup's verbs have settled of a market, for the forms of the back-office.
type Rules struct {
	Market    market.Market
	Regions   []market.Region
	Rates     []market.TaxRate
	Classes   []market.TaxClass
	Delivery  []market.NamedMethod
	Seller    market.Seller
	Pages     []market.Page // of all languages, with their bodies
	Required  []string      // slugs of pages
	Locations []string      // codes of those that serve the market, nearest first
	Places    []Place       // all there are
	Approvals []Requirement
	Kinds     map[string]string // names of all kinds of approval
}

// Place is a location by its code and name.
type Place struct{ Code, Name string }

// Requirement is the kinds of approval that a category needs.
type Requirement struct {
	Category string // slug
	Name     string
	Kinds    []string
}

// Rules reads a market's settings.
func (s *Setup) Rules(ctx context.Context, code string) (Rules, error) {
	var r Rules
	err := s.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		r = Rules{Market: m}
		read := func(step func() error) {
			if err == nil {
				err = step()
			}
		}
		read(func() (err error) { r.Seller, err = market.SellerOf(tx, m.ID); return })
		read(func() (err error) { r.Regions, err = market.Regions(tx, m.ID); return })
		read(func() (err error) { r.Rates, err = market.AllRates(tx, m.ID); return })
		read(func() (err error) { r.Classes, err = market.TaxClasses(tx); return })
		read(func() (err error) { r.Delivery, err = market.Methods(tx, m.ID); return })
		read(func() (err error) { r.Pages, err = market.AllPages(tx, m.ID); return })
		read(func() (err error) { r.Required, err = market.RequiredPages(tx, m.ID); return })
		read(func() (err error) { r.Locations, err = serving(tx, m.ID); return })
		read(func() (err error) { return tx.Gorm().Table("locations").Order("id").Find(&r.Places).Error })
		read(func() (err error) { r.Approvals, err = categoryRequirements(tx, m.ID); return })
		read(func() (err error) { r.Kinds, err = kindNames(tx); return })
		return err
	})
	return r, err
}

// categoryRequirements are all categories with what they need in a market.
func categoryRequirements(tx db.Tx, marketID int64) ([]Requirement, error) {
	needed, err := requirements(tx, marketID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(`SELECT c.id, c.slug, COALESCE(t.name, c.slug) FROM categories c
		LEFT JOIN category_texts t ON t.category_id = c.id AND t.language = 'en' ORDER BY c.position, c.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Requirement
	for rows.Next() {
		var id int64
		var r Requirement
		if err := rows.Scan(&id, &r.Category, &r.Name); err != nil {
			return nil, err
		}
		r.Kinds = needed[id]
		found = append(found, r)
	}
	return found, rows.Err()
}

// words are the rows of a query of one text.
func words(tx db.Tx, query string, args ...any) ([]string, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return nil, err
		}
		found = append(found, word)
	}
	return found, rows.Err()
}
