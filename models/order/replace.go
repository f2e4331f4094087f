package order

import (
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/staff"
)

// replaceable finds the orders whose place the placement takes: orders of the same cart that wait for an online payment and
// have goods, an access code or a discount that can be used up in common with it. They are not counted as unpaid.
func (w *weighed) replaceable(tx db.Tx) (err error) {
	if !w.kept.Unpaid {
		return nil
	}
	limited := w.limited()
	fields := func(o *Order) []any { return append([]any{&o.ID}, o.fields()...) }
	w.replaces, err = db.List(tx, fields, "SELECT id, "+orderColumns+" FROM orders WHERE id IN ("+inventory.Replaceable+`) AND hold_until > ?
		AND (EXISTS (SELECT 1 FROM order_lines l JOIN variants v ON v.product_id = l.product_id JOIN cart_lines c ON c.variant_id = v.id
				WHERE l.order_id = orders.id AND c.cart_id = ?)
			OR EXISTS (SELECT 1 FROM code_uses u WHERE u.order_id = orders.id AND u.code_id = ? AND u.ended_at IS NULL)
			OR EXISTS (SELECT 1 FROM discount_uses u WHERE u.order_id = orders.id AND u.ended_at IS NULL AND u.discount_id IN (NULL`+strings.Repeat(", ?", len(limited))+`)))`,
		append([]any{w.kept.ID, w.placement.Store.Market.ID, tx.Now(), w.kept.ID, w.kept.CodeID}, limited...)...)
	for _, o := range w.replaces {
		if o.EmailKey == w.buyer.Email || o.AddressKey == w.buyer.Address {
			w.unpaid--
		}
	}
	return err
}

// replace gives back what those orders hold, so that the new one can take it.
func (w weighed) replace(tx db.Tx) error {
	for _, o := range w.replaces {
		if err := giveBack(tx, o, inventory.Released); err != nil {
			return err
		}
		if err := move(tx, &o, Cancelled, staff.Buyer.Name, "replaced"); err != nil {
			return err
		}
		if err := job.Queue(tx, MailCancelled, o.ID); err != nil {
			return err
		}
	}
	return nil
}
