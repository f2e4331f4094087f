package catalog

import (
	"context"
	"maps"
	"slices"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// RangeForm is many listings and prices of a market at once. Slugs are products to list in the same way, as Listing says;
// those that are listed already stay as they are. Amounts are new prices from now on, by SKU.
type RangeForm struct {
	Slugs   []string
	Listing ListingForm
	Amounts map[string]string
}

// SetRange lists products in a market and sets prices, all or none. The fault's fields are those of SetListing, slugs, and
// amount.{SKU} for each price that is wrong.
func (c *Catalog) SetRange(ctx context.Context, by staff.Actor, code string, form RangeForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		if err := form.list(tx, by, m); err != nil {
			return err
		}
		return form.price(tx, by, m)
	})
}

// list lists the products that are not listed yet.
func (f RangeForm) list(tx db.Tx, by staff.Actor, m market.Market) error {
	for _, slug := range f.Slugs {
		id, err := productID(tx, slug)
		if fault.Is(err, fault.NotFound) {
			return fault.Fields{"slugs": "listing.product"}.Err()
		}
		if err != nil {
			return err
		}
		l, err := f.Listing.read(m, id)
		if err != nil {
			return err
		}
		before, err := listing(tx, m.ID, id)
		if err != nil {
			return err
		}
		if before != "" {
			continue
		}
		if err := putListing(tx, l); err != nil {
			return err
		}
		if err := staff.Record(tx, by, staff.Change{Verb: "set", Subject: "listing", Name: m.Code + " " + slug, After: l.String()}); err != nil {
			return err
		}
	}
	return nil
}

// price sets the amounts that differ from what holds.
func (f RangeForm) price(tx db.Tx, by staff.Actor, m market.Market) error {
	holding, _, err := PricesAt(tx, m.ID)
	if err != nil {
		return err
	}
	wrong := fault.Fields{}
	for _, sku := range slices.Sorted(maps.Keys(f.Amounts)) {
		variant, found, err := VariantBySKU(tx, sku)
		if err != nil {
			return err
		}
		if !found {
			wrong.Add("amount."+sku, "price.sku")
			continue
		}
		price, err := PriceForm{SKU: sku, Amount: f.Amounts[sku]}.Read(tx, m, variant.ProductID)
		before := holding[variant.ID]
		switch {
		case fault.Is(err, fault.Invalid):
			wrong.Add("amount."+sku, "price.amount")
			continue
		case err != nil:
			return err
		case before.Amount == price.Amount && before.Currency == price.Currency:
			continue
		}
		if err := tx.Gorm().Create(&price).Error; err != nil {
			return err
		}
		if err := staff.Record(tx, by, staff.Change{Verb: "set", Subject: "price", Name: m.Code + " " + sku, Before: before.String(), After: price.String()}); err != nil {
			return err
		}
	}
	return wrong.Err()
}

// Range is every product and category there is, in English, with how it is listed in a market and what its variants cost there now.
type Range struct {
	Market   market.Market
	Products []Product
	// Categories are in their order.
	Categories []Category
	Listed     map[int64]bool // by product
	Prices     map[int64]Span // by variant
}

// Range reads what a market could list.
func (c *Catalog) Range(ctx context.Context, code string) (Range, error) {
	var r Range
	err := c.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		r = Range{Market: m, Listed: map[int64]bool{}}
		if r.Products, err = those(tx, "en", func(Product) bool { return true }); err != nil {
			return err
		}
		if r.Categories, err = Categories(tx, "en"); err != nil {
			return err
		}
		ids, err := listed(tx, m.ID)
		for _, id := range ids {
			r.Listed[id] = true
		}
		if err != nil {
			return err
		}
		r.Prices, _, err = PricesAt(tx, m.ID)
		return err
	})
	return r, err
}

// InLanguages is a product as it is described in each of the shop's languages, by language.
func (c *Catalog) InLanguages(ctx context.Context, slug string) (map[string]Product, error) {
	found := map[string]Product{}
	err := c.data.Read(ctx, func(tx db.Tx) error {
		for _, language := range market.Languages {
			p, err := BySlug(tx, slug, language)
			if err != nil {
				return err
			}
			found[language] = p
		}
		return nil
	})
	return found, err
}
