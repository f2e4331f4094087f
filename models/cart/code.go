package cart

import (
	"context"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/discount"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/throttle"
)

// wrongCodes are ten wrong codes at once, then one every six seconds, for a cart and for a network address: enough
// for people who mistype, and a guesser of 80 bits needs longer than the world lasts.
var wrongCodes = throttle.Rule{Burst: 10, Pause: 6 * time.Second, Message: "code.throttled"}

// UseCode has a cart, which is made when there is none, carry what was typed: a coupon or an access code, each in place of the
// one before. A code that is unknown, and an access code that is used up, revoked or of another market, are an Invalid fault of
// the field code, the same for all; a coupon that can't be used any more is one that says so. peer is the network address of
// whoever types; too many wrong codes from it or for the cart are a TooMany fault.
func (c *Carts) UseCode(ctx context.Context, token string, store market.Store, typed, peer string) error {
	tries := []string{"cart " + hash(token), throttle.Peer(peer)}
	if err := c.codes.Take(tries...); err != nil {
		return err
	}
	var column string
	var id int64
	err := c.data.Read(ctx, func(tx db.Tx) error {
		kept, err := Find(tx, token, store.Market.ID)
		if err == nil {
			column, id, err = kept.find(tx, store, typed)
		}
		return err
	})
	if err != nil {
		return err
	}
	c.codes.Return(tries...)
	return c.data.Write(ctx, func(tx db.Tx) error {
		cartID, err := open(tx, token)
		if err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE carts SET "+column+" = ? WHERE id = ?", id, cartID)
		return err
	})
}

// find is what a typed code is, by the column of the cart that keeps it.
func (k Kept) find(tx db.Tx, store market.Store, typed string) (column string, id int64, err error) {
	buyer := launch.Keys{}
	if k.Detailed {
		buyer = k.Details.Keys(store.Market)
	}
	buyer = k.Buyer(buyer)
	id, err = discount.FindCoupon(tx, discount.Basket{Store: store, Buyer: buyer}, typed)
	if err != nil || id != 0 {
		return "coupon_id", id, err
	}
	id, err = launch.FindCode(tx, store.Market.ID, buyer, typed)
	return "access_code_id", id, err
}

// DropCoupon has a cart carry no coupon any more.
func (c *Carts) DropCoupon(ctx context.Context, token string) error {
	return c.data.Write(ctx, func(tx db.Tx) error {
		_, err := tx.Exec("UPDATE carts SET coupon_id = NULL WHERE token_hash = ?", hash(token))
		return err
	})
}

// DropCode has a cart carry no access code any more.
func (c *Carts) DropCode(ctx context.Context, token string) error {
	return c.data.Write(ctx, func(tx db.Tx) error {
		_, err := tx.Exec("UPDATE carts SET access_code_id = NULL WHERE token_hash = ?", hash(token))
		return err
	})
}

// Keys are what a cart tells a market of its buyer before he types anything: the access code it carries, and itself when it
// has orders that wait for payment.
func (c *Carts) Keys(ctx context.Context, token string, store market.Store) (launch.Keys, error) {
	var kept Kept
	err := c.data.Read(ctx, func(tx db.Tx) (err error) {
		kept, err = Find(tx, token, store.Market.ID)
		return err
	})
	return kept.Buyer(launch.Keys{}), err
}
