package email

import (
	"fmt"

	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// goods are an order's lines and totals as they were sold.
func (l *Letter) goods(o order.Order) Goods {
	g := Goods{Title: l.T("order.goods"), Totals: l.totals(o)}
	sum := func(minor int64) string { return l.Money(money.Of(minor, o.Currency)) }
	for _, line := range o.Lines {
		more := fmt.Sprintf("%d × %s", line.Quantity, sum(line.UnitAmount))
		if line.Colour != "" {
			more = line.Colour + " · " + more
		}
		g.Lines = append(g.Lines, components.Line{Name: line.Name, More: more, Price: sum(line.Amount)})
	}
	return g
}

// totals name each tax on its own: as part of the prices, or as a row of the sum.
func (l *Letter) totals(o order.Order) components.Totals {
	sum := func(minor int64) string { return l.Money(money.Of(minor, o.Currency)) }
	delivery := sum(o.DeliveryAmount)
	if o.DeliveryAmount == 0 {
		delivery = l.T("delivery.free")
	}
	t := components.Totals{
		Rows: []components.Row{{Name: l.T("totals.goods"), Value: sum(o.LinesAmount)}, {Name: l.T("totals.delivery"), Value: delivery}},
		Sum:  components.Row{Name: l.T("totals.total"), Value: l.Money(o.Total())},
	}
	for _, d := range o.Discounts {
		t.Rows = append(t.Rows, components.Row{Name: components.Discount(d.Name, d.Code), Value: sum(-d.Amount)})
	}
	for _, tax := range o.Taxes {
		if o.TaxIncluded {
			t.Tax = append(t.Tax, l.T("totals.including", "Rate", l.Rate(tax.RatePPM), "Name", tax.Name, "Amount", sum(tax.TaxAmount)))
		} else {
			t.Rows = append(t.Rows, components.Row{Name: tax.Name + " " + l.Rate(tax.RatePPM), Value: sum(tax.TaxAmount)})
		}
	}
	if !o.TaxIncluded && len(o.Taxes) == 0 {
		t.Rows = append(t.Rows, components.Row{Name: l.T("totals.tax"), Value: sum(0)})
	}
	return t
}
