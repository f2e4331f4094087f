// Package cart keeps what a shopper wants to buy. A cart holds SKUs and quantities, no goods and no prices: each store
// decides its lines anew whenever it is looked at.
package cart

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/payment"
	"softlaunch/models/throttle"
)

// Carts are the shoppers' carts. A cart is named by the random token of its cookie, of which only a hash is kept.
type Carts struct {
	data     *db.DB
	gateways payment.Gateways
	codes    *throttle.Throttle
}

// New keeps carts in a database; gateways are the ways to pay the shop is set up for. machine ages the throttle of codes.
func New(data *db.DB, gateways payment.Gateways, machine clock.Clock) *Carts {
	return &Carts{data: data, gateways: gateways, codes: throttle.New(machine, wrongCodes)}
}

// MaxLines is how many different goods a cart takes.
const MaxLines = 50

// MaxQuantity is how many units a line takes.
const MaxQuantity = 9999

// Add puts units of a SKU into a cart, which is made when there is none. It refuses what the store can't sell now and
// more than the buyer may take; the cart then stays as it was.
func (c *Carts) Add(ctx context.Context, token string, store market.Store, sku string, quantity int) error {
	return c.change(ctx, token, store, sku, func(had int) int { return had + quantity })
}

// Set changes the units of a SKU in a cart; 0 takes the line out.
func (c *Carts) Set(ctx context.Context, token string, store market.Store, sku string, quantity int) error {
	if quantity == 0 {
		return c.remove(ctx, token, sku)
	}
	return c.change(ctx, token, store, sku, func(int) int { return quantity })
}

// Count is the number of units in a cart; an unknown cart is empty.
func (c *Carts) Count(ctx context.Context, token string) (int, error) {
	if token == "" {
		return 0, nil
	}
	var units int
	err := c.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow(`SELECT COALESCE(SUM(l.quantity), 0) FROM cart_lines l JOIN carts c ON c.id = l.cart_id
			WHERE c.token_hash = ?`, hash(token)).Scan(&units)
	})
	return units, err
}

// change decides on a snapshot and writes only what was granted: a cart holds no goods, so nobody is promised anything by
// what changes in between. Only the cart's own lines are looked at again, for a shopper who presses twice at once.
func (c *Carts) change(ctx context.Context, token string, store market.Store, sku string, units func(had int) int) error {
	var variant catalog.Variant
	var sales map[int64]launch.Sale
	err := c.data.Read(ctx, func(tx db.Tx) error {
		kept, err := Find(tx, token, store.Market.ID)
		if err != nil {
			return err
		}
		if variant, sales, err = wanted(tx, store, sku, kept.Buyer(launch.Keys{})); err != nil {
			return err
		}
		return allowed(sales, kept.Wanted, variant.ID, units(kept.Wanted[variant.ID].Quantity))
	})
	if err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		cartID, err := open(tx, token)
		if err != nil {
			return err
		}
		lines, err := linesOf(tx, cartID)
		if err != nil {
			return err
		}
		quantity := units(lines[variant.ID].Quantity)
		if err := allowed(sales, lines, variant.ID, quantity); err != nil {
			return err
		}
		return put(tx, cartID, variant.ID, quantity)
	})
}

// wanted finds the variant of a SKU and the sales of its product's variants for a buyer. A hidden SKU is not found, like an
// unknown one.
func wanted(tx db.Tx, store market.Store, sku string, who launch.Keys) (catalog.Variant, map[int64]launch.Sale, error) {
	unknown := fault.New(fault.NotFound, "fault.product")
	variant, found, err := catalog.VariantBySKU(tx, sku)
	if err != nil || !found {
		return variant, nil, orElse(err, unknown)
	}
	m, err := market.ByID(tx, store.Market.ID)
	if err != nil {
		return variant, nil, err
	}
	siblings, err := catalog.Siblings(tx, variant.ProductID)
	if err != nil {
		return variant, nil, err
	}
	sales, err := launch.Decided(tx, m, who, siblings...)
	if err == nil && sales[variant.ID].Offer.State == launch.Hidden {
		err = unknown
	}
	return variant, sales, err
}

// allowed refuses more of a variant than can be bought now, its siblings in the cart counted with it.
func allowed(sales map[int64]launch.Sale, lines map[int64]Wanted, variantID int64, quantity int) error {
	sale := sales[variantID]
	product := quantity
	for id, l := range lines {
		if _, sibling := sales[id]; sibling && id != variantID {
			product += l.Quantity
		}
	}
	if len(lines) >= MaxLines && lines[variantID].Quantity == 0 {
		return fault.New(fault.Conflict, "fault.cart_full").With("Count", MaxLines)
	}
	if p := judge(sale, quantity, product); p.Key != "" {
		return p.Fault()
	}
	return nil
}

func (c *Carts) remove(ctx context.Context, token, sku string) error {
	return c.data.Write(ctx, func(tx db.Tx) error {
		_, err := tx.Exec(`DELETE FROM cart_lines WHERE cart_id = (SELECT id FROM carts WHERE token_hash = ?)
			AND variant_id = (SELECT id FROM variants WHERE sku = ?)`, hash(token), sku)
		return err
	})
}

// open is the id of a cart, which is made when there is none.
func open(tx db.Tx, token string) (int64, error) {
	var id int64
	err := tx.QueryRow(`INSERT INTO carts (token_hash, created_at, touched_at) VALUES (?, ?, ?)
		ON CONFLICT (token_hash) DO UPDATE SET touched_at = excluded.touched_at RETURNING id`,
		hash(token), tx.Now(), tx.Now()).Scan(&id)
	return id, err
}

// Clear empties a cart that has become an order and forgets what its buyer typed, its coupon, and its access code when that is
// used up.
func (k Kept) Clear(tx db.Tx) error {
	if k.CodeID != 0 || k.CouponID != 0 {
		if _, err := tx.Exec(`UPDATE carts SET coupon_id = NULL,
				access_code_id = (SELECT a.id FROM access_codes a WHERE a.id = carts.access_code_id AND a.uses_taken < a.uses_allowed)
			WHERE id = ?`, k.ID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("DELETE FROM cart_lines WHERE cart_id = ?", k.ID); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM checkouts WHERE cart_id = ? AND market_id = ?", k.ID, k.Details.MarketID)
	return err
}

func put(tx db.Tx, cartID, variantID int64, quantity int) error {
	_, err := tx.Exec(`INSERT INTO cart_lines (cart_id, variant_id, quantity, added_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity`, cartID, variantID, quantity, tx.Now())
	return err
}

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
