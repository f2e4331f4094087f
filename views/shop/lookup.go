package shop

import (
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// LookupPage has the links of somebody's orders mailed, or says that they are on their way if there are any.
type LookupPage struct {
	layouts.Frame
	Title  string
	Text   []string
	Faults []components.Link
	Fields []components.Field // none once it was asked
	Action string
	Again  components.Link
}

// NewLookupPage asks for the address of the orders, filled with what was typed. Wrong maps the names of fields to messages.
func NewLookupPage(f layouts.Frame, m market.Market, typed order.Lookup, wrong map[string]string) LookupPage {
	p := LookupPage{Frame: f, Title: f.T("lookup.title"), Action: f.To("/orders/links"), Fields: []components.Field{
		{Name: "email", Label: f.T("field.email"), Value: typed.Email, Type: "email", Autocomplete: "email", InputMode: "email", MaxLength: 254},
		{Name: "order", Label: f.T("field.order"), Hint: f.T("lookup.number_hint"), Value: typed.OrderNumber, Autocomplete: "off", MaxLength: 40,
			Optional: f.T("form.optional")},
	}}
	p.Text = []string{f.T("lookup.text", "In", f.In(m)), f.T("lookup.text_more", "Months", order.LookupMonths, "Most", order.LookupMost)}
	p.Head.Title, p.Head.Faulty = p.Title, len(wrong) > 0
	for i, field := range p.Fields {
		if key, faulty := wrong[field.Name]; faulty {
			p.Fields[i].Error = f.T(key)
			p.Faults = append(p.Faults, components.Link{Text: p.Fields[i].Error, URL: "#" + field.Name})
		}
	}
	return p
}

// NewLookedUpPage says the same whether there are such orders or not.
func NewLookedUpPage(f layouts.Frame, m market.Market) LookupPage {
	p := LookupPage{Frame: f, Title: f.T("lookup.asked"), Again: components.Link{Text: f.T("lookup.again"), URL: f.To("/orders")}}
	p.Text = []string{f.T("lookup.asked_text", "Months", order.LookupMonths, "In", f.In(m)), f.T("lookup.asked_more")}
	p.Head.Title = p.Title
	return p
}
