package shop

import (
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// WithdrawalPage takes a declaration that a contract is withdrawn from, without sign-in (article 11a of Directive
// 2011/83/EU), or says that one has been received.
type WithdrawalPage struct {
	layouts.Frame
	Action   string
	Faults   []components.Link
	Fields   []components.Field
	Read     components.Link // the page about the right
	Find     components.Link // for whoever has no order number at hand
	Received bool
}

// NewWithdrawalPage asks for a declaration, filled with what was typed. Wrong maps the names of fields to messages.
func NewWithdrawalPage(f layouts.Frame, m market.Market, typed order.Withdrawal, wrong map[string]string, pages []market.Page) WithdrawalPage {
	p := WithdrawalPage{Frame: f, Action: f.To("/withdrawal"), Fields: []components.Field{
		{Name: "name", Label: f.T("field.name"), Value: typed.Name, Autocomplete: "name", MaxLength: 100},
		{Name: "order", Label: f.T("field.order"), Hint: f.T("field.order_hint"), Value: typed.OrderNumber, Autocomplete: "off", MaxLength: 40},
		{Name: "email", Label: f.T("field.email"), Hint: f.T("withdrawal.email_hint"), Value: typed.Email, Type: "email",
			Autocomplete: "email", InputMode: "email", MaxLength: 254},
	}}
	p.Head.Title, p.Head.Faulty = f.T("withdrawal.title"), len(wrong) > 0
	for i, field := range p.Fields {
		if key, faulty := wrong[field.Name]; faulty {
			p.Fields[i].Error = f.T(key, "Example", m.PostalExample)
			p.Faults = append(p.Faults, components.Link{Text: p.Fields[i].Error, URL: "#" + field.Name})
		}
	}
	p.Find = components.Link{Text: f.T("footer.orders"), URL: f.To("/orders")}
	if page := pageOf(pages, withdrawal); page.ID != 0 {
		p.Read = components.Link{Text: page.Title, URL: f.To("/pages/" + page.Slug)}
	}
	return p
}

// NewWithdrawnPage says that a declaration has been received.
func NewWithdrawnPage(f layouts.Frame) WithdrawalPage {
	p := WithdrawalPage{Frame: f, Received: true, Read: components.Link{Text: f.T("error.home"), URL: f.To("/")}}
	p.Head.Title = f.T("withdrawal.received")
	return p
}
