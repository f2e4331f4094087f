package admin

import (
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// CreditForm is what was typed to be credited.
type CreditForm struct {
	TakeOff, Shipped  map[int64]string
	Delivery, Restock bool
	Amount, Reason    string
	ReturnID          string
	Faults            map[string]string
	Error             string
}

// NewCreditPage asks what of an order is given back. With a preview it shows the exact sum, and the button gives it back.
func NewCreditPage(frame Frame, o order.Order, f CreditForm, preview *order.Credit) SectionsPage {
	frame.Faulty = len(f.Faults) > 0 || f.Error != ""
	page := SectionsPage{Frame: frame}
	form := creditForm(o, f)
	notes := []string{"Up to " + sum(o.Rest().Total(), o.Currency) + " can be given back. Goods that are taken off are not sent and are free for others again."}
	if preview == nil {
		form.Button = "See the sum"
		page.Sections = []Section{{Title: "What is given back", Notes: notes, Form: form}}
		return page
	}
	page.Sections = []Section{{Title: "It comes to " + sum(preview.TotalAmount, o.Currency), Rows: previewRows(o, *preview), Form: confirmForm(o, f, preview.TotalAmount)},
		{Title: "Change it", Form: form}}
	form.Button, form.Quiet = "See the new sum", true
	return page
}

func creditForm(o order.Order, f CreditForm) *Form {
	form := &Form{Action: "/admin/orders/" + o.Number + "/credits", Error: f.Error, Hidden: []Hidden{{Name: "return", Value: f.ReturnID}}}
	form.addUnits(o, "credit", "take_off", "take off, they won't be sent", f.Faults, func(l order.Line) (int, string) { return l.ToShip(), f.TakeOff[l.ID] })
	form.addUnits(o, "credit", "shipped", "refund, they have left", f.Faults, func(l order.Line) (int, string) { return l.ToRefund(), f.Shipped[l.ID] })
	rest := o.Rest()
	if rest.Delivery.Net > 0 {
		form.Fields = append(form.Fields, box("delivery", "Delivery: "+sum(rest.Delivery.Net, o.Currency), "", f.Delivery, nil))
	}
	form.Fields = append(form.Fields, box("restock", "Put what is taken off back into stock", "", f.Restock, nil),
		entry(components.Field{Name: "amount", Label: "Amount off the price, tax included, in " + o.Currency, Value: f.Amount, InputMode: "decimal", MaxLength: 20, Optional: "optional"}, f.Faults),
		entry(components.Field{Name: "reason", Label: "Why", Value: f.Reason, MaxLength: 500}, f.Faults))
	return form
}

// confirmForm sends the same again, with the sum that was seen.
func confirmForm(o order.Order, f CreditForm, total int64) *Form {
	form := &Form{Action: "/admin/orders/" + o.Number + "/credits", Button: "Give back " + sum(total, o.Currency), Strong: true,
		Hidden: []Hidden{{Name: "total", Value: id(total)}, {Name: "seen", Value: count(o.Steps())}, {Name: "return", Value: f.ReturnID}, {Name: "amount", Value: f.Amount}, {Name: "reason", Value: f.Reason}}}
	for _, l := range o.Lines {
		for name, typed := range map[string]map[int64]string{"take_off": f.TakeOff, "shipped": f.Shipped} {
			if value := typed[l.ID]; value != "" {
				form.Hidden = append(form.Hidden, Hidden{Name: name + "_line", Value: id(l.ID)}, Hidden{Name: name, Value: value})
			}
		}
	}
	for name, ticked := range map[string]bool{"delivery": f.Delivery, "restock": f.Restock} {
		if ticked {
			form.Hidden = append(form.Hidden, Hidden{Name: name, Value: "yes"})
		}
	}
	return form
}

// previewRows are a credit's parts and its tax.
func previewRows(o order.Order, c order.Credit) []components.Row {
	rows := []components.Row{}
	for _, line := range creditLines(o, c) {
		rows = append(rows, components.Row{Name: "For", Value: line})
	}
	rows = append(rows, components.Row{Name: "Goods", Value: sum(c.LinesAmount-c.DiscountAmount, o.Currency)})
	for _, t := range c.Taxes {
		name := t.Name + " " + english.Rate(t.RatePPM)
		if c.TaxIncluded {
			name = "of it " + name
		}
		rows = append(rows, components.Row{Name: name, Value: sum(t.TaxAmount, o.Currency) + " on " + sum(t.BaseAmount, o.Currency)})
	}
	return append(rows, components.Row{Name: "Goes back", Value: sum(c.TotalAmount, o.Currency)})
}
