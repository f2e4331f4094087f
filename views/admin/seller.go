package admin

import (
	"cmp"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

var paperWords = map[string]string{"a4": "A4", "letter": "US Letter"}

// NewSellerPage shows who sells in a market, as its documents name him: as typed, or as he is when nothing was.
func NewSellerPage(frame Frame, r launch.Rules, typed *market.SellerForm, faults map[string]string, may bool) SectionsPage {
	frame.Title, frame.Faulty = "Seller in "+country(r.Market), len(faults) > 0
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "On invoices, credit notes and packing slips",
		Notes: []string{"What was issued keeps the seller it was issued by. Documents are kept for whole years after the one of their issue."}}}}
	if !may {
		p.Sections[0].Rows = sellerFacts(r.Seller)
		return p
	}
	f := r.Seller.FormOf()
	if r.Seller.Name == "" {
		f.Country, f.Paper, f.KeepYears = r.Market.Country, market.Papers[0], "10"
	}
	if typed != nil {
		f = *typed
	}
	form := &Form{Action: "/admin/markets/" + r.Market.Code + "/seller", Button: "Save seller", Wide: true, Fields: sellerFields(r.Market, f, faults)}
	for _, l := range r.Market.Languages {
		form.Hidden = append(form.Hidden, Hidden{"language", l.Language})
	}
	p.Sections[0].Form = form
	return p
}

func sellerFacts(s market.Seller) []components.Row {
	return []components.Row{{Name: "Seller", Value: cmp.Or(s.String(), "nobody yet")}}
}

func sellerFields(m market.Market, f market.SellerForm, faults map[string]string) []Entry {
	must := func(name, label, value, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, MaxLength: 200, Autocomplete: "off"}, faults)
	}
	may := func(name, label, value, hint string) Entry {
		e := must(name, label, value, hint)
		e.Optional = "optional"
		return e
	}
	fields := []Entry{must("name", "Name, with its legal form", f.Name, ""), must("line1", "Street", f.Line1, ""), may("line2", "More of the address", f.Line2, ""), must("postal_code", "Postcode", f.PostalCode, ""),
		must("city", "Town", f.City, ""), may("region", "State or province", f.Region, ""), must("country", "Country", f.Country, "Two letters, like PT."),
		may("email", "E-mail", f.Email, ""), may("phone", "Telephone", f.Phone, "")}
	fields = append(fields, grouped("Law", may("vat_number", "VAT number", f.VATNumber, "Needed where prices include tax."),
		may("register", "Register", f.Register, "Company register and number, SIREN, capital: what the law has the seller say of himself."),
		must("keep_years", "Years that documents are kept", f.KeepYears, "Like 6 in the United Kingdom, 8 in Germany, 10 in France."),
		entry(components.Field{Name: "paper", Label: "Paper", Value: f.Paper, Options: optionsOf(market.Papers, paperWords)}, faults))...)
	for i, l := range m.Languages {
		note := entry(components.Field{ID: "note-" + l.Language, Name: "note", Label: "Note in " + languageNames[l.Language], Value: f.Notes[l.Language], Optional: "optional", Lines: 3, MaxLength: 600,
			Hint: "Stands at the end of every document."}, nil)
		if i == 0 {
			note = entry(note.Field, faults)
		}
		fields = append(fields, note)
	}
	return fields
}
