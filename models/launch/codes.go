package launch

import (
	"context"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Batches are a market's batches of codes, the newest first, with how far each is.
func (c *Codes) Batches(ctx context.Context, code string) ([]CodeBatch, error) {
	var batches []CodeBatch
	err := c.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		batches, err = batchesWhere(tx, "b.market_id = ?", m.ID)
		return err
	})
	return batches, err
}

// Batch is one batch of codes, with how far it is.
func (c *Codes) Batch(ctx context.Context, id int64) (CodeBatch, error) {
	var b CodeBatch
	err := c.data.Read(ctx, func(tx db.Tx) (err error) {
		b, err = batch(tx, id)
		return err
	})
	return b, err
}

func batch(tx db.Tx, id int64) (CodeBatch, error) {
	found, err := batchesWhere(tx, "b.id = ?", id)
	if err != nil {
		return CodeBatch{}, err
	}
	if len(found) == 0 {
		return CodeBatch{}, fault.New(fault.NotFound, "codes.gone")
	}
	return found[0], nil
}

func batchesWhere(tx db.Tx, condition string, value any) ([]CodeBatch, error) {
	var found []CodeBatch
	err := tx.Gorm().Raw(`SELECT b.id, b.market_id, b.product_id, COALESCE(p.slug, '') AS product, b.draw_id, b.label, b.uses_allowed,
			b.by_mail, b.wanted, b.made, b.created_at, b.exported_at, b.revoked_at,
			(SELECT COALESCE(SUM(c.uses_taken), 0) FROM access_codes c WHERE c.batch_id = b.id) AS used,
			(SELECT COUNT(c.mailed_at) FROM access_codes c WHERE c.batch_id = b.id) AS mailed
		FROM code_batches b LEFT JOIN products p ON p.id = b.product_id WHERE `+condition+` ORDER BY b.id DESC`, value).Scan(&found).Error
	for i, b := range found {
		found[i].Exportable = b.exportable() == nil
	}
	return found, err
}

// RevokeBatch makes all codes of a batch worthless from now on, those still to be made too. Orders that used one stay as
// they are. The fault's field is reason.
func (c *Codes) RevokeBatch(ctx context.Context, by staff.Actor, id int64, reason string) error {
	return c.revoke(ctx, by, reason, func(tx db.Tx) (CodeBatch, string, error) {
		b, err := batch(tx, id)
		if err != nil {
			return b, "", err
		}
		if _, err := tx.Exec("DELETE FROM invitations WHERE batch_id = ?", id); err != nil {
			return b, "", err
		}
		_, err = tx.Exec("UPDATE code_batches SET revoked_at = ?, seed = NULL WHERE id = ?", tx.Now(), id)
		return b, "all codes", err
	})
}

// Revoke makes one code worthless from now on. The fault's fields are code and reason.
func (c *Codes) Revoke(ctx context.Context, by staff.Actor, typed, reason string) error {
	return c.revoke(ctx, by, reason, func(tx db.Tx) (b CodeBatch, what string, err error) {
		var batchID int64
		err = tx.QueryRow("UPDATE access_codes SET revoked_at = ? WHERE code_hash = ? AND revoked_at IS NULL RETURNING batch_id",
			tx.Now(), codeHash(typed)).Scan(&batchID)
		if db.NotFound(err) {
			return b, "", fault.Fields{"code": "codes.unknown"}.Err()
		}
		if err != nil {
			return b, "", err
		}
		b, err = batch(tx, batchID)
		return b, "one code", err
	})
}

// revoke does so for a reason, unless the batch is revoked already, and writes the trail.
func (c *Codes) revoke(ctx context.Context, by staff.Actor, reason string, do func(db.Tx) (CodeBatch, string, error)) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" || len(reason) > maxReason {
		return fault.Fields{"reason": "codes.reason"}.Err()
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		b, what, err := do(tx)
		if err != nil {
			return err
		}
		if !b.RevokedAt.IsZero() {
			return fault.New(fault.Conflict, "codes.revoked")
		}
		return staff.Record(tx, by, staff.Change{Verb: "revoke codes", Subject: "codes", Name: b.Label, Before: what, After: "revoked", Reason: reason})
	})
}
