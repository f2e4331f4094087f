package shop

import (
	"strconv"
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// notesOf are what the law wants beside a product: safety and manufacturer (Regulation (EU) 2023/988, art. 19), battery,
// disposal (Regulation (EU) 2023/1542), and what a connected product records (Regulation (EU) 2023/2854, art. 3).
func notesOf(f layouts.Frame, m market.Market, p catalog.Product, v catalog.Variant) []Note {
	notes := []Note{{Icon: "shield", Title: f.T("product.safety"), Text: paragraphs(p.Text.Warnings), Rows: makerOf(f, m, p)}}
	if v.UNNumber != "" {
		notes = append(notes, batteryNote(f, v))
	}
	if p.Text.Disposal != "" {
		notes = append(notes, Note{Icon: "bin", Title: f.T("product.disposal"), Text: paragraphs(p.Text.Disposal)})
	}
	if p.Text.DataNote != "" {
		notes = append(notes, Note{Icon: "document", Title: f.T("product.data"), Text: paragraphs(p.Text.DataNote)})
	}
	return notes
}

// makerOf says who made the product and who answers for it.
func makerOf(f layouts.Frame, m market.Market, p catalog.Product) []components.Row {
	fields := []components.Row{
		{Name: f.T("product.model"), Value: p.ModelNumber},
		{Name: f.T("product.manufacturer"), Value: p.Manufacturer},
		{Name: f.T("product.address"), Value: p.ManufacturerAddress},
		{Name: f.T("product.contact"), Value: p.ManufacturerContact},
	}
	if m.ProductSafety {
		fields = append(fields, components.Row{Name: f.T("product.responsible"), Value: p.ResponsiblePerson})
	}
	var known []components.Row
	for _, field := range fields {
		if field.Value != "" {
			known = append(known, field)
		}
	}
	return known
}

func batteryNote(f layouts.Frame, v catalog.Variant) Note {
	note := Note{Icon: "charger", Title: f.T("product.battery"), Rows: []components.Row{{Name: f.T("product.battery_un"), Value: "UN " + v.UNNumber}}}
	if v.MilliwattHours > 0 {
		note.Rows = append(note.Rows, components.Row{Name: f.T("product.battery_energy"), Value: wattHours(f, v.MilliwattHours)})
	}
	if v.UNNumber == market.LooseLithium {
		note.Text = []string{f.T("product.battery_loose")}
	}
	return note
}

// wattHours writes an energy: "18.5 Wh", "0,16 Wh".
func wattHours(f layouts.Frame, milli int) string {
	return f.Decimal(strconv.FormatFloat(float64(milli)/1000, 'f', -1, 64)) + "\u00a0Wh"
}

func paragraphs(text string) []string {
	var found []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			found = append(found, part)
		}
	}
	return found
}
