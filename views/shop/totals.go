package shop

import (
	"softlaunch/models/cart"
	"softlaunch/models/market"
	amount "softlaunch/models/money"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

func money(f layouts.Frame, m market.Market, minor int64) string {
	return f.Money(amount.Of(minor, m.Currency))
}

// totalsOf shows what a cart costs. Where tax is on top and depends on a region that is not known yet it is an estimate.
func totalsOf(f layouts.Frame, view cart.View) components.Totals {
	m, t := view.Store.Market, view.Totals
	estimate := !m.TaxIncluded && view.Region == ""
	totals := components.Totals{Rows: []components.Row{{Name: f.T("totals.goods"), Value: money(f, m, t.Lines)}}}
	if view.Delivery != nil {
		totals.Rows = append(totals.Rows, components.Row{Name: f.T("totals.delivery"), Value: cost(f, m, view.Delivery.Amount)})
	}
	for _, d := range view.Discount.Taken {
		totals.Rows = append(totals.Rows, components.Row{Name: components.Discount(d.Name(view.Store), d.Code), Value: money(f, m, -d.Off)})
	}
	switch {
	case m.TaxIncluded:
	case estimate && t.Tax == 0:
		totals.Rows = append(totals.Rows, components.Row{Name: f.T("totals.tax"), Value: f.T("totals.tax_later")})
	default:
		totals.Rows = append(totals.Rows, components.Row{Name: f.T(estimated("totals.tax", estimate)), Value: money(f, m, t.Tax)})
	}
	totals.Sum = components.Row{Name: f.T(estimated("totals.total", estimate)), Value: money(f, m, t.Total)}
	for _, tax := range t.Taxes {
		if m.TaxIncluded {
			totals.Tax = append(totals.Tax, including(f, m, tax.Name, tax.PPM, tax.Amount))
		}
	}
	if estimate {
		totals.Tax = append(totals.Tax, f.T("totals.estimate_note"))
	}
	return totals
}

func estimated(key string, estimate bool) string {
	if estimate {
		return key + "_estimate"
	}
	return key
}

// including says how much tax of a rate is in a sum.
func including(f layouts.Frame, m market.Market, name string, ppm, tax int64) string {
	return f.T("totals.including", "Rate", f.Rate(ppm), "Name", name, "Amount", money(f, m, tax))
}
