package admin

import (
	"cmp"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewTaxesPage shows a market's rates of tax, and the form that sets one for who may.
func NewTaxesPage(frame Frame, r launch.Rules, now clock.Instant, f market.RateForm, faults map[string]string, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Taxes in "+country(m), len(faults) > 0
	base := "/admin/markets/" + m.Code + "/taxes"
	list := &Table{Label: "Rates", Heads: heads("Goods", "Where", "Name", "Rate>", "From", "Until", "(Do)")}
	for _, rate := range r.Rates {
		row := cells(className(r.Classes, rate.TaxClass), cmp.Or(rate.Region, "everywhere"), rate.Name, english.Rate(rate.RatePPM), when(rate.ValidFrom, m), endWords(rate.ValidTo, m), "")
		if may && rate.ValidFrom > now {
			row[6].Form = &Form{Action: base + "/" + id(rate.ID) + "/removal", Button: "Take back", Quiet: true}
		}
		list.Rows = append(list.Rows, row)
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Rates", Table: list, Links: taxLinks(r, base),
		Empty: "There is no rate yet. Prices that include tax need one for each class of goods and for delivery."}}}
	if may {
		p.Sections = append(p.Sections, Section{Title: "New rate", Notes: []string{"A new rate ends the one before it at its instant."}, Form: rateForm(base, r, f, faults)})
	}
	return p
}

func taxLinks(r launch.Rules, base string) []components.Link {
	links := []components.Link{{Text: "Import rates from a file", URL: base + "/import"}, {Text: "Classes of goods", URL: "/admin/tax-classes"}}
	if len(r.Regions) > 0 && !r.Market.TaxIncluded {
		links = append(links, components.Link{Text: "Where tax is collected (nexus)", URL: base + "/nexus"})
	}
	return links
}

func className(classes []market.TaxClass, code string) string {
	for _, c := range classes {
		if c.Code == code {
			return c.Name
		}
	}
	if code == market.DeliveryClass {
		return "Delivery"
	}
	return code
}

func classOptions(classes []market.TaxClass) []components.Option {
	options := make([]components.Option, len(classes))
	for i, c := range classes {
		options[i] = components.Option{Value: c.Code, Text: c.Name}
	}
	return options
}

func endWords(at clock.Instant, m market.Market) string {
	if at.IsZero() {
		return "no end"
	}
	return when(at, m)
}

func rateForm(action string, r launch.Rules, f market.RateForm, faults map[string]string) *Form {
	classes := append(classOptions(r.Classes), components.Option{Value: market.DeliveryClass, Text: "Delivery"})
	fields := []Entry{
		entry(components.Field{Name: "tax_class", Label: "Goods", Value: f.Class, Options: classes}, faults),
		entry(components.Field{Name: "name", Label: "Name on invoices", Value: f.Name, MaxLength: 60, Hint: "Like IVA."}, faults),
		entry(components.Field{Name: "percent", Label: "Per cent", Value: f.Percent, InputMode: "decimal", MaxLength: 8}, faults),
		moment(components.Field{Name: "valid_from", Label: "Valid from", Value: f.From.Local, Optional: "optional", Hint: "In " + r.Market.Zone + ". Empty: now."}, faults, string(f.From.Fold)),
	}
	if len(r.Regions) > 0 {
		fields = append(fields, entry(components.Field{Name: "region", Label: "Where", Value: f.Region, Optional: "optional", Prompt: "Everywhere", Options: regionOptions(r.Regions)}, faults))
	}
	return &Form{Action: action, Button: "Set rate", Fields: fields}
}

func regionOptions(regions []market.Region) []components.Option {
	options := make([]components.Option, len(regions))
	for i, r := range regions {
		options[i] = components.Option{Value: r.Code, Text: r.Name}
	}
	return options
}
