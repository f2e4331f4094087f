package admin

import (
	"slices"
	"strings"

	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/views/components"
)

// OrderPage is one order: what it is at the left, what happened to it at the right, and what can be done.
type OrderPage struct {
	Frame
	State    components.State
	Facts    []components.Row
	Lines    []OrderLine
	Totals   components.Totals
	Address  []string
	Payments []components.Row
	Refunds  []Refund
	History  []Event
	// Documents are its invoice, its credit notes, and what goes into its parcels.
	Documents []components.Link
	Life      []Section // parcels, returns and credits
	Paid      *Form     // mark the transfer as paid
	Pack      *Form
	Ship      *Form
	Cancel    *Form
	Links     []components.Link // what else can be done
	Former    []string          // addresses before the present one
	Related   []components.Link // supplements, or the order that this one supplements
}

// OrderLine is goods of an order.
type OrderLine struct{ Name, SKU, Quantity, Unit, Discount, Amount string }

// Event is a line of a history.
type Event struct{ When, What, Who, Note string }

// Refund is money that goes back. Form marks it as sent, nil when it was.
type Refund struct {
	Text string
	Form *Form
}

// OrderForm is what was typed into the order page's forms, and what was wrong with it.
type OrderForm struct {
	Reason, Carrier, Tracking, Link string
	DeliveredOn, Answer, Condition  string
	Units                           map[int64]string // typed, by line
	Part                            string           // which form it was: "ship", "parcel-7", "return-3"
	Faults                          map[string]string
}

// of are the form's faults, if it is the one that was sent.
func (f OrderForm) of(part string) map[string]string {
	if f.Part != part {
		return nil
	}
	return f.Faults
}

// NewOrderPage shows an order; may says whether the reader may change it.
func NewOrderPage(frame Frame, o order.Order, m market.Market, f OrderForm, may bool) OrderPage {
	p := OrderPage{Frame: frame, State: orderState(o.State), Facts: orderFacts(o, m), Totals: orderTotals(o)}
	p.Faulty = len(f.Faults) > 0
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, OrderLine{Name: strings.TrimSuffix(l.Name+", "+l.Colour, ", "), SKU: l.SKU, Quantity: count(l.Quantity),
			Unit: sum(l.UnitAmount, o.Currency), Amount: sum(l.Amount, o.Currency)})
		if l.DiscountAmount > 0 {
			p.Lines[len(p.Lines)-1].Discount = sum(-l.DiscountAmount, o.Currency)
		}
	}
	for _, part := range []string{o.Name, o.Line1, o.Line2, o.PostalCode + " " + o.City, o.RegionName, o.Country, o.Phone} {
		if strings.TrimSpace(part) != "" {
			p.Address = append(p.Address, part)
		}
	}
	for _, pay := range o.Payments {
		p.Payments = append(p.Payments, components.Row{Name: when(pay.At, m), Value: sum(pay.Amount, pay.Currency) + " " + string(pay.State) + " (" + pay.Provider + ")"})
	}
	for _, e := range slices.Backward(o.Events) {
		p.History = append(p.History, eventOf(e, m))
	}
	p.addRefunds(o, m, may)
	p.Life = append(parcelSections(o, m, f, may), append(returnSections(o, m, f, may), creditSections(o, m)...)...)
	if may {
		p.addForms(o, f)
	}
	return p
}

func orderFacts(o order.Order, m market.Market) []components.Row {
	facts := []components.Row{
		{Name: "Market", Value: country(m) + ", store " + o.Store},
		{Name: "Placed", Value: when(o.PlacedAt, m)},
		{Name: "Phase", Value: o.Phase},
		{Name: "E-mail", Value: o.Email},
		{Name: "Payment", Value: o.Payment},
		{Name: "Delivery", Value: o.DeliveryName},
		{Name: "Promised", Value: english.DateRange(o.ArrivesFrom, o.ArrivesTo)},
	}
	if o.State == order.AwaitingPayment {
		facts = append(facts, components.Row{Name: "Held until", Value: when(o.PayBy(), m)})
	}
	if deadline := o.ReturnDeadline(m); deadline != "" {
		facts = append(facts, components.Row{Name: "Withdrawal until", Value: english.Date(deadline.Noon(m.Location()), m.Location())})
	}
	if o.RefundState != order.NotRefunded {
		facts = append(facts, components.Row{Name: "Credited", Value: refundStates[o.RefundState] + ", " + sum(o.CreditedAmount(), o.Currency)})
	}
	return facts
}

