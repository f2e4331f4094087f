package shop

import (
	"softlaunch/models/cart"
	amount "softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// soldLines are an order's goods as they were sold.
func soldLines(f layouts.Frame, o order.Order) []components.Line {
	var lines []components.Line
	for _, l := range o.Lines {
		line := components.Line{Name: l.Name, More: more(f, l.Colour, l.Quantity), Tint: l.Tint, Price: f.Money(amount.Of(l.Amount, o.Currency))}
		if l.DiscountAmount > 0 {
			line.More += " · " + f.T("coupon.share", "Amount", f.Money(amount.Of(-l.DiscountAmount, o.Currency)))
		}
		if l.Picture != "" {
			line.Picture = components.Drawing(l.Picture, "")
		}
		lines = append(lines, line)
	}
	return lines
}

// soldTotals are an order's sums as they were agreed.
func soldTotals(f layouts.Frame, o order.Order) components.Totals {
	sum := func(minor int64) string { return f.Money(amount.Of(minor, o.Currency)) }
	t := components.Totals{Sum: components.Row{Name: f.T("totals.total"), Value: sum(o.TotalAmount)}}
	t.Rows = []components.Row{{Name: f.T("totals.goods"), Value: sum(o.LinesAmount)}}
	delivery := components.Row{Name: f.T("totals.delivery"), Value: f.T("delivery.free")}
	if o.DeliveryAmount > 0 {
		delivery.Value = sum(o.DeliveryAmount)
	}
	t.Rows = append(t.Rows, delivery)
	for _, d := range o.Discounts {
		t.Rows = append(t.Rows, components.Row{Name: components.Discount(d.Name, d.Code), Value: sum(-d.Amount)})
	}
	if !o.TaxIncluded {
		t.Rows = append(t.Rows, components.Row{Name: f.T("totals.tax"), Value: sum(o.TaxAmount)})
		return t
	}
	for _, tax := range o.Taxes {
		t.Tax = append(t.Tax, f.T("totals.including", "Rate", f.Rate(tax.RatePPM), "Name", tax.Name, "Amount", sum(tax.TaxAmount)))
	}
	return t
}

// soldParts are what the buyer said at checkout.
func soldParts(f layouts.Frame, o order.Order) []ReviewPart {
	address := addressLines(o.Country, cart.Details{Name: o.Name, Line1: o.Line1, Line2: o.Line2, PostalCode: o.PostalCode, City: o.City, Region: o.Region})
	return []ReviewPart{
		{Title: f.T("review.contact"), Text: []string{o.Email}},
		{Title: f.T("review.address"), Text: address},
		{Title: f.T("review.delivery"), Text: []string{o.DeliveryName, f.T("delivery.arrives", "Days", f.DateRange(o.ArrivesFrom, o.ArrivesTo))}},
		{Title: f.T("review.payment"), Text: []string{f.T("payment." + o.Payment)}},
	}
}
