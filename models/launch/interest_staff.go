package launch

import (
	"context"
	"fmt"

	"softlaunch/models/account"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Signups are how many wait on a list: Pending have not confirmed yet, Told were told and wait for their mail to go out.
// Product is a slug, empty for the market alone.
type Signups struct {
	Product                  string
	Pending, Confirmed, Told int
}

// Signups counts a market's lists of interest.
func (i *Interests) Signups(ctx context.Context, code string) ([]Signups, error) {
	var counts []Signups
	err := i.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		return tx.Gorm().Raw(`SELECT COALESCE(p.slug, '') AS product, COUNT(*) - COUNT(i.confirmed_at) AS pending,
				COUNT(i.confirmed_at) - COUNT(i.told_at) AS confirmed, COUNT(i.told_at) AS told
			FROM interests i LEFT JOIN products p ON p.id = i.product_id WHERE i.market_id = ?
			GROUP BY i.product_id, p.slug, p.position ORDER BY p.position, i.product_id`, m.ID).Scan(&counts).Error
	})
	return counts, err
}

// waitingFor is how many people wait for each product of a market.
func waitingFor(tx db.Tx, marketID int64) (map[int64]int, error) {
	type list struct {
		productID int64
		people    int
	}
	lists, err := db.List(tx, func(l *list) []any { return []any{&l.productID, &l.people} }, `SELECT product_id, COUNT(*) FROM interests
		WHERE market_id = ? AND product_id IS NOT NULL AND confirmed_at IS NOT NULL AND told_at IS NULL GROUP BY product_id`, marketID)
	waiting := make(map[int64]int, len(lists))
	for _, l := range lists {
		waiting[l.productID] = l.people
	}
	return waiting, err
}

// Export are the confirmed entries of a market's list, for a product or, when it is empty, for the market alone. They are
// personal data: who takes them out is in the trail.
func (i *Interests) Export(ctx context.Context, by staff.Actor, code, product string) ([]Interest, error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return nil, err
	}
	var found []Interest
	err := i.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		if found, err = interestsWhere(tx, "i.market_id = ? AND COALESCE(p.slug, '') = ? AND i.confirmed_at IS NOT NULL", m.ID, product); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "export interest", Subject: "interest", Name: code + " " + product, After: fmt.Sprintf("%d entries", len(found))})
	})
	return found, err
}

// Forget deletes every entry of an address and every trace, as its holder may ask (Regulation (EU) 2016/679, art. 17). It
// answers how many there were. The trail doesn't name the address. The fault's field is email.
func (i *Interests) Forget(ctx context.Context, by staff.Actor, typed string) (entries int, err error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return 0, err
	}
	email, valid := account.Email(typed)
	if !valid {
		return 0, fault.Fields{"email": "form.email"}.Err()
	}
	err = i.data.Write(ctx, func(tx db.Tx) error {
		found, err := interestsWhere(tx, "i.email_key = ?", account.EmailKey(email))
		if err != nil {
			return err
		}
		for _, entry := range found {
			if err := forget(tx, entry); err != nil {
				return err
			}
		}
		traces, err := forgetTraces(tx, account.EmailKey(email))
		if err != nil {
			return err
		}
		entries = len(found) + traces
		return staff.Record(tx, by, staff.Change{Verb: "forget", Subject: "interest", Name: "an address", Before: fmt.Sprintf("%d entries", entries)})
	})
	return entries, err
}
