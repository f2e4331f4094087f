package discount

import (
	"slices"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
)

// uses are how often a discount is used: by all orders that count, and by those of a buyer.
type uses struct{ all, own int }

// own is a query for the live uses of a buyer: those of his e-mail or of his address.
const own = `SELECT id FROM discount_uses WHERE email_key = ? AND discount_id = d.id AND ended_at IS NULL
	UNION SELECT id FROM discount_uses WHERE address_key = ? AND discount_id = d.id AND ended_at IS NULL`

// usesOf reads the uses of a market's discounts that have limits, when some candidate has one that can be looked at: a buyer
// of whom nothing is known has used nothing. Uses by spent orders count no more.
func usesOf(tx db.Tx, b Basket, candidates []Discount) (map[int64]uses, error) {
	known := b.Buyer.Email != "" || b.Buyer.Address != ""
	if !slices.ContainsFunc(candidates, func(d Discount) bool { return d.UsesAllowed > 0 || (d.UsesBuyer > 0 && known) }) {
		return nil, nil
	}
	marketID := b.Store.Market.ID
	spent, gone := b.Buyer.Spent(tx, marketID)
	args := slices.Concat(gone, []any{b.Buyer.Email, b.Buyer.Address}, gone, []any{marketID, tx.Now(), b.CouponID})
	type row struct {
		id int64
		uses
	}
	rows, err := db.List(tx, func(r *row) []any { return []any{&r.id, &r.all, &r.own} }, `SELECT d.id,
			(SELECT COUNT(*) FROM discount_uses u WHERE u.discount_id = d.id AND u.ended_at IS NULL AND u.order_id NOT IN (`+spent+`)),
			(SELECT COUNT(*) FROM discount_uses u WHERE u.id IN (`+own+`) AND u.order_id NOT IN (`+spent+`))
		FROM discounts d WHERE d.market_id = ? AND (d.uses_allowed > 0 OR d.uses_buyer > 0) AND (d.ends_at IS NULL OR d.ends_at > ?)
			AND (d.code = '' OR d.id = ?)`, args...)
	found := make(map[int64]uses, len(rows))
	for _, r := range rows {
		found[r.id] = r.uses
	}
	return found, err
}

// FindCoupon is the discount of a market whose code somebody typed, 0 when there is none. A code that can't be used any more,
// or not again by this buyer, is an Invalid fault of the field code; one that waits for its beginning or for other goods is
// found.
func FindCoupon(tx db.Tx, b Basket, typed string) (int64, error) {
	d, found, err := coded(tx, b.Store.Market.ID, typed)
	if err != nil || !found {
		return 0, err
	}
	b.CouponID = d.ID
	used, err := usesOf(tx, b, []Discount{d})
	if err != nil {
		return 0, err
	}
	switch p := d.problem(b, used[d.ID], tx.Now()); p.Key {
	case "coupon.ended", "coupon.used_up", "coupon.used_by_buyer":
		return 0, fault.Fields{"code": p.Key}.Err()
	}
	return d.ID, nil
}

// errUsedUp is that somebody else was faster.
var errUsedUp = fault.New(fault.Conflict, "coupon.used_up")

// Take counts discounts as used by an order. One whose limits are reached is a Conflict, whatever was decided before: the
// ledger itself is asked in the statement that writes.
func Take(tx db.Tx, orderID int64, buyer launch.Keys, ids ...int64) error {
	for _, id := range ids {
		written, err := tx.Exec(`INSERT INTO discount_uses (discount_id, order_id, at, email_key, address_key)
			SELECT d.id, ?, ?, ?, ? FROM discounts d WHERE d.id = ?
				AND (d.uses_allowed = 0 OR d.uses_allowed > (SELECT COUNT(*) FROM discount_uses u WHERE u.discount_id = d.id AND u.ended_at IS NULL))
				AND (d.uses_buyer = 0 OR d.uses_buyer > (SELECT COUNT(*) FROM discount_uses u WHERE u.id IN (`+own+`)))`,
			orderID, tx.Now(), buyer.Email, buyer.Address, id, buyer.Email, buyer.Address)
		if err != nil {
			return err
		}
		if n, err := written.RowsAffected(); err != nil || n == 0 {
			return orElse(err, errUsedUp)
		}
	}
	return nil
}

// GiveBack ends an order's uses.
func GiveBack(tx db.Tx, orderID int64) error {
	_, err := tx.Exec("UPDATE discount_uses SET ended_at = ? WHERE order_id = ? AND ended_at IS NULL", tx.Now(), orderID)
	return err
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
