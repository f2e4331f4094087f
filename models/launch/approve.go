package launch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// The states of an approval.
const (
	Pending = "pending"
	Granted = "granted"
	Refused = "refused"
)

// Claim is an approval as staff enter it: for a product, or for all of a category when there is no product (by their slugs),
// with what proves it, valid in [From, To); empty bounds are none.
type Claim struct {
	Product, Category, Kind, Evidence string
	From, To                          market.Moment
}

// subject is the slug of what a claim is about.
func (c Claim) subject() string { return cmp.Or(c.Product, c.Category) }

// Approve grants an approval that a product or category needs in a market. One that waited or was refused is granted with it; a
// renewal stands beside the one before. The fault's fields are product, kind, evidence, valid_from and valid_to.
func (g *Gate) Approve(ctx context.Context, by staff.Actor, code string, claim Claim) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	claim.Evidence = strings.TrimSpace(claim.Evidence)
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		grant, err := claim.read(tx, m)
		if err != nil {
			return err
		}
		before, err := settle(tx, grant)
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "approve", Subject: "approval", Name: approvalName(code, claim.subject(), claim.Kind),
			Before: before, After: grant.summary(), Reason: claim.Evidence})
	})
}

func (c Claim) read(tx db.Tx, m market.Market) (Grant, error) {
	wrong := fault.Fields{}
	grant := Grant{MarketID: m.ID, Kind: c.Kind, Status: Granted, Evidence: c.Evidence}
	grant.ValidFrom, grant.ValidTo = m.Read(c.From, "valid_from", wrong), m.Read(c.To, "valid_to", wrong)
	if grant.ValidTo != 0 && (grant.ValidTo <= grant.ValidFrom || grant.ValidTo <= tx.Now()) {
		wrong.Add("valid_to", "time.order")
	}
	if c.Evidence == "" || len(c.Evidence) > maxReason {
		wrong.Add("evidence", "approval.evidence")
	}
	category, err := c.point(tx, m, &grant)
	if db.NotFound(err) {
		wrong.Add("product", "approval.product")
		return grant, wrong.Err()
	}
	if err != nil {
		return grant, err
	}
	needed, err := requirements(tx, m.ID)
	if err != nil {
		return grant, err
	}
	if !slices.Contains(needed[category], c.Kind) {
		wrong.Add("kind", "approval.kind")
	}
	return grant, wrong.Err()
}

// point fills in what the claim is about, a product that the market lists or a category, and answers the category's id.
func (c Claim) point(tx db.Tx, m market.Market, grant *Grant) (category int64, err error) {
	if c.Product == "" {
		err = tx.QueryRow("SELECT id FROM categories WHERE slug = ?", c.Category).Scan(&category)
		grant.CategoryID = &category
		return category, err
	}
	var product int64
	err = tx.QueryRow(`SELECT p.id, p.category_id FROM products p JOIN listings l ON l.product_id = p.id AND l.market_id = ?
		WHERE p.slug = ?`, m.ID, c.Product).Scan(&product, &category)
	grant.ProductID = &product
	return category, err
}

// settle puts a grant in the place of one that is not granted yet, or beside those that are. before is what was there.
func settle(tx db.Tx, grant Grant) (before string, err error) {
	var open []Grant
	if err := tx.Gorm().Where(sameClaim+" AND status <> ?", append(grant.claim(), Granted)...).Order("id").Limit(1).Find(&open).Error; err != nil {
		return "", err
	}
	if len(open) == 0 {
		return "", tx.Gorm().Create(&grant).Error
	}
	_, err = tx.Exec("UPDATE approvals SET status = ?, evidence = ?, valid_from = ?, valid_to = ? WHERE id = ?",
		grant.Status, grant.Evidence, grant.ValidFrom, grant.ValidTo, open[0].ID)
	return open[0].summary(), err
}

// sameClaim is the condition for what a market claims of the same product or category, with the values of claim.
const sameClaim = "market_id = ? AND COALESCE(product_id, 0) = COALESCE(?, 0) AND COALESCE(category_id, 0) = COALESCE(?, 0) AND kind = ?"

func (g Grant) claim() []any { return []any{g.MarketID, g.ProductID, g.CategoryID, g.Kind} }

// Refuse notes that an approval that waited was not granted. The fault's field is reason.
func (g *Gate) Refuse(ctx context.Context, by staff.Actor, code string, id int64, reason string) error {
	return g.reject(ctx, by, code, id, "refuse", Pending, reason)
}

// Withdraw takes a granted approval back, from now on. The fault's field is reason.
func (g *Gate) Withdraw(ctx context.Context, by staff.Actor, code string, id int64, reason string) error {
	return g.reject(ctx, by, code, id, "withdraw", Granted, reason)
}

func (g *Gate) reject(ctx context.Context, by staff.Actor, code string, id int64, verb, from, reason string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" || len(reason) > maxReason {
		return fault.Fields{"reason": "approval.reason"}.Err()
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		grant, slug, err := approval(tx, code, id)
		if err != nil {
			return err
		}
		if grant.Status != from {
			return fault.New(fault.Conflict, "approval.state")
		}
		before := grant.summary()
		if _, err := tx.Exec("UPDATE approvals SET status = ? WHERE id = ?", Refused, id); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: verb, Subject: "approval", Name: approvalName(code, slug, grant.Kind),
			Before: before, After: Refused, Reason: reason})
	})
}

// approval is one of a market's approvals with the slug of its product or category.
func approval(tx db.Tx, code string, id int64) (grant Grant, slug string, err error) {
	m, err := market.ByCode(tx, code)
	if err != nil {
		return grant, "", err
	}
	var found []Grant
	if err := tx.Gorm().Where("id = ? AND market_id = ?", id, m.ID).Limit(1).Find(&found).Error; err != nil {
		return grant, "", err
	}
	if len(found) == 0 {
		return grant, "", fault.New(fault.NotFound, "approval.gone")
	}
	grant = found[0]
	err = tx.QueryRow("SELECT COALESCE((SELECT slug FROM products WHERE id = ?), (SELECT slug FROM categories WHERE id = ?))",
		grant.ProductID, grant.CategoryID).Scan(&slug)
	return grant, slug, err
}

func (g Grant) summary() string {
	if g.Status != Granted {
		return g.Status
	}
	return "granted from " + g.ValidFrom.String() + " to " + g.ValidTo.String()
}

func approvalName(code, slug, kind string) string { return code + " " + slug + " " + kind }
