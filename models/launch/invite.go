package launch

import (
	"context"
	"fmt"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Invite sends a single-use code to everybody on a list of interest: that of a product, or of the market alone when product
// is empty. Who has a code already, or was told that it is open, gets none. It answers the batch's id; nobody to invite
// is a Conflict. The fault's fields are product and label.
func (c *Codes) Invite(ctx context.Context, by staff.Actor, code, product, label string) (id int64, err error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return 0, err
	}
	label = strings.TrimSpace(label)
	err = c.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		wrong := fault.Fields{}
		b := CodeBatch{MarketID: m.ID, Label: label, UsesAllowed: 1, ByMail: true}
		if b.ProductID, err = listedProduct(tx, m, product, wrong); err != nil {
			return err
		}
		if label == "" || len(label) > maxLabel {
			wrong.Add("label", "codes.label")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if id, err = begin(tx, b); err != nil {
			return err
		}
		invited, err := inviteAll(tx, id, b)
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "invite", Subject: "codes", Name: code + " " + label, After: fmt.Sprintf("%d people", invited)})
	})
	return id, err
}

// inviteAll notes who gets the codes of a batch: all of its list who have none.
func inviteAll(tx db.Tx, batchID int64, b CodeBatch) (int64, error) {
	written, err := tx.Exec(`INSERT INTO invitations (batch_id, number, interest_id)
		SELECT ?, ROW_NUMBER() OVER (ORDER BY i.id), i.id FROM interests i
		WHERE i.market_id = ? AND COALESCE(i.product_id, 0) = COALESCE(?, 0) AND i.confirmed_at IS NOT NULL AND i.told_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM invitations n WHERE n.interest_id = i.id)
			AND NOT EXISTS (SELECT 1 FROM access_codes c JOIN code_batches cb ON cb.id = c.batch_id
				WHERE c.interest_id = i.id AND c.revoked_at IS NULL AND cb.revoked_at IS NULL)`, batchID, b.MarketID, b.ProductID)
	if err != nil {
		return 0, err
	}
	invited, err := written.RowsAffected()
	if err != nil {
		return 0, err
	}
	if invited == 0 {
		return 0, fault.New(fault.Conflict, "codes.nobody")
	}
	_, err = tx.Exec("UPDATE code_batches SET wanted = ? WHERE id = ?", invited, batchID)
	return invited, err
}

// inviteThese notes who gets the codes of a batch. Who left the list meanwhile keeps his place, and the place its number.
func inviteThese(tx db.Tx, batchID int64, interestIDs []int64) error {
	for i, id := range interestIDs {
		if _, err := tx.Exec(`INSERT INTO invitations (batch_id, number, interest_id)
			VALUES (?, ?, (SELECT id FROM interests WHERE id = ?))`, batchID, i+1, id); err != nil {
			return err
		}
	}
	return nil
}

// takeInvited takes the invited of a batch's next codes, up to a number, off the list. Nil is somebody who left.
func takeInvited(tx db.Tx, b CodeBatch, last int) (map[int]*int64, error) {
	if !b.ByMail {
		return nil, nil
	}
	rows, err := tx.Query("DELETE FROM invitations WHERE batch_id = ? AND number <= ? RETURNING number, interest_id", b.ID, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	invited := map[int]*int64{}
	for rows.Next() {
		var number int
		var id *int64
		if err := rows.Scan(&number, &id); err != nil {
			return nil, err
		}
		invited[number] = id
	}
	return invited, rows.Err()
}
