package catalog

import (
	"context"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/models/staff"
)

// PriceForm is a price as staff type it, in the market's currency. An empty beginning is now, an empty end none.
type PriceForm struct {
	SKU, Amount string
	From, To    market.Moment
}

// SetPrice gives a variant of a product a price in a market. Prices that hold or held stay: of those that hold at an
// instant the last to begin counts. The fault's fields are sku, amount, valid_from and ends_at.
func (c *Catalog) SetPrice(ctx context.Context, by staff.Actor, code, slug string, form PriceForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		id, err := productID(tx, slug)
		if err != nil {
			return err
		}
		price, err := form.Read(tx, m, id)
		if err != nil {
			return err
		}
		before, _, err := PricesAt(tx, m.ID)
		if err != nil {
			return err
		}
		if err := tx.Gorm().Create(&price).Error; err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "set", Subject: "price", Name: code + " " + form.SKU,
			Before: before[price.VariantID].String(), After: price.String()})
	})
}

// Read is the price of a product in a market that was typed. The fault's fields are those of SetPrice.
func (f PriceForm) Read(tx db.Tx, m market.Market, productID int64) (Price, error) {
	wrong := fault.Fields{}
	amount, err := money.Parse(f.Amount, m.Currency)
	if err != nil || amount.Minor == 0 {
		wrong.Add("amount", "price.amount")
	}
	p := Price{MarketID: m.ID, Amount: amount.Minor, Currency: m.Currency, ValidFrom: tx.Now()}
	if f.From.Local != "" {
		p.ValidFrom = m.Read(f.From, "valid_from", wrong)
	}
	if p.ValidFrom < tx.Now() {
		wrong.Add("valid_from", "time.past")
	}
	if p.EndsAt = m.Read(f.To, "ends_at", wrong); p.EndsAt != 0 && p.EndsAt <= p.ValidFrom {
		wrong.Add("ends_at", "time.order")
	}
	variant, found, err := VariantBySKU(tx, f.SKU)
	if err != nil {
		return p, err
	}
	if !found || variant.ProductID != productID {
		wrong.Add("sku", "price.sku")
	}
	p.VariantID = variant.ID
	return p, wrong.Err()
}

// TakeBackPrice removes a price of a product that does not hold yet.
func (c *Catalog) TakeBackPrice(ctx context.Context, by staff.Actor, slug string, id int64) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		var price Price
		var code, sku string
		err := tx.QueryRow(`SELECT p.id, p.amount, p.currency, p.valid_from, p.ends_at, m.code, v.sku FROM prices p
			JOIN markets m ON m.id = p.market_id JOIN variants v ON v.id = p.variant_id JOIN products d ON d.id = v.product_id
			WHERE p.id = ? AND d.slug = ?`, id, slug).Scan(&price.ID, &price.Amount, &price.Currency, &price.ValidFrom, &price.EndsAt, &code, &sku)
		if db.NotFound(err) {
			return fault.New(fault.NotFound, "price.gone")
		}
		if err != nil {
			return err
		}
		if price.ValidFrom.Reached(tx.Now()) {
			return fault.New(fault.Conflict, "price.begun")
		}
		if _, err := tx.Exec("DELETE FROM prices WHERE id = ?", id); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "take back", Subject: "price", Name: code + " " + sku, Before: price.String()})
	})
}

// Prices are all prices of a product's variants, past and to come, the last to begin first.
func (c *Catalog) Prices(ctx context.Context, productID int64) ([]Price, error) {
	var prices []Price
	err := c.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Where("variant_id IN (SELECT id FROM variants WHERE product_id = ?)", productID).
			Order("market_id, variant_id, valid_from DESC, id DESC").Find(&prices).Error
	})
	return prices, err
}

// String is the price in words for the trail; none is empty.
func (p Price) String() string {
	if p.Currency == "" {
		return ""
	}
	text := []string{money.Of(p.Amount, p.Currency).Plain(), p.Currency, "from", p.ValidFrom.String()}
	if p.EndsAt != 0 {
		text = append(text, "to", p.EndsAt.String())
	}
	return strings.Join(text, " ")
}
