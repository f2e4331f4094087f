package admin

import (
	"softlaunch/models/document"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

var bookWords = map[string]string{
	document.BookDocuments: "Invoices and credit notes, a row for each rate of tax", document.BookTotals: "Totals by market and rate of tax",
	document.BookMoney: "Payments and refunds",
}

// NewExportsPage asks which book of which period is wanted.
func NewExportsPage(frame Frame, markets []market.Market, f document.Period, faults map[string]string) SectionsPage {
	frame.Faulty = len(faults) > 0
	all := make([]components.Option, len(markets))
	for i, m := range markets {
		all[i] = components.Option{Value: m.Code, Text: country(m)}
	}
	day := func(name, label, value string) Entry {
		return entry(components.Field{Name: name, Label: label, Type: "date", Value: value, MaxLength: 10}, faults)
	}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "For bookkeeping",
		Notes: []string{"Days are each market's own, both included. Amounts that go back are below zero. What is taken out is in the trail."},
		Form: &Form{Action: "/admin/exports", Button: "Export as CSV", Fields: []Entry{
			entry(components.Field{Name: "book", Label: "What", Value: f.Book, Options: optionsOf(document.Books, bookWords)}, faults),
			entry(components.Field{Name: "market", Label: "Market", Value: f.Market, Optional: "optional", Prompt: "All markets", Options: all}, faults),
			day("from", "From", string(f.From)), day("to", "To", string(f.To))}}}}}
}
