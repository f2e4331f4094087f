package email

import (
	"fmt"

	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// ship names a parcel and what is in it.
func (l *Letter) ship(s Sender, o order.Order, parcelID int64) {
	l.Parts = []Part{l.delivery(o), l.address(o)}
	parcel, found := o.Shipment(parcelID)
	if !found {
		return
	}
	l.Text = []string{l.T("mail.shipped.text", "Carrier", parcel.Carrier, "Date", l.Date(parcel.At, s.Store.Market.Location()))}
	if parcel.Tracking != "" {
		l.Box.Rows = []components.Row{{Name: l.T("mail.shipped.tracking"), Value: parcel.Tracking}}
	}
	if parcel.URL != "" {
		l.Button = components.Link{Text: l.T("mail.button.follow"), URL: parcel.URL}
	}
	if o.State == order.PartlyShipped || len(o.Shipments) > 1 {
		l.Parts = append([]Part{{Title: l.T("mail.shipped.contents"), Text: contents(o, parcel)}}, l.Parts...)
	}
	if o.State == order.PartlyShipped {
		l.Text = append(l.Text, l.T("mail.shipped.rest"))
	}
}

// contents are the goods of a parcel, a line each.
func contents(o order.Order, parcel order.Shipment) []string {
	var lines []string
	for _, in := range parcel.Lines {
		for _, sold := range o.Lines {
			if sold.ID == in.OrderLineID {
				lines = append(lines, fmt.Sprintf("%d × %s", in.Quantity, named(sold)))
			}
		}
	}
	return lines
}

func named(l order.Line) string {
	if l.Colour == "" {
		return l.Name
	}
	return l.Name + ", " + l.Colour
}

// refund says what a credit is for and comes to.
func (l *Letter) refund(o order.Order, creditID int64) {
	for _, c := range o.Credits {
		if c.ID != creditID {
			continue
		}
		sum := func(minor int64) string { return l.Money(money.Of(minor, o.Currency)) }
		l.Text = []string{l.T("mail.refunded.text", "Sum", sum(c.TotalAmount)), l.goesTo(o)}
		if c.TotalAmount == 0 {
			l.Text = []string{l.T("mail.refunded.nothing")}
		}
		l.Box = Box{Title: l.T("mail.refunded.for"), Rows: l.credited(o, c, sum)}
	}
}

// credited are a credit's parts, its tax and its sum. Where prices include tax it is named as a part of the sum.
func (l *Letter) credited(o order.Order, c order.Credit, sum func(int64) string) []components.Row {
	var rows []components.Row
	off := int64(0)
	for _, in := range c.Lines {
		for _, sold := range o.Lines {
			switch {
			case sold.ID != in.OrderLineID:
			case in.Quantity == 0:
				off += in.Amount
			default:
				rows = append(rows, components.Row{Name: fmt.Sprintf("%d × %s", in.Quantity, named(sold)), Value: sum(in.Amount - in.DiscountAmount)})
			}
		}
	}
	if off > 0 {
		rows = append(rows, components.Row{Name: l.T("order.credit.amount"), Value: sum(off)})
	}
	if c.DeliveryAmount > 0 {
		rows = append(rows, components.Row{Name: l.T("totals.delivery"), Value: sum(c.DeliveryAmount)})
	}
	if !c.TaxIncluded && c.TaxAmount > 0 {
		rows = append(rows, components.Row{Name: l.T("totals.tax"), Value: sum(c.TaxAmount)})
	}
	rows = append(rows, components.Row{Name: l.T("totals.total"), Value: sum(c.TotalAmount)})
	for _, t := range c.Taxes {
		if c.TaxIncluded {
			rows = append(rows, components.Row{Name: l.T("mail.refunded.tax", "Rate", l.Rate(t.RatePPM), "Name", t.Name), Value: sum(t.TaxAmount)})
		}
	}
	return rows
}

// comeBack says what becomes of goods that the buyer sends back, or wanted to.
func (l *Letter) comeBack(o order.Order, returnID int64) {
	r, found := o.Return(returnID)
	if !found {
		return
	}
	l.Text = []string{l.T("order.return." + string(r.State))}
	if r.Answer != "" {
		l.Text = append(l.Text, r.Answer)
	}
	var goods []string
	for _, back := range r.Lines {
		for _, sold := range o.Lines {
			if sold.ID == back.OrderLineID {
				goods = append(goods, fmt.Sprintf("%d × %s", back.Quantity, named(sold)))
			}
		}
	}
	l.Parts = []Part{{Title: l.T("mail.return.contents"), Text: goods}}
	if r.State == order.ReturnApproved && l.Seller != "" {
		l.Parts = append(l.Parts, Part{Title: l.T("mail.return.address"), Text: []string{l.Seller}})
	}
}
