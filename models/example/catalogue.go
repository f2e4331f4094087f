package example

import (
	"fmt"
	"slices"
	"strings"

	"softlaunch/models/catalog"
)

// catalogue writes categories, products, variants and pictures with their texts.
func (w *writer) catalogue() error {
	for i, c := range categories {
		row := catalog.Category{Slug: c.slug, Tint: c.tint, Position: i + 1}
		if err := w.tx.Gorm().Create(&row).Error; err != nil {
			return err
		}
		w.categories[c.slug] = row.ID
		for _, language := range languages {
			text := w.words[language].Categories[c.slug]
			if err := w.tx.Gorm().Create(&catalog.CategoryText{CategoryID: row.ID, Language: language, Name: text.Name, Line: text.Line}).Error; err != nil {
				return err
			}
		}
	}
	for i, g := range goods {
		if err := w.product(i+1, g); err != nil {
			return fmt.Errorf("example: %s: %w", g.slug, err)
		}
	}
	return w.colours()
}

func (w *writer) product(position int, g good) error {
	product := catalog.Product{Slug: g.slug, CategoryID: w.categories[g.category], Brand: "Mi", ModelNumber: "EX-" + strings.ToUpper(g.slug),
		TaxClass: "standard", Manufacturer: "Example Works Co., Ltd.", ManufacturerAddress: "1 Example Road, Haidian District, 100085 Beijing, China",
		ManufacturerContact: "safety@example.com", ResponsiblePerson: "Softlaunch Beispielhandel GmbH, Musterstraße 1, 10115 Berlin, Germany", Position: position}
	if err := w.tx.Gorm().Create(&product).Error; err != nil {
		return err
	}
	w.products[g.slug] = product.ID
	for _, language := range languages {
		if err := w.describe(product.ID, language, g); err != nil {
			return err
		}
	}
	for i, colour := range g.colours {
		if err := w.variant(product.ID, i+1, colour, g); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) describe(productID int64, language string, g good) error {
	t := w.words[language].Products[g.slug]
	category := w.words[language].Categories[g.category].Name
	text := catalog.ProductText{ProductID: productID, Language: language, Name: t.Name, Line: t.Line, Story: t.Story, Specs: t.Specs,
		Box: t.Box, Questions: t.Questions, DataNote: t.Data, Warnings: t.Warnings, Disposal: t.Disposal,
		Folded: catalog.Fold(strings.Join([]string{t.Name, t.Line, category, t.Story}, " "))}
	return w.tx.Gorm().Create(&text).Error
}

func (w *writer) variant(productID int64, position int, colour string, g good) error {
	variant := catalog.Variant{ProductID: productID, SKU: sku(g.slug, colour), Colour: colour, WeightGrams: g.grams,
		UNNumber: g.un, MilliwattHours: g.milliwattHours, Position: position}
	if err := w.tx.Gorm().Create(&variant).Error; err != nil {
		return err
	}
	w.variants[variant.SKU] = variant.ID
	for view := range g.views[colour] {
		picture := catalog.Picture{VariantID: variant.ID, File: fmt.Sprintf("%s-%s-%d.svg", g.slug, colour, view+1), Position: view + 1}
		if err := w.tx.Gorm().Create(&picture).Error; err != nil {
			return err
		}
		for _, language := range languages {
			alt := w.words[language].Products[g.slug].Alt
			if err := w.insert("picture_texts", "picture_id, language, alt", picture.ID, language, alt[min(view, len(alt)-1)]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) colours() error {
	for _, language := range languages {
		for _, colour := range sortedKeys(w.words[language].Colours) {
			if err := w.insert("colour_texts", "colour, language, name", colour, language, w.words[language].Colours[colour]); err != nil {
				return err
			}
		}
	}
	return nil
}

// insert writes a row of a table that has no struct of its own.
func (w *writer) insert(table, columns string, values ...any) error {
	_, err := w.tx.Exec("INSERT INTO "+table+" ("+columns+") VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", values...)
	return err
}

func sku(slug, colour string) string { return strings.ToUpper(slug + "-" + colour) }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
