// Package catalog holds what the shop describes and lists: categories, products, their variants and pictures, the texts in
// each language, and the listings and prices that put goods into markets.
package catalog

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"softlaunch/models/clock"
)

// Category groups products; Tint names the colour of its panels.
type Category struct {
	ID       int64
	Slug     string
	Tint     string
	Position int
	Name     string `gorm:"->"`
	Line     string `gorm:"->"`
}

// CategoryText is a category in a language.
type CategoryText struct {
	CategoryID int64  `gorm:"primaryKey"`
	Language   string `gorm:"primaryKey"`
	Name       string
	Line       string
}

// Product is what is described. Its safety fields are those of Regulation (EU) 2023/988 (GPSR), article 19.
type Product struct {
	ID                  int64
	Slug                string
	CategoryID          int64
	Category            Category `gorm:"-"`
	Brand               string
	ModelNumber         string
	TaxClass            string
	Manufacturer        string
	ManufacturerAddress string
	ManufacturerContact string
	ResponsiblePerson   string
	Position            int
	Text                ProductText `gorm:"-"`
	Variants            []Variant
}

// SafetyComplete reports whether the fields that the GPSR asks to show are filled in, warnings included.
func (p Product) SafetyComplete() bool {
	return p.Manufacturer != "" && p.ManufacturerAddress != "" && p.ManufacturerContact != "" &&
		p.ResponsiblePerson != "" && p.ModelNumber != "" && p.Text.Warnings != ""
}

// Variant is the variant of this product with a SKU.
func (p Product) Variant(sku string) (Variant, bool) {
	for _, v := range p.Variants {
		if v.SKU == sku {
			return v, true
		}
	}
	return Variant{}, false
}

// ProductText is a product in a language. Story is Markdown.
type ProductText struct {
	ProductID int64  `gorm:"primaryKey"`
	Language  string `gorm:"primaryKey"`
	Name      string
	Line      string
	Story     string
	Specs     Pairs
	Box       List
	Questions Pairs
	DataNote  string // what a connected product records (Regulation (EU) 2023/2854, art. 3; UK PSTI Act 2022)
	Warnings  string
	Disposal  string
	Folded    string // what search looks in
}

// Variant is what is bought. UNNumber is 3480 for loose lithium batteries, 3481 for those with equipment, "" for none.
type Variant struct {
	ID             int64
	ProductID      int64
	SKU            string
	Colour         string
	WeightGrams    int
	UNNumber       string `gorm:"column:un_number"`
	MilliwattHours int
	Position       int
	ColourName     string    `gorm:"-"`
	Pictures       []Picture `gorm:"-"`
}

// Picture is a view of a variant; File is its name under static/pictures.
type Picture struct {
	ID        int64
	VariantID int64
	File      string
	Position  int
	Alt       string `gorm:"->"`
}

// Listing is a product in a market. Limits of 0 mean none; they count all the product's variants together.
type Listing struct {
	MarketID       int64 `gorm:"primaryKey"`
	ProductID      int64 `gorm:"primaryKey"`
	VisibleFrom    clock.Instant
	OnSaleFrom     clock.Instant
	EndsAt         clock.Instant
	LimitOrder     int
	LimitBuyer     int
	TestLimitOrder int
	TestLimitBuyer int
}

// Price is what a variant costs in a market in [ValidFrom, EndsAt). Of those that hold at an instant the last to begin
// counts. Amount is in minor units and includes tax where the market's prices do.
type Price struct {
	ID        int64
	MarketID  int64
	VariantID int64
	Amount    int64
	Currency  string
	ValidFrom clock.Instant
	EndsAt    clock.Instant
}

// List is a list of texts, kept as a JSON array.
type List []string

// Pairs are pairs of texts (name and value, question and answer), kept as a JSON array of arrays.
type Pairs [][2]string

// Scan reads a JSON array.
func (l *List) Scan(value any) error { return scanJSON(value, l) }

// Value writes a JSON array.
func (l List) Value() (driver.Value, error) { return writeJSON(l, len(l)) }

// Scan reads a JSON array.
func (p *Pairs) Scan(value any) error { return scanJSON(value, p) }

// Value writes a JSON array.
func (p Pairs) Value() (driver.Value, error) { return writeJSON(p, len(p)) }

func scanJSON(value, into any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("catalog: %T is not JSON text", value)
	}
	return json.Unmarshal([]byte(text), into)
}

func writeJSON(value any, length int) (driver.Value, error) {
	if length == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}
