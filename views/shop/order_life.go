package shop

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/market"
	amount "softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// OrderPart is a parcel, a return or money that goes back: what it is, what is in it and how it stands.
type OrderPart struct {
	Title string
	Goods []string
	Text  []string
	Link  components.Link
}

// parcels are the order's parcels, the newest first.
func parcels(f layouts.Frame, m market.Market, o order.Order) []OrderPart {
	var parts []OrderPart
	for _, s := range slices.Backward(o.Shipments) {
		p := OrderPart{Title: f.T("order.parcel.sent", "Carrier", s.Carrier, "Date", f.Date(s.At, m.Location()))}
		for _, l := range s.Lines {
			p.Goods = append(p.Goods, unitsOf(o, l.OrderLineID, l.Quantity))
		}
		if s.Tracking != "" {
			p.Text = append(p.Text, f.T("order.next.tracking", "Tracking", s.Tracking))
		}
		if s.DeliveredOn != "" {
			p.Text = append(p.Text, f.T("order.parcel.delivered", "Date", f.Date(s.DeliveredOn.Noon(m.Location()), m.Location())))
		}
		if s.URL != "" {
			p.Link = components.Link{Text: f.T("order.parcel.follow"), URL: s.URL}
		}
		parts = append(parts, p)
	}
	return parts
}

// unitsOf are units of a line in words: "2 × Mi Band, Black".
func unitsOf(o order.Order, lineID int64, quantity int) string {
	for _, l := range o.Lines {
		if l.ID == lineID {
			return strconv.Itoa(quantity) + " × " + strings.TrimSuffix(l.Name+", "+l.Colour, ", ")
		}
	}
	return ""
}

// comebacks are the order's returns, the newest first.
func comebacks(f layouts.Frame, o order.Order) []OrderPart {
	var parts []OrderPart
	for _, r := range slices.Backward(o.Returns) {
		p := OrderPart{Title: f.T("return.reason." + r.Reason), Text: []string{f.T("order.return." + string(r.State))}}
		for _, l := range r.Lines {
			p.Goods = append(p.Goods, unitsOf(o, l.OrderLineID, l.Quantity))
		}
		if r.Answer != "" {
			p.Text = append(p.Text, r.Answer)
		}
		parts = append(parts, p)
	}
	return parts
}

