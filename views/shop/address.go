package shop

import (
	"softlaunch/models/cart"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// addressOf are the address's fields in the order in which the market writes them (MARKETS §3): the postcode before the
// town in the Union, after it in Britain, after the state in the United States.
func addressOf(f layouts.Frame, m market.Market, typed cart.Details, asked Asked) AddressFields {
	city := components.Field{Name: "city", Label: f.T("field.city"), Value: typed.City, Autocomplete: "address-level2", MaxLength: 100}
	code := components.Field{Name: "postal_code", Label: f.T("field.postal_code"), Value: typed.PostalCode,
		Autocomplete: "postal-code", InputMode: postalInput(m), MaxLength: 12}
	phone := components.Field{Name: "phone", Label: f.T("field.phone"), Hint: f.T("field.phone_hint"), Value: typed.Phone, Type: "tel",
		Autocomplete: "tel", InputMode: "tel", Optional: f.T("form.optional"), MaxLength: 30}
	fields := AddressFields{First: []components.Field{
		{Name: "name", Label: f.T("field.name"), Value: typed.Name, Autocomplete: "name", MaxLength: 100},
		{Name: "line1", Label: f.T("field.line1"), Value: typed.Line1, Autocomplete: "address-line1", MaxLength: 100},
		{Name: "line2", Label: f.T("field.line2"), Value: typed.Line2, Autocomplete: "address-line2", Optional: f.T("form.optional"), MaxLength: 100},
	}, Last: []components.Field{phone}}
	switch {
	case m.RegionKind == "state":
		fields.First = append(fields.First, city)
		fields.Pair = []components.Field{code, regionField(f, m, typed, asked)}
	case m.Country == "GB":
		fields.First = append(fields.First, city)
		fields.Pair = []components.Field{code}
	default:
		fields.Pair = []components.Field{code, city}
	}
	if m.RegionKind == "province" {
		fields.Last = []components.Field{regionField(f, m, typed, asked), phone}
	}
	return fields
}

func regionField(f layouts.Frame, m market.Market, typed cart.Details, asked Asked) components.Field {
	field := components.Field{Name: "region", Label: f.T("field.region_" + m.RegionKind), Value: typed.Region,
		Autocomplete: "address-level1", Prompt: f.T("field.region_prompt")}
	for _, region := range asked.Regions {
		field.Options = append(field.Options, components.Option{Value: region.Code, Text: region.Name})
	}
	return field
}

// postalInput is the keyboard for a postcode; British ones have letters.
func postalInput(m market.Market) string {
	if m.Country == "GB" {
		return "text"
	}
	return "numeric"
}

// addressLines are an address as it stands on a parcel.
func addressLines(country string, d cart.Details) []string {
	lines := []string{d.Name, d.Line1}
	if d.Line2 != "" {
		lines = append(lines, d.Line2)
	}
	switch country {
	case "US":
		lines = append(lines, d.City+", "+d.Region+" "+d.PostalCode)
	case "GB":
		lines = append(lines, d.City, d.PostalCode)
	case "IT":
		lines = append(lines, d.PostalCode+" "+d.City+" "+d.Region)
	default:
		lines = append(lines, d.PostalCode+" "+d.City)
	}
	return lines
}
