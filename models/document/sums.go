package document

import "fmt"

// total fills in the sums: of the lines, and of the taxes, among which what bears no tax is noted.
func (c *Content) total() {
	for _, l := range c.Lines {
		c.Goods += l.Amount
		c.Discount += l.Discount
	}
	for _, t := range c.Taxes {
		c.Net += t.Net
		c.Tax += t.Tax
	}
	c.Total = c.Goods - c.Discount + c.Delivery - c.DeliveryDiscount
	untaxed := c.Total - c.Net
	if c.TaxIncluded {
		untaxed -= c.Tax
	} else {
		c.Total += c.Tax
	}
	if untaxed != 0 || len(c.Taxes) == 0 {
		c.Taxes = append(c.Taxes, Tax{Net: untaxed})
		c.Net += untaxed
	}
}

// Check says what of a document does not add up; nothing when all does.
func (c Content) Check() []string {
	var wrong []string
	want := func(what string, got, want int64) {
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%s is %d, its parts come to %d", what, got, want))
		}
	}
	// The tax of an invoice is rounded once for each rate; that of a credit note is made of the lines' shares of it.
	exact := int64(1_000_000)
	if c.Kind == CreditNote {
		exact *= int64(len(c.Lines) + 2)
	}
	var goods, discount, net, tax int64
	for _, l := range c.Lines {
		want(l.SKU, l.Amount, int64(l.Quantity)*l.Unit)
		goods, discount = goods+l.Amount, discount+l.Discount
	}
	for _, t := range c.Taxes {
		net, tax = net+t.Net, tax+t.Tax
		if off := t.Tax*1_000_000 - t.Net*t.RatePPM; off > exact || off < -exact {
			wrong = append(wrong, fmt.Sprintf("%d is not %d ppm of %d", t.Tax, t.RatePPM, t.Net))
		}
	}
	total := goods - discount + c.Delivery - c.DeliveryDiscount
	if !c.TaxIncluded {
		total += tax
	}
	want("goods", c.Goods, goods)
	want("discount", c.Discount, discount)
	want("net", c.Net, net)
	want("tax", c.Tax, tax)
	want("total", c.Total, total)
	want("total", c.Total, net+tax)
	return wrong
}
