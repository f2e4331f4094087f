package admin

import (
	"slices"
	"strings"

	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// shipForm asks which units of what has yet to leave are in a parcel, and how it is sent. Nil when nothing is.
func shipForm(o order.Order, f OrderForm) *Form {
	if !slices.Contains([]order.State{order.Paid, order.Packed, order.PartlyShipped}, o.State) {
		return nil
	}
	faults := f.of("ship")
	form := &Form{Action: "/admin/orders/" + o.Number + "/shipments", Button: "Mark as shipped",
		Hidden: []Hidden{{Name: "seen", Value: count(o.Steps())}}}
	form.addUnits(o, "ship", "units", "in this parcel", faults, func(l order.Line) (most int, value string) {
		if typed, is := f.Units[l.ID]; is && f.Part == "ship" {
			return l.ToShip(), typed
		}
		return l.ToShip(), count(l.ToShip())
	})
	names := make([]string, len(order.Carriers))
	for i, c := range order.Carriers {
		names[i] = c.Name
	}
	form.Fields = append(form.Fields,
		entry(components.Field{Name: "carrier", Label: "Carrier", Value: f.Carrier, MaxLength: 80, Hint: "The number gives the link to follow a parcel of " + strings.Join(names, ", ") + "."}, faults),
		entry(components.Field{Name: "tracking", Label: "Tracking number", Value: f.Tracking, MaxLength: 80, Optional: "optional"}, faults),
		entry(components.Field{Name: "link", Label: "Link to follow it", Value: f.Link, Type: "url", MaxLength: 500, Optional: "optional", Hint: "For other carriers: https://…"}, faults))
	return form
}

// addUnits asks for units of each line of which there are any. The fault is shown at the first.
func (f *Form) addUnits(o order.Order, part, name, what string, faults map[string]string, of func(order.Line) (most int, value string)) {
	first := true
	for _, l := range o.Lines {
		most, value := of(l)
		if most < 1 {
			continue
		}
		f.Hidden = append(f.Hidden, Hidden{Name: name + "_line", Value: id(l.ID)})
		field := components.Field{ID: part + "-" + name + "-" + id(l.ID), Name: name, Label: goodsOf(o, l.ID) + ": " + what + ", of " + count(most), Value: value,
			InputMode: "numeric", MaxLength: 4, Autocomplete: "off", Optional: "optional"}
		e := Entry{Field: field}
		if first {
			e = entry(field, map[string]string{name: faults["units"]})
		}
		first = false
		f.Fields = append(f.Fields, e)
	}
}

// goodsOf is what a line is of, in words.
func goodsOf(o order.Order, lineID int64) string {
	for _, l := range o.Lines {
		if l.ID == lineID {
			return strings.TrimSuffix(l.Name+", "+l.Colour, ", ")
		}
	}
	return ""
}

// parcelSections are the parcels, each with the form that says when it was delivered.
func parcelSections(o order.Order, m market.Market, f OrderForm, may bool) []Section {
	var sections []Section
	for i, s := range o.Shipments {
		part := "parcel-" + id(s.ID)
		section := Section{Title: "Parcel " + count(i+1), Rows: []components.Row{{Name: "Sent", Value: when(s.At, m)}, {Name: "Carrier", Value: strings.TrimSpace(s.Carrier + " " + s.Tracking)}}}
		for _, l := range s.Lines {
			section.Rows = append(section.Rows, components.Row{Name: count(l.Quantity) + " ×", Value: goodsOf(o, l.OrderLineID)})
		}
		if s.URL != "" {
			section.Links = []components.Link{{Text: "Follow the parcel", URL: s.URL}}
		}
		if s.DeliveredOn != "" {
			section.Rows = append(section.Rows, components.Row{Name: "Delivered", Value: english.Date(s.DeliveredOn.Noon(m.Location()), m.Location())})
		} else if may {
			section.Form = &Form{Action: "/admin/orders/" + o.Number + "/shipments/" + id(s.ID) + "/delivery", Button: "Mark as delivered", Quiet: true, Fields: []Entry{
				entry(components.Field{ID: part, Name: "delivered_on", Label: "Delivered on", Type: "date", Value: typedIn(f, part, f.DeliveredOn), Optional: "today when empty"}, f.of(part))}}
		}
		sections = append(sections, section)
	}
	return sections
}

func typedIn(f OrderForm, part, value string) string {
	if f.Part != part {
		return ""
	}
	return value
}

// returnSections are the returns, each with what can be done about it.
func returnSections(o order.Order, m market.Market, f OrderForm, may bool) []Section {
	var sections []Section
	for _, r := range o.Returns {
		section := Section{Title: "Return of " + when(r.AskedAt, m), Rows: returnRows(o, m, r)}
		base, part := "/admin/orders/"+o.Number+"/returns/"+id(r.ID), "return-"+id(r.ID)
		switch {
		case !may:
		case r.State == order.ReturnRequested:
			section.Form = answerForm(base, part, f)
		case r.State == order.ReturnApproved:
			section.Form = receiptForm(o, r, base, part, f)
		case r.State == order.ReturnReceived && (len(o.RefundOf(r).Shipped) > 0 || o.RefundOf(r).Delivery):
			section.Links = []components.Link{{Text: "Refund what came back", URL: "/admin/orders/" + o.Number + "/credits/new?return=" + id(r.ID)}}
		}
		sections = append(sections, section)
	}
	return sections
}

func returnRows(o order.Order, m market.Market, r order.Return) []components.Row {
	state := returnStates[r.State]
	if r.Late {
		state += ", asked for late"
	}
	rows := []components.Row{{Name: "State", Value: state}, {Name: "Why", Value: english.T("return.reason." + r.Reason)}}
	if r.Comment != "" {
		rows = append(rows, components.Row{Name: "Buyer says", Value: r.Comment})
	}
	if r.Answer != "" {
		rows = append(rows, components.Row{Name: "Answer", Value: r.Answer})
	}
	if r.Deadline != "" {
		rows = append(rows, components.Row{Name: "Could be asked until", Value: english.Date(r.Deadline.Noon(m.Location()), m.Location())})
	}
	for _, l := range r.Lines {
		value := goodsOf(o, l.OrderLineID)
		if r.State == order.ReturnReceived {
			value += ": " + count(l.Received) + " came back, " + count(l.Restocked) + " into stock"
			if l.Condition != "" {
				value += " (" + conditions[l.Condition] + ")"
			}
		}
		rows = append(rows, components.Row{Name: count(l.Quantity) + " ×", Value: value})
	}
	return rows
}

// answerForm approves or refuses.
func answerForm(base, part string, f OrderForm) *Form {
	return &Form{Action: base + "/answer", Button: "Answer", Fields: []Entry{
		{Field: components.Field{ID: part + "-verdict", Name: "verdict", Label: "The shop", Value: "approve", Options: []components.Option{{Value: "approve", Text: "takes it back"}, {Value: "refuse", Text: "does not take it back"}}}},
		entry(components.Field{ID: part + "-answer", Name: "answer", Label: "What the buyer should know", Value: typedIn(f, part, f.Answer), Lines: 3, MaxLength: 1000, Optional: "when approved"}, f.of(part)),
	}}
}

// receiptForm asks what came back.
func receiptForm(o order.Order, r order.Return, base, part string, f OrderForm) *Form {
	form := &Form{Action: base + "/receipt", Button: "It has arrived"}
	form.addUnits(o, part, "units", "came back", f.of(part), func(l order.Line) (int, string) {
		for _, back := range r.Lines {
			if back.OrderLineID == l.ID {
				return back.Quantity, count(back.Quantity)
			}
		}
		return 0, ""
	})
	form.Fields = append(form.Fields,
		entry(components.Field{ID: part + "-condition", Name: "condition", Label: "Condition", Value: f.Condition, Prompt: "Choose", Options: optionsOf(order.Conditions, conditions)}, f.of(part)),
		box("restock", "Put it back into stock", "", false, nil))
	return form
}

// creditSections are the credits in one table.
func creditSections(o order.Order, m market.Market) []Section {
	if len(o.Credits) == 0 {
		return nil
	}
	table := &Table{Label: "Credits", Heads: heads("When", "For", "Why", "Sum>", "Of it tax>")}
	for _, c := range o.Credits {
		table.Rows = append(table.Rows, []Cell{{Text: when(c.At, m), More: c.Actor}, {Lines: creditLines(o, c)}, {Text: c.Reason},
			{Text: sum(c.TotalAmount, o.Currency)}, {Text: sum(c.TaxAmount, o.Currency)}})
	}
	return []Section{{Title: "Credits", Table: table}}
}

// creditLines are what a credit is for, a line each.
func creditLines(o order.Order, c order.Credit) []string {
	var lines []string
	var off int64
	for _, l := range c.Lines {
		if l.Quantity == 0 {
			off += l.Amount
			continue
		}
		text := count(l.Quantity) + " × " + goodsOf(o, l.OrderLineID)
		if l.TakenOff > 0 {
			text += ", " + count(l.TakenOff) + " not sent"
		}
		lines = append(lines, text)
	}
	if c.DeliveryAmount > 0 {
		lines = append(lines, "Delivery: "+sum(c.DeliveryAmount, o.Currency))
	}
	if off > 0 {
		lines = append(lines, "Off the price: "+sum(off, o.Currency))
	}
	return lines
}

// orderWays lead to what takes a page of its own.
func orderWays(o order.Order) []components.Link {
	base := "/admin/orders/" + o.Number
	var links []components.Link
	if o.State.Sold() && o.Rest().Total() > 0 {
		links = append(links, components.Link{Text: "Refund, or take goods off", URL: base + "/credits/new"})
	}
	if o.Editable() {
		links = append(links, components.Link{Text: "Change the address", URL: base + "/address"}, components.Link{Text: "Add goods", URL: "/admin/orders/new?supplements=" + o.Number})
	}
	return links
}