func orderTotals(o order.Order) components.Totals {
	t := components.Totals{Sum: components.Row{Name: "Total", Value: sum(o.TotalAmount, o.Currency)}, Rows: []components.Row{
		{Name: "Goods", Value: sum(o.LinesAmount, o.Currency)}, {Name: "Delivery", Value: sum(o.DeliveryAmount, o.Currency)},
	}}
	for _, d := range o.Discounts {
		t.Rows = append(t.Rows, components.Row{Name: components.Discount(d.Name, d.Code), Value: sum(-d.Amount, o.Currency)})
	}
	for _, tax := range o.Taxes {
		row := components.Row{Name: tax.Name + " " + english.Rate(tax.RatePPM), Value: sum(tax.TaxAmount, o.Currency)}
		if o.TaxIncluded {
			t.Tax = append(t.Tax, "incl. "+row.Name+": "+row.Value)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// eventOf tells what an event was. Its note is a message key or staff's own words.
func eventOf(e order.Event, m market.Market) Event {
	event := Event{When: when(e.At, m), Who: e.Actor, What: orderStates[e.ToState]}
	if e.About == order.AboutRefund {
		event.What = refundStates[order.RefundState(e.ToState)]
		return event
	}
	note := english.T("order.event." + e.Note)
	known := note != "order.event."+e.Note
	switch {
	case e.FromState == e.ToState && known:
		event.What = note
	case known:
		event.Note = note
	default:
		event.Note = e.Note
	}
	return event
}

func (p *OrderPage) addRefunds(o order.Order, m market.Market, may bool) {
	for _, r := range o.Refunds {
		refund := Refund{Text: sum(r.Amount, o.Currency) + " " + refundWords(r, m) + ": " + r.Reason}
		at := slices.IndexFunc(o.Payments, func(p payment.Payment) bool { return p.ID == r.PaymentID })
		if may && at >= 0 && o.Payments[at].ForStaff(r) {
			refund.Form = &Form{Action: "/admin/orders/" + o.Number + "/refunds/" + id(r.ID), Button: "Money was sent back"}
		}
		p.Refunds = append(p.Refunds, refund)
	}
}

// refundWords say how far a refund has come.
func refundWords(r payment.Refund, m market.Market) string {
	switch r.Standing() {
	case "done":
		return "sent back " + when(r.DoneAt, m)
	case "sent":
		return "on its way since " + when(r.SentAt, m)
	case "failed":
		return "could not be sent (" + r.Failure + ")"
	}
	return "due since " + when(r.At, m)
}

// addForms offers what the order's state allows.
func (p *OrderPage) addForms(o order.Order, f OrderForm) {
	base := "/admin/orders/" + o.Number
	if o.Payment == "transfer" && (o.State == order.AwaitingPayment || o.State == order.Expired) {
		p.Paid = &Form{Action: base + "/payment", Button: "Mark transfer as paid"}
	}
	switch o.State {
	case order.Paid:
		p.Pack = &Form{Action: base + "/packing", Button: "Mark as packed", Quiet: true}
	case order.Packed:
		p.Pack = &Form{Action: base + "/unpacking", Button: "Not packed after all", Quiet: true}
	}
	p.Ship = shipForm(o, f)
	p.Links = orderWays(o)
	if slices.Contains(order.Moves[o.State], order.Cancelled) {
		p.Cancel = &Form{Action: base + "/cancellation", Button: "Cancel the order", Strong: true, Fields: []Entry{
			entry(components.Field{Name: "reason", Label: "Why it is cancelled", Value: f.Reason, MaxLength: 200, Hint: "Goods become free again and what was paid goes back."}, f.of("cancel")),
		}}
	}
}

// Relate adds the orders that belong to this one, and where it was to go before.
func (p *OrderPage) Relate(added []string, original string, former []order.FormerAddress) {
	link := func(text, number string) {
		p.Related = append(p.Related, components.Link{Text: text + " " + number, URL: "/admin/orders/" + number})
	}
	if original != "" {
		link("Adds goods to", original)
	}
	for _, number := range added {
		link("Goods were added by", number)
	}
	for _, f := range former {
		p.Former = append(p.Former, strings.Join(slices.DeleteFunc([]string{f.Name, f.Line1, f.Line2, f.PostalCode + " " + f.City, f.Region}, func(s string) bool { return s == "" }), ", "))
	}
}
