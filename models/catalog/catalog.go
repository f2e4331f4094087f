package catalog

import (
	"slices"

	"gorm.io/gorm"

	"softlaunch/models/db"
)

// Catalog reads the catalogue.
type Catalog struct{ data *db.DB }

// New reads the catalogue of a database.
func New(data *db.DB) *Catalog { return &Catalog{data: data} }

// Categories are all categories in a language, in their order.
func Categories(tx db.Tx, language string) ([]Category, error) {
	return db.Keep(tx, keptCategories{language}, func() ([]Category, error) { return loadCategories(tx, language) })
}

type keptCategories struct{ language string }

func loadCategories(tx db.Tx, language string) ([]Category, error) {
	var categories []Category
	err := tx.Gorm().Select("categories.*, t.name AS name, t.line AS line").
		Joins("JOIN category_texts t ON t.category_id = categories.id AND t.language = ?", language).
		Order("categories.position, categories.id").Find(&categories).Error
	return categories, err
}

// Products are products in a language with their variants and pictures, in their order: those with the ids, or all that
// are listed in a market when there are no ids.
func Products(tx db.Tx, marketID int64, language string, ids ...int64) ([]Product, error) {
	if len(ids) == 0 {
		var err error
		if ids, err = listed(tx, marketID); err != nil {
			return nil, err
		}
	}
	return those(tx, language, func(p Product) bool { return slices.Contains(ids, p.ID) })
}

// those are the products in a language that fit, of the whole catalogue, which is kept.
func those(tx db.Tx, language string, fits func(Product) bool) ([]Product, error) {
	all, err := db.Keep(tx, keptProducts{language}, func() ([]Product, error) { return loadProducts(tx, language) })
	products := make([]Product, 0, len(all))
	for _, p := range all {
		if fits(p) {
			products = append(products, p)
		}
	}
	return products, err
}

type keptProducts struct{ language string }

func loadProducts(tx db.Tx, language string) ([]Product, error) {
	var products []Product
	err := tx.Gorm().Preload("Variants", func(q *gorm.DB) *gorm.DB { return q.Order("position, id") }).
		Order("products.position, products.id").Find(&products).Error
	if err != nil {
		return nil, err
	}
	return products, describe(tx, language, products)
}

type keptListed struct{ marketID int64 }

// listed are the ids of the products that a market lists.
func listed(tx db.Tx, marketID int64) ([]int64, error) {
	return db.Keep(tx, keptListed{marketID}, func() (ids []int64, err error) {
		return ids, tx.Gorm().Model(&Listing{}).Where("market_id = ?", marketID).Pluck("product_id", &ids).Error
	})
}

// describe puts the texts of a language, category and pictures onto products.
func describe(tx db.Tx, language string, products []Product) error {
	texts, err := productTexts(tx, language)
	if err != nil {
		return err
	}
	categories, err := Categories(tx, language)
	if err != nil {
		return err
	}
	byID := make(map[int64]Category, len(categories))
	for _, c := range categories {
		byID[c.ID] = c
	}
	for i := range products {
		products[i].Text = texts[products[i].ID]
		products[i].Category = byID[products[i].CategoryID]
	}
	return illustrate(tx, language, products)
}

func productTexts(tx db.Tx, language string) (map[int64]ProductText, error) {
	var texts []ProductText
	if err := tx.Gorm().Where("language = ?", language).Find(&texts).Error; err != nil {
		return nil, err
	}
	byID := make(map[int64]ProductText, len(texts))
	for _, t := range texts {
		byID[t.ProductID] = t
	}
	return byID, nil
}

// illustrate puts pictures and names of colours onto the products' variants.
func illustrate(tx db.Tx, language string, products []Product) error {
	var pictures []Picture
	err := tx.Gorm().Select("pictures.*, t.alt AS alt").
		Joins("LEFT JOIN picture_texts t ON t.picture_id = pictures.id AND t.language = ?", language).
		Order("pictures.variant_id, pictures.position").Find(&pictures).Error
	if err != nil {
		return err
	}
	views := map[int64][]Picture{}
	for _, p := range pictures {
		views[p.VariantID] = append(views[p.VariantID], p)
	}
	colours, err := colourNames(tx, language)
	if err != nil {
		return err
	}
	for i := range products {
		for j := range products[i].Variants {
			v := &products[i].Variants[j]
			v.Pictures, v.ColourName = views[v.ID], colours[v.Colour]
		}
	}
	return nil
}

func colourNames(tx db.Tx, language string) (map[string]string, error) {
	rows, err := tx.Query("SELECT colour, name FROM colour_texts WHERE language = ?", language)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]string{}
	for rows.Next() {
		var colour, name string
		if err := rows.Scan(&colour, &name); err != nil {
			return nil, err
		}
		names[colour] = name
	}
	return names, rows.Err()
}

// VariantBySKU finds a variant and its product's id; found is false for an unknown SKU.
func VariantBySKU(tx db.Tx, sku string) (v Variant, found bool, err error) {
	all, err := variants(tx)
	v, found = all.bySKU[sku]
	return v, found, err
}

// Siblings are the ids of all variants of a product.
func Siblings(tx db.Tx, productID int64) ([]int64, error) {
	all, err := variants(tx)
	return slices.Clone(all.ofProduct[productID]), err
}

// allVariants are the catalogue's variants, kept until one of them changes.
type allVariants struct {
	bySKU     map[string]Variant
	ofProduct map[int64][]int64 // ids, in their order
}

type keptVariants struct{}

func variants(tx db.Tx) (allVariants, error) {
	return db.Keep(tx, keptVariants{}, func() (allVariants, error) {
		var list []Variant
		err := tx.Gorm().Order("position, id").Find(&list).Error
		all := allVariants{bySKU: make(map[string]Variant, len(list)), ofProduct: map[int64][]int64{}}
		for _, v := range list {
			all.bySKU[v.SKU] = v
			all.ofProduct[v.ProductID] = append(all.ofProduct[v.ProductID], v.ID)
		}
		return all, err
	})
}

// ProductsOf are the products of variants in a language, with all their variants.
func ProductsOf(tx db.Tx, language string, variantIDs []int64) ([]Product, error) {
	return those(tx, language, func(p Product) bool {
		return slices.ContainsFunc(p.Variants, func(v Variant) bool { return slices.Contains(variantIDs, v.ID) })
	})
}
