package admin

import (
	"errors"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// HandForm is an order as a member of staff typed it. Goods are lines of a SKU and how many; Supplements is the number of the
// order that it adds goods to, "" for none.
type HandForm struct {
	Store, Goods, Supplements string
	Details                   cart.Details
	Faults                    map[string]string
}

// NewStoreChoice asks in which store an order by hand is placed.
func NewStoreChoice(frame Frame, markets []market.Market) SectionsPage {
	section := Section{Title: "Where does the buyer order?", Notes: []string{"Prices, delivery, tax and the language of the mails are the store's."}}
	for _, m := range markets {
		for _, store := range m.Stores() {
			section.Links = append(section.Links, components.Link{Text: country(m) + ", " + languageNames[store.Language], URL: "/admin/orders/new?store=" + store.Path()})
		}
	}
	return SectionsPage{Frame: frame, Sections: []Section{section}}
}

// NewHandPage asks what is ordered and where to.
func NewHandPage(frame Frame, store market.Store, methods []market.DeliveryMethod, f HandForm) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	options := make([]components.Option, len(methods))
	for i, m := range methods {
		options[i] = components.Option{Value: m.Code, Text: m.Name}
	}
	fields := []Entry{entry(components.Field{Name: "goods", Label: "Goods", Value: f.Goods, Lines: 4, MaxLength: 4000, Hint: "One in a line: SKU and how many, like MI-BAND-BLACK 2."}, f.Faults),
		entry(components.Field{Name: "email", Label: "E-mail", Value: f.Details.Email, Type: "email", MaxLength: 254, Autocomplete: "off"}, f.Faults)}
	fields = append(fields, addressEntries(store.Market, f.Details, f.Faults)...)
	fields = append(fields, entry(components.Field{Name: "delivery", Label: "Delivery", Value: f.Details.Delivery, Options: options}, f.Faults))
	if f.Faults["payment"] != "" {
		fields = append(fields, entry(components.Field{Name: "payment", Label: "Payment by transfer", Value: "transfer", Options: []components.Option{{Value: "transfer", Text: "Bank transfer"}}}, f.Faults))
	}
	notes := []string{country(store.Market) + ", in " + languageNames[store.Language] + ". It is decided and priced like any order and paid by bank transfer."}
	if f.Supplements != "" {
		notes = append(notes, "It adds goods to "+f.Supplements+" as an order of its own: what was sold stays as it was sold.")
	}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "What and where to", Notes: notes, Form: &Form{Action: "/admin/orders/new", Button: "See the total", Wide: true, Fields: fields,
		Hidden: []Hidden{{Name: "store", Value: f.Store}, {Name: "supplements", Value: f.Supplements}}}}}}
}

// addressEntries ask for an address of a market.
func addressEntries(m market.Market, d cart.Details, faults map[string]string) []Entry {
	text := func(name, label, value, optional string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, MaxLength: 100, Autocomplete: "off", Optional: optional}, faults)
	}
	entries := []Entry{text("name", "Name", d.Name, ""), text("line1", "Street and number", d.Line1, ""), text("line2", "More", d.Line2, "optional"),
		text("postal_code", "Postcode", d.PostalCode, ""), text("city", "Town", d.City, "")}
	if m.RegionKind != "none" {
		entries = append(entries, text("region", "Code of the "+m.RegionKind, d.Region, ""))
	}
	return append(entries, text("phone", "Telephone", d.Phone, "optional"))
}

// AddressForm is where an order is to go instead.
type AddressForm struct {
	Details cart.Details
	Reason  string
	Faults  map[string]string
}

// NewAddressPage changes where an order goes.
func NewAddressPage(frame Frame, o order.Order, m market.Market, f AddressForm) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	fields := append(addressEntries(m, f.Details, f.Faults), entry(components.Field{Name: "reason", Label: "Why", Value: f.Reason, MaxLength: 500}, f.Faults))
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Where it goes", Form: &Form{Action: "/admin/orders/" + o.Number + "/address", Button: "Change the address", Wide: true, Fields: fields}}}}
}

// NewDraftPage shows an order by hand as it will be placed; problem is what stood in its way.
func NewDraftPage(frame Frame, token string, r order.Review, supplements, problem string) SectionsPage {
	frame.Faulty = problem != ""
	m, t := r.View.Store.Market, r.View.Totals
	table := &Table{Label: "Goods", Heads: heads("Goods", "SKU", "Units>", "Amount>")}
	for _, l := range r.View.Lines {
		name := Cell{Text: strings.TrimSuffix(l.Product.Text.Name+", "+l.Variant.ColourName, ", ")}
		if l.Problem.Key != "" {
			var refused *fault.Error
			if errors.As(l.Problem.Fault(), &refused) {
				name.More = Explain(refused)
			}
		}
		table.Rows = append(table.Rows, []Cell{name, {Text: l.Variant.SKU}, {Text: count(l.Quantity)}, {Text: sum(l.Amount(), m.Currency)}})
	}
	rows := []components.Row{{Name: "Goods", Value: sum(t.Lines, m.Currency)}}
	if t.Discount > 0 {
		rows = append(rows, components.Row{Name: "Discounts", Value: "-" + sum(t.Discount, m.Currency)})
	}
	if r.View.Delivery != nil {
		rows = append(rows, components.Row{Name: r.View.Delivery.Method.Name, Value: sum(t.Delivery, m.Currency) + ", arrives " + english.DateRange(r.View.Delivery.From, r.View.Delivery.To)})
	}
	for _, tax := range t.Taxes {
		rows = append(rows, components.Row{Name: tax.Name + " " + english.Rate(tax.PPM), Value: sum(tax.Amount, m.Currency)})
	}
	d := r.Details
	rows = append(rows, components.Row{Name: "Total", Value: sum(t.Total, m.Currency)},
		components.Row{Name: "Goes to", Value: strings.Join([]string{d.Name, d.Line1, d.PostalCode + " " + d.City}, ", ")}, components.Row{Name: "Confirmation to", Value: d.Email})
	form := &Form{Action: "/admin/orders/new/" + token, Button: "Place the order for " + sum(t.Total, m.Currency), Error: problem, Hidden: []Hidden{{Name: "store", Value: r.View.Store.Path()},
		{Name: "supplements", Value: supplements}, {Name: "idempotency_key", Value: d.IdempotencyKey}, {Name: "total", Value: id(t.Total)}}}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Goods", Table: table}, {Title: "Order", Rows: rows, Form: form}}}
}
