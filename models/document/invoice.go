package document

import (
	"context"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// Invoice does order.JobInvoice: it issues the invoice of an order that was paid. An order that has one keeps it; one that
// was cancelled first gets none, because nothing was supplied. While the market's seller is not known it fails, and the job
// waits.
func (d *Documents) Invoice(ctx context.Context, j job.Job) error {
	return d.data.Write(ctx, func(tx db.Tx) error {
		if err := IssueInvoice(tx, j.SubjectID); err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

// IssueInvoice issues the invoice of an order, in a transaction of the caller's; see Documents.Invoice.
func IssueInvoice(tx db.Tx, orderID int64) error {
	_, found, err := invoiceOf(tx, orderID)
	if err != nil || found {
		return err
	}
	o, err := order.Whole(tx, orderID)
	if err != nil || !o.State.Sold() {
		return err
	}
	return issue(tx, Document{Kind: Invoice, MarketID: o.MarketID, OrderID: o.ID}, o, func(c *Content) { c.sold(o) })
}

// invoiceOf is the invoice of an order, if it has one.
func invoiceOf(tx db.Tx, orderID int64) (Document, bool, error) {
	found, err := list(tx, "order_id = ? AND kind = 'invoice'", orderID)
	if err != nil || len(found) == 0 {
		return Document{}, false, err
	}
	return found[0], true, nil
}

// sold fills in what was sold, as the order has it.
func (c *Content) sold(o order.Order) {
	for _, l := range o.Lines {
		c.Lines = append(c.Lines, Line{SKU: l.SKU, Name: l.Name, Colour: l.Colour, Quantity: l.Quantity, Unit: l.UnitAmount,
			Amount: l.Amount, Discount: l.DiscountAmount, RatePPM: l.RatePPM})
	}
	for _, t := range o.Taxes {
		c.Taxes = append(c.Taxes, Tax{Name: t.Name, RatePPM: t.RatePPM, Net: t.BaseAmount, Tax: t.TaxAmount})
	}
	c.Delivery, c.DeliveryDiscount = o.DeliveryAmount, o.DiscountAmount
	for _, l := range o.Lines {
		c.DeliveryDiscount -= l.DiscountAmount
	}
	c.total()
}

// about is a document's content but for what is charged or given back.
func about(o order.Order, m market.Market, s market.Seller) Content {
	zone := m.Location()
	c := Content{Language: o.Language, Country: m.Country, Paper: s.Paper, Currency: o.Currency, TaxIncluded: o.TaxIncluded,
		Seller: Seller{Address: Address{Name: s.Name, Line1: s.Line1, Line2: s.Line2, PostalCode: s.PostalCode, City: s.City, Region: s.Region, RegionName: s.Region, Country: s.Country},
			Email: s.Email, Phone: s.Phone, VATNumber: s.VATNumber, Register: s.Register, Note: s.Notes[o.Language]},
		Buyer: recipient(o), Order: o.Number, OrderedOn: clock.DayOf(o.PlacedAt, zone), Payment: o.Payment,
		DeliveryName: o.DeliveryName, SuppliedFrom: o.ArrivesFrom, SuppliedTo: o.ArrivesTo}
	for _, p := range o.Payments {
		if p.State == payment.Captured {
			c.PaidOn = clock.DayOf(p.At, zone)
		}
	}
	return c
}

// recipient is who gets an order's goods.
func recipient(o order.Order) Address {
	return Address{Name: o.Name, Line1: o.Line1, Line2: o.Line2, PostalCode: o.PostalCode, City: o.City, Region: o.Region, RegionName: o.RegionName, Country: o.Country}
}
