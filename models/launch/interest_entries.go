package launch

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// entriesAPage is how many entries of a list staff see at a time.
const entriesAPage = 50

// Entries are the newest entries of a market's list with their proof, those before an id when it is above 0; older is the
// id to go on from, 0 for none. Product is a slug, or empty for the market alone. They are personal data: only who works
// with them sees them.
func (i *Interests) Entries(ctx context.Context, by staff.Actor, code, product string, before int64) (found []Interest, older int64, err error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return nil, 0, err
	}
	err = i.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		return tx.Gorm().Raw(`SELECT i.id, i.market_id, i.product_id, COALESCE(p.slug, '') AS product, i.email, i.language, i.text_version,
				i.created_at, i.asked_at, i.confirmed_at, i.told_at
			FROM interests i LEFT JOIN products p ON p.id = i.product_id
			WHERE i.market_id = ? AND COALESCE(p.slug, '') = ? AND (? = 0 OR i.id < ?) ORDER BY i.id DESC LIMIT ?`,
			m.ID, product, before, before, entriesAPage+1).Scan(&found).Error
	})
	if len(found) > entriesAPage {
		found = found[:entriesAPage]
		older = found[entriesAPage-1].ID
	}
	return found, older, err
}

// Remove deletes one entry of a market's lists, as its holder may ask. The trail doesn't name the address.
func (i *Interests) Remove(ctx context.Context, by staff.Actor, code string, id int64) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return i.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		found, err := interestsWhere(tx, "i.id = ? AND i.market_id = ?", id, m.ID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "interest.gone")
		}
		if err := forget(tx, found[0]); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "forget", Subject: "interest", Name: code + " " + found[0].Product, Before: "1 entry"})
	})
}
