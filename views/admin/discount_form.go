package admin

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/catalog"
	"softlaunch/models/discount"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// discountForm asks for a discount; a used one's code and worth are not asked for.
func discountForm(r catalog.Range, f DiscountForm, used bool) *Form {
	m := r.Market
	form := &Form{Wide: true}
	free := func(name, label, value, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, Optional: "optional", Autocomplete: "off", MaxLength: 40}, f.Faults)
	}
	if !used {
		kinds := make([]components.Option, len(discount.Kinds))
		for i, kind := range discount.Kinds {
			kinds[i] = components.Option{Value: string(kind), Text: discountKinds[string(kind)]}
		}
		form.Fields = []Entry{
			free("code", "Code", f.Code, "3 to 30 letters and figures, read in any case. Empty: it applies by itself."),
			entry(components.Field{Name: "kind", Label: "What it takes off", Value: f.Kind, Options: kinds}, f.Faults),
			free("value", "How much", f.Value, "Per cent, like 10 or 7.5, or an amount in "+m.Currency+". Of delivery, empty is all of it."),
		}
	}
	form.Fields = append(form.Fields, free("minimum", "From goods of", f.Minimum, "In "+m.Currency+", before discounts, of the goods it is for. Empty: from the first."))
	form.Fields = append(form.Fields, nameEntries(form, m, f)...)
	form.Fields = append(form.Fields, grouped("When", moment(components.Field{Name: "begins_at", Label: "Begins", Value: f.Begins.Local, Hint: "In the market's own time. Empty: now.", Optional: "optional"}, f.Faults, string(f.Begins.Fold)),
		moment(components.Field{Name: "ends_at", Label: "Ends", Value: f.Ends.Local, Hint: "Empty: until further notice.", Optional: "optional"}, f.Faults, string(f.Ends.Fold)))...)
	form.Fields = append(form.Fields, grouped("How often", free("uses_allowed", "Uses in all", f.UsesAllowed, "Empty: no limit."),
		free("uses_buyer", "Uses for each buyer", f.UsesBuyer, "Counted by e-mail address and by delivery address. Empty: no limit."),
		box("combinable", "Together with other discounts", "Without this it stands alone, and the buyer gets whichever comes to less.", f.Combinable, f.Faults))...)
	form.Fields = append(form.Fields, grouped("For which goods: none ticked is all", goodsEntries(r, f)...)...)
	return form
}

func nameEntries(form *Form, m market.Market, f DiscountForm) []Entry {
	entries := make([]Entry, len(m.Languages))
	for i, l := range m.Languages {
		form.Hidden = append(form.Hidden, Hidden{"language", l.Language})
		field := components.Field{ID: "name-" + l.Language, Name: "name", Label: "Name in " + languageNames[l.Language], Value: f.Names[l.Language], MaxLength: 100,
			Hint: "Buyers read it in the cart, on the order and in mails."}
		var faults map[string]string
		if f.Names[l.Language] == "" {
			faults = map[string]string{"name": f.Faults["names"]}
		}
		entries[i] = entry(field, faults)
	}
	return grouped("Names", entries...)
}

func goodsEntries(r catalog.Range, f DiscountForm) []Entry {
	var kinds, goods []Box
	for _, c := range r.Categories {
		kinds = append(kinds, Box{Name: "category", Value: c.Slug, Label: c.Name, Ticked: slices.Contains(f.Categories, c.Slug)})
	}
	for _, p := range r.Products {
		goods = append(goods, Box{Name: "product", Value: p.Slug, Label: p.Text.Name, Ticked: slices.Contains(f.Products, p.Slug)})
	}
	return []Entry{boxes("categories", "Categories", "", f.Faults, kinds...), boxes("products", "Products", "", f.Faults, goods...)}
}

// typedPercent is parts per million as a percentage that the form reads.
func typedPercent(ppm int64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatInt(ppm/10_000, 10)+"."+strconv.FormatInt(10_000+ppm%10_000, 10)[1:], "0"), ".")
}

// trialSections try a discount on goods.
func trialSections(base string, d discount.Made, r catalog.Range, trial DiscountTrial) []Section {
	ask := Section{Title: "Try it on a cart", Notes: []string{"What a buyer of whom nothing is known would pay. One that is planned is tried as of its beginning."},
		Form: &Form{Action: base + "/trial", Button: "Try it", Quiet: true, Fields: []Entry{entry(components.Field{Name: "goods", Label: "One in a line: SKU; units", Value: trial.Goods, Lines: 4,
			MaxLength: 2000, Hint: "Like MI-BAND-BLACK; 2"}, trial.Faults)}}}
	if trial.View == nil {
		return []Section{ask}
	}
	goods := &Table{Label: "Cart", Heads: heads("Goods", "Units>", "Amount>", "Discount>", "Note")}
	counted := 0
	for _, l := range trial.View.Lines {
		name := strings.TrimSuffix(productName(r, l.Product.Slug, l.Product.Text.Name)+", "+l.Variant.SKU, ", ")
		row := cells(name, count(l.Quantity), sum(l.Amount(), d.Market.Currency), "", "")
		if l.Problem.Key == "" {
			row[3].Text = sum(-trial.View.Totals.LineDiscount[counted], d.Market.Currency)
			counted++
		} else {
			row[4].Text = "not counted: can't be had"
		}
		goods.Rows = append(goods.Rows, row)
	}
	return []Section{ask, {Title: "Such a cart", Table: goods}, {Title: "What it costs", Rows: trialRows(d, *trial.View)}}
}

func trialRows(d discount.Made, view cart.View) []components.Row {
	in := func(minor int64) string { return sum(minor, d.Market.Currency) }
	rows := []components.Row{{Name: "Goods", Value: in(view.Totals.Lines)}, {Name: "Delivery", Value: in(view.Totals.Delivery)}}
	for _, t := range view.Discount.Taken {
		rows = append(rows, components.Row{Name: components.Discount(t.Name(view.Store), t.Code), Value: in(-t.Off)})
	}
	if !d.Market.TaxIncluded {
		rows = append(rows, components.Row{Name: "Tax", Value: in(view.Totals.Tax)})
	}
	rows = append(rows, components.Row{Name: "Total", Value: in(view.Totals.Total)})
	if c := view.Discount.Coupon; c.Problem.Key != "" {
		f := c.Fault(d.Market.Currency)
		rows = append(rows, components.Row{Name: c.Code, Value: english.T(f.Key, "Minimum", in(c.Problem.Minimum), "Missing", in(c.Problem.Missing), "When", when(c.Problem.Next, d.Market))})
	}
	return rows
}