// moneyBack is what was credited, the newest first, and how far its money has come.
func moneyBack(f layouts.Frame, m market.Market, o order.Order) []OrderPart {
	var parts []OrderPart
	for _, c := range slices.Backward(o.Credits) {
		p := OrderPart{Title: f.Money(amount.Of(c.TotalAmount, o.Currency)), Goods: creditedFor(f, o, c)}
		for _, r := range o.Refunds {
			if r.CreditID == nil || *r.CreditID != c.ID {
				continue
			}
			sum := f.Money(amount.Of(r.Amount, o.Currency))
			if r.State == "done" {
				p.Text = append(p.Text, f.T("order.credit.done", "Sum", sum, "Date", f.Date(r.DoneAt, m.Location())))
			} else {
				p.Text = append(p.Text, f.T("order.credit.due", "Sum", sum))
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// creditedFor says what a credit is for.
func creditedFor(f layouts.Frame, o order.Order, c order.Credit) []string {
	if c.TotalAmount == o.TotalAmount {
		return []string{f.T("order.credit.all")}
	}
	var texts []string
	off := false
	for _, l := range c.Lines {
		if off = off || l.Quantity == 0; l.Quantity > 0 {
			texts = append(texts, unitsOf(o, l.OrderLineID, l.Quantity))
		}
	}
	if off {
		texts = append(texts, f.T("order.credit.amount"))
	}
	if c.DeliveryAmount > 0 && !off {
		texts = append(texts, f.T("order.credit.delivery"))
	}
	return texts
}

// ways lead to what the buyer can do with the order.
func ways(f layouts.Frame, o order.Order) []components.Link {
	var links []components.Link
	if o.Cancellable() {
		links = append(links, components.Link{Text: f.T("order.cancel"), URL: f.To("/orders/" + o.Token + "/cancellation")})
	}
	if o.Returnable() {
		links = append(links, components.Link{Text: f.T("order.return.ask"), URL: f.To("/orders/" + o.Token + "/returns")})
	}
	return links
}

// CancelPage asks once more whether an order is to be cancelled.
type CancelPage struct {
	layouts.Frame
	Title, Text, Action string
	Keep                components.Link
}

// NewCancelPage asks the buyer of an order that can be cancelled.
func NewCancelPage(f layouts.Frame, o order.Order) CancelPage {
	p := CancelPage{Frame: f, Title: f.T("cancel.title", "Number", o.Number), Text: f.T("cancel.unpaid"), Action: f.To("/orders/" + o.Token + "/cancellation"),
		Keep: components.Link{Text: f.T("cancel.keep"), URL: f.To("/orders/" + o.Token)}}
	if o.State == order.Paid {
		p.Text = f.T("cancel.paid", "Sum", f.Money(amount.Of(o.TotalAmount-o.CreditedAmount(), o.Currency)))
	}
	p.Head.Title = p.Title
	return p
}

// ReturnPage takes a buyer's request to send goods back.
type ReturnPage struct {
	layouts.Frame
	Title, Action string
	Faults        []components.Link
	Fields        []components.Field
	Lines         []string // ids of the lines that the first fields are about
	Seen          string   // what had been done to the order
	Keep          components.Link
}

// ReturnForm is what was typed into it: units by line, and what was wrong.
type ReturnForm struct {
	Units           map[int64]string
	Reason, Comment string
	Faults          map[string]string
}

// NewReturnPage asks what of an order is sent back, and why.
func NewReturnPage(f layouts.Frame, store market.Store, o order.Order, typed ReturnForm) ReturnPage {
	p := ReturnPage{Frame: f, Title: f.T("return.title", "Number", o.Number), Action: f.To("/orders/" + o.Token + "/returns"),
		Keep: components.Link{Text: f.T("order.number", "Number", o.Number), URL: f.To("/orders/" + o.Token)}}
	p.Seen, p.Head.Title, p.Head.Faulty = strconv.Itoa(o.Steps()), p.Title, len(typed.Faults) > 0
	for _, l := range o.Lines {
		if l.ToReturn() < 1 {
			continue
		}
		name := strings.TrimSuffix(l.Name+", "+l.Colour, ", ")
		p.Lines = append(p.Lines, strconv.FormatInt(l.ID, 10))
		p.Fields = append(p.Fields, components.Field{ID: "units-" + strconv.FormatInt(l.ID, 10), Name: "units", Label: f.T("return.units", "Name", name, "Count", l.ToReturn()),
			Value: typed.Units[l.ID], InputMode: "numeric", MaxLength: 4, Autocomplete: "off", Optional: f.T("form.optional")})
	}
	reasons := make([]components.Option, len(order.ReturnReasons))
	for i, r := range order.ReturnReasons {
		reasons[i] = components.Option{Value: r, Text: f.T("return.reason." + r)}
	}
	p.Fields = append(p.Fields,
		components.Field{Name: "reason", Label: f.T("return.reason"), Value: typed.Reason, Prompt: f.T("return.choose"), Options: reasons},
		components.Field{Name: "comment", Label: f.T("return.comment"), Value: typed.Comment, Lines: 4, MaxLength: 1000, Optional: f.T("form.optional")})
	for i, field := range p.Fields {
		if key, faulty := typed.Faults[field.Name]; faulty && (field.Name != "units" || len(p.Faults) == 0) {
			p.Fields[i].Error = formFault(f, store, cart.Details{}, key)
			p.Faults = append(p.Faults, components.Link{Text: p.Fields[i].Error, URL: "#" + field.Anchor()})
		}
	}
	return p
}
