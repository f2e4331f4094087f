package cart

import (
	"context"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/launch"
)

// Kept is a cart as it is kept: the units wanted, by variant, the access code and the coupon it carries (0 for none) and what
// was typed for it in a market. Detailed is false when nothing was typed yet. Unpaid says that orders of the cart in the market wait
// for an online payment (inventory.Replaceable). The zero Kept is an unknown cart, which is empty.
type Kept struct {
	ID       int64
	CodeID   int64
	CouponID int64
	Details  Details
	Detailed bool
	Unpaid   bool
	Wanted   map[int64]Wanted
}

// Wanted is how many units of a variant a cart holds, and since when.
type Wanted struct {
	Quantity int
	AddedAt  clock.Instant
}

// Find reads a cart as it is kept, with what was typed for it in a market.
func Find(tx db.Tx, token string, marketID int64) (k Kept, err error) {
	if token == "" {
		return k, nil
	}
	rows, err := tx.Query(`SELECT c.id, COALESCE(c.access_code_id, 0), COALESCE(c.coupon_id, 0),
			`+unpaid+`,
			k.cart_id IS NOT NULL, COALESCE(k.idempotency_key, ''), COALESCE(k.email, ''),
			COALESCE(k.name, ''), COALESCE(k.line1, ''), COALESCE(k.line2, ''), COALESCE(k.postal_code, ''), COALESCE(k.city, ''),
			COALESCE(k.region, ''), COALESCE(k.phone, ''), COALESCE(k.delivery, ''), COALESCE(k.payment, ''),
			COALESCE(l.variant_id, 0), COALESCE(l.quantity, 0), l.added_at
		FROM carts c LEFT JOIN checkouts k ON k.cart_id = c.id AND k.market_id = ? LEFT JOIN cart_lines l ON l.cart_id = c.id
		WHERE c.token_hash = ?`, marketID, marketID, hash(token))
	if err != nil {
		return k, err
	}
	defer rows.Close()
	k.Wanted = map[int64]Wanted{}
	for rows.Next() {
		var id int64
		var w Wanted
		d := &k.Details
		if err := rows.Scan(&k.ID, &k.CodeID, &k.CouponID, &k.Unpaid, &k.Detailed, &d.IdempotencyKey, &d.Email, &d.Name, &d.Line1, &d.Line2, &d.PostalCode, &d.City,
			&d.Region, &d.Phone, &d.Delivery, &d.Payment, &id, &w.Quantity, &w.AddedAt); err != nil {
			return k, err
		}
		if w.Quantity > 0 {
			k.Wanted[id] = w
		}
	}
	k.Details.CartID, k.Details.MarketID = k.ID, marketID
	return k, rows.Err()
}

// unpaid is whether orders of the cart c in a market wait for an online payment, as inventory.Replaceable has them.
const unpaid = `EXISTS (SELECT 1 FROM orders o WHERE o.cart_id = c.id AND +o.market_id = ? AND o.state = 'awaiting_payment' AND o.payment <> 'transfer')`

// Trace is what a cart leaves on the pages that all visitors of a market share: the units that it holds. Own says that
// their offers may be others for its buyer, who carries an access code or has orders that wait for an online payment.
type Trace struct {
	Units int
	Own   bool
}

// Trace is what a cart leaves on shared pages of a market; an unknown cart leaves nothing.
func (c *Carts) Trace(ctx context.Context, token string, marketID int64) (t Trace, err error) {
	err = c.data.Read(ctx, func(tx db.Tx) error {
		err := tx.QueryRow(`SELECT COALESCE((SELECT SUM(l.quantity) FROM cart_lines l WHERE l.cart_id = c.id), 0),
			c.access_code_id IS NOT NULL OR `+unpaid+" FROM carts c WHERE c.token_hash = ?", marketID, hash(token)).Scan(&t.Units, &t.Own)
		if db.NotFound(err) {
			return nil
		}
		return err
	})
	return t, err
}

// Buyer is who a cart says its buyer is, beside what he typed.
func (k Kept) Buyer(who launch.Keys) launch.Keys {
	who.CodeID, who.CartID = k.CodeID, 0
	if k.Unpaid {
		who.CartID = k.ID
	}
	return who
}

func linesOf(tx db.Tx, cartID int64) (map[int64]Wanted, error) {
	rows, err := tx.Query("SELECT variant_id, quantity, added_at FROM cart_lines WHERE cart_id = ?", cartID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lines := map[int64]Wanted{}
	for rows.Next() {
		var id int64
		var l Wanted
		if err := rows.Scan(&id, &l.Quantity, &l.AddedAt); err != nil {
			return nil, err
		}
		lines[id] = l
	}
	return lines, rows.Err()
}
