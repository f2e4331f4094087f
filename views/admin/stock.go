package admin

import (
	"softlaunch/models/inventory"
	"softlaunch/views/components"
)

// StockPage is what each location has.
type StockPage struct {
	Frame
	Search Search
	Rows   []StockRow
}

// StockRow is what a location has of a variant. URL leads to the form that counts it; empty for who may not.
type StockRow struct {
	Product, SKU, Location, OnHand, Held, Free, URL string
	Low                                             bool
}

// NewStockPage lists levels that match a text.
func NewStockPage(frame Frame, text string, low bool, rows []inventory.Row, may bool) StockPage {
	show := ""
	if low {
		show = "1"
	}
	p := StockPage{Frame: frame, Search: Search{Action: "/admin/stock", Label: "Name or SKU", Text: text, Narrowed: text != "" || low,
		Lists: []components.Field{list("low", "Show", "All goods", show, []components.Option{{Value: "1", Text: "Running low"}})}}}
	for _, r := range rows {
		row := StockRow{Product: r.Product, SKU: r.SKU, Location: r.LocationName, OnHand: count(r.OnHand), Held: count(r.Held), Free: count(r.Free()), Low: r.Low()}
		if may {
			row.URL = "/admin/stock/" + r.Location + "/" + r.SKU
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// NewCountPage asks for what was counted.
func NewCountPage(frame Frame, r inventory.Row, t inventory.Tally, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	return FormsPage{Frame: frame, Facts: []components.Row{
		{Name: "Product", Value: r.Product}, {Name: "Location", Value: r.LocationName}, {Name: "On hand", Value: count(r.OnHand)},
		{Name: "Held for orders", Value: count(r.Held)}, {Name: "Free", Value: count(r.Free())},
	}, Parts: []Part{{Title: "Count", Form: Form{Action: "/admin/stock/" + r.Location + "/" + r.SKU + "/counts", Button: "Save count", Fields: []Entry{
		entry(components.Field{Name: "quantity", Label: "Units on hand", Value: t.Quantity, InputMode: "numeric", MaxLength: 7, Hint: "With those that orders hold."}, faults),
		entry(components.Field{Name: "reason", Label: "Why", Value: t.Reason, MaxLength: 200}, faults),
	}}}}}
}
