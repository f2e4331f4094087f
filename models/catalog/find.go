package catalog

import (
	"context"
	"slices"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Find are all products whose texts match, listed anywhere or not, for staff. Empty text is all.
func (c *Catalog) Find(ctx context.Context, text string) ([]Product, error) {
	var products []Product
	err := c.data.Read(ctx, func(tx db.Tx) error {
		var ids []int64
		if err := tx.Gorm().Model(&Product{}).Pluck("id", &ids).Error; err != nil || len(ids) == 0 {
			return err
		}
		all, err := Products(tx, 0, "en", ids...)
		products = slices.DeleteFunc(all, func(p Product) bool { return !Matches(p.Text.Folded+" "+Fold(p.Slug), text) })
		return err
	})
	return products, err
}

// BySlug is one product in a language.
func BySlug(tx db.Tx, slug, language string) (Product, error) {
	id, err := productID(tx, slug)
	if err != nil {
		return Product{}, err
	}
	products, err := Products(tx, 0, language, id)
	if err == nil && len(products) == 0 {
		err = fault.New(fault.NotFound, "fault.product")
	}
	if err != nil {
		return Product{}, err
	}
	return products[0], nil
}
