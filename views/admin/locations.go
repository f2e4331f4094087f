package admin

import (
	"cmp"
	"strings"

	"softlaunch/models/inventory"
	"softlaunch/views/components"
)

// NewLocationsPage lists where goods are kept, with a form that adds a location for who may.
func NewLocationsPage(frame Frame, all []inventory.LocationRow, f inventory.LocationForm, faults map[string]string, may bool) SectionsPage {
	frame.Faulty = len(faults) > 0
	t := &Table{Label: "Locations", Heads: heads("Name", "Code", "Serves", "Variants>", "Units on hand>")}
	for _, l := range all {
		row := cells(l.Name, l.Code, serves(l), count(l.Variants), count(l.Units))
		row[0].URL = "/admin/stock/locations/" + l.Code
		t.Rows = append(t.Rows, row)
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "All locations", Table: t, Empty: "There is no location yet.",
		Notes: []string{"Which locations serve a market, nearest first, is said in that market's settings."}}}}
	if may {
		p.Sections = append(p.Sections, Section{Title: "Add a location", Form: &Form{Action: "/admin/stock/locations", Button: "Add location", Fields: []Entry{
			entry(components.Field{Name: "code", Label: "Code", Value: f.Code, MaxLength: 30, Autocomplete: "off", Hint: "Small letters, figures and hyphens, like porto. It can't be changed."}, faults),
			entry(components.Field{Name: "name", Label: "Name", Value: f.Name, MaxLength: 60, Autocomplete: "off"}, faults),
		}}})
	}
	return p
}

// serves names the markets that a location serves.
func serves(l inventory.LocationRow) string {
	return cmp.Or(strings.ToUpper(strings.Join(l.Markets, ", ")), "no market")
}

// LocationForm is what was typed about a location, and what was wrong with it.
type LocationForm struct {
	Name   string
	Tally  inventory.Tally
	Faults map[string]string
}

// NewLocationPage shows a location, with forms that rename it and count goods for who may.
func NewLocationPage(frame Frame, l inventory.LocationRow, variants []inventory.Kept, f LocationForm, may bool) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	base := "/admin/stock/locations/" + l.Code
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Location", Rows: []components.Row{
		{Name: "Code", Value: l.Code}, {Name: "Serves", Value: serves(l)}, {Name: "Variants", Value: count(l.Variants)}, {Name: "Units on hand", Value: count(l.Units)},
	}}}}
	if !may {
		return p
	}
	options := make([]components.Option, len(variants))
	for i, v := range variants {
		options[i] = components.Option{Value: v.SKU, Text: v.Product + " (" + v.SKU + ")"}
	}
	return withSections(p, Section{Title: "Count goods here", Form: &Form{Action: base + "/counts", Button: "Save count", Fields: []Entry{
		entry(components.Field{Name: "sku", Label: "Variant", Value: f.Tally.SKU, Prompt: "Choose", Options: options}, f.Faults),
		entry(components.Field{Name: "quantity", Label: "Units on hand", Value: f.Tally.Quantity, InputMode: "numeric", MaxLength: 7, Hint: "With those that orders hold."}, f.Faults),
		entry(components.Field{Name: "reason", Label: "Why", Value: f.Tally.Reason, MaxLength: 200}, f.Faults),
	}}}, Section{Title: "Rename", Form: &Form{Action: base, Button: "Save name", Quiet: true, Fields: []Entry{
		entry(components.Field{Name: "name", Label: "Name", Value: f.Name, MaxLength: 60, Autocomplete: "off"}, f.Faults),
	}}})
}
