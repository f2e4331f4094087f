package cart

import (
	"context"

	"softlaunch/models/db"
)

// SKUs are what is in a cart, whether or not a store has it; an unknown cart is empty.
func (c *Carts) SKUs(ctx context.Context, token string) ([]string, error) {
	var skus []string
	err := c.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Raw(`SELECT v.sku FROM cart_lines l JOIN carts c ON c.id = l.cart_id JOIN variants v ON v.id = l.variant_id
			WHERE c.token_hash = ? ORDER BY v.sku`, hash(token)).Scan(&skus).Error
	})
	return skus, err
}
