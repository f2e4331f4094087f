package admin

import (
	"strconv"

	"softlaunch/models/catalog"
	"softlaunch/models/money"
	"softlaunch/views/components"
)

// RangePage lists and prices many products of a market at once.
type RangePage struct {
	Frame
	Action, Currency string
	May              bool
	Products         []RangeRow
	Limits           []Entry
	Faults           []components.Link
}

// RangeRow is a product. URL leads to its listing in the market.
type RangeRow struct {
	Slug, Name, URL string
	Listed, Ticked  bool
	Variants        []RangeVariant
}

// RangeVariant is a variant with the field of its price.
type RangeVariant struct {
	SKU, Now string
	Field    components.Field
}

// NewRangePage shows what a market lists and could list; f and faults are those of the form.
func NewRangePage(frame Frame, r catalog.Range, f catalog.RangeForm, faults map[string]string, may bool) RangePage {
	m := r.Market
	frame.Title, frame.Faulty = "Listings and prices in "+country(m), len(faults) > 0
	p := RangePage{Frame: frame, Action: "/admin/markets/" + m.Code + "/listings", Currency: m.Currency, May: may}
	for _, product := range r.Products {
		row := RangeRow{Slug: product.Slug, Name: product.Text.Name, URL: "/admin/products/" + product.Slug + "/listings/" + m.Code, Listed: r.Listed[product.ID]}
		for _, slug := range f.Slugs {
			row.Ticked = row.Ticked || slug == product.Slug
		}
		for _, v := range product.Variants {
			row.Variants = append(row.Variants, rangeVariant(r, v, f, faults))
		}
		p.Products = append(p.Products, row)
	}
	limit := func(name, label, value string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, InputMode: "numeric", MaxLength: 4}, faults)
	}
	p.Limits = []Entry{limit("limit_order", "Most per order", f.Listing.LimitOrder), limit("limit_buyer", "Most per buyer", f.Listing.LimitBuyer),
		limit("test_limit_order", "Most per order in test", f.Listing.TestLimitOrder), limit("test_limit_buyer", "Most per buyer in test", f.Listing.TestLimitBuyer)}
	p.Faults = p.faults(faults)
	return p
}

func rangeVariant(r catalog.Range, v catalog.Variant, f catalog.RangeForm, faults map[string]string) RangeVariant {
	name := "amount." + v.SKU
	row := RangeVariant{SKU: v.SKU, Now: "no price", Field: components.Field{Name: name, Label: "Price of " + v.SKU, Value: f.Amounts[v.SKU], InputMode: "decimal", MaxLength: 15}}
	if price, priced := r.Prices[v.ID]; priced {
		row.Now = english.Money(money.Of(price.Amount, price.Currency))
	}
	if key := faults[name]; key != "" {
		row.Field.Error = say(key)
	}
	return row
}

func (p RangePage) faults(faults map[string]string) []components.Link {
	var links []components.Link
	if key := faults["slugs"]; key != "" {
		links = append(links, components.Link{Text: say(key), URL: "#main"})
	}
	for _, row := range p.Products {
		for _, v := range row.Variants {
			if v.Field.Error != "" {
				links = append(links, components.Link{Text: v.Field.Label + ": " + v.Field.Error, URL: "#" + v.Field.Name})
			}
		}
	}
	return append(links, Form{Fields: p.Limits}.faults()...)
}

func (r RangeRow) span() string { return strconv.Itoa(max(1, len(r.Variants))) }
