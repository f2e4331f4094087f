package document

import (
	"context"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/order"
)

// Credit does order.JobCreditNote: it issues the credit note of a credit, which corrects the order's invoice. A credit that
// has one keeps it; where the order was cancelled before it was invoiced there is nothing to correct. While the invoice is
// still to come it fails, and the job waits.
func (d *Documents) Credit(ctx context.Context, j job.Job) error {
	return d.data.Write(ctx, func(tx db.Tx) error {
		if err := issueCreditNote(tx, j.SubjectID); err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

func issueCreditNote(tx db.Tx, creditID int64) error {
	known, err := list(tx, "credit_id = ?", creditID)
	if err != nil || len(known) > 0 {
		return err
	}
	o, credit, err := order.Credited(tx, creditID)
	if err != nil {
		return err
	}
	corrected, found, err := invoiceOf(tx, o.ID)
	switch {
	case err != nil:
		return err
	case !found && o.State.Sold():
		return fault.New(fault.Conflict, "document.no_invoice").With("Order", o.Number)
	case !found:
		return nil
	}
	m, err := market.ByID(tx, o.MarketID)
	if err != nil {
		return err
	}
	return issue(tx, Document{Kind: CreditNote, MarketID: o.MarketID, OrderID: o.ID, CreditID: &creditID}, o, func(c *Content) {
		c.Corrects = &Reference{Number: corrected.Number, IssuedOn: clock.DayOf(corrected.IssuedAt, m.Location())}
		c.credited(o, credit)
	})
}

// credited fills in what goes back, as the credit has it. A reduction of a price has no units: it is one at its amount.
func (c *Content) credited(o order.Order, credit order.Credit) {
	c.Cause = string(credit.Cause)
	for _, l := range credit.Lines {
		sold := soldLine(o, l.OrderLineID)
		line := Line{SKU: sold.SKU, Name: sold.Name, Colour: sold.Colour, Quantity: l.Quantity, Unit: sold.UnitAmount, Amount: l.Amount, Discount: l.DiscountAmount, RatePPM: sold.RatePPM}
		if l.Quantity == 0 {
			line.Quantity, line.Unit, line.Reduction = 1, l.Amount, true
		}
		c.Lines = append(c.Lines, line)
	}
	for _, t := range credit.Taxes {
		c.Taxes = append(c.Taxes, Tax{Name: t.Name, RatePPM: t.RatePPM, Net: t.BaseAmount, Tax: t.TaxAmount})
	}
	c.Delivery = credit.DeliveryAmount
	c.total()
}

func soldLine(o order.Order, id int64) order.Line {
	for _, l := range o.Lines {
		if l.ID == id {
			return l
		}
	}
	return order.Line{}
}
