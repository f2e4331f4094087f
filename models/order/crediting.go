package order

import (
	"context"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/payment"
	"softlaunch/models/pricing"
	"softlaunch/models/staff"
)

// Claim is what staff credit of an order: units of lines, delivery, and an Amount off the price in minor units, tax included.
// TakeOff are units that have yet to leave, and now won't; with Restock they go back into stock. Shipped are units that have
// left. ReturnID is the return that is refunded, 0 for none. Seen is Order.Steps when the sum was seen, 0 to leave that out.
type Claim struct {
	TakeOff, Shipped []Units
	Restock          bool
	Delivery         bool
	Amount           int64
	Reason           string
	ReturnID         int64
	Seen             int
}

// Preview is what a claim comes to, without anything done.
func (o *Orders) Preview(ctx context.Context, number string, claim Claim) (Credit, error) {
	var c Credit
	err := o.data.Read(ctx, func(tx db.Tx) error {
		order, err := find(tx, "number = ?", number)
		if err != nil {
			return err
		}
		if err := order.complete(tx); err != nil {
			return err
		}
		c, err = order.plan(claim)
		return err
	})
	return c, err
}

// Credit gives a buyer back what staff claim. total is what the preview said; when it is another by now that is a Conflict.
// The fault's fields are units, amount and reason.
func (o *Orders) Credit(ctx context.Context, by staff.Actor, number string, claim Claim, total int64) error {
	claim.Reason = strings.TrimSpace(claim.Reason)
	if claim.Reason == "" || len(claim.Reason) > 500 {
		return fault.Fields{"reason": "form.required_reason"}.Err()
	}
	return o.work(ctx, by, number, "credit", claim.Reason, func(tx db.Tx, order *Order) error {
		if err := order.complete(tx); err != nil {
			return err
		}
		if r, found := order.Return(claim.ReturnID); claim.ReturnID != 0 && (!found || r.State != ReturnReceived) {
			return fault.New(fault.Conflict, "fault.return_state")
		}
		c, err := order.plan(claim)
		if err != nil {
			return err
		}
		if c.TotalAmount != total || order.changed(claim.Seen) {
			return fault.New(fault.Conflict, "fault.credit_changed")
		}
		if err := o.credit(tx, order, &c, by.Name); err != nil {
			return err
		}
		return job.Queue(tx, MailRefunded, c.ID)
	})
}

// creditAll gives back all that was not given back before; the goods have not left.
func (o *Orders) creditAll(tx db.Tx, order *Order, actor, reason string, restock bool) error {
	if err := order.complete(tx); err != nil {
		return err
	}
	claim := Claim{Delivery: true, Restock: restock, Reason: reason}
	for _, l := range order.Lines {
		claim.TakeOff = append(claim.TakeOff, Units{l.ID, l.ToShip()})
	}
	c, err := order.price(claim)
	if err != nil {
		return err
	}
	c.Cause = ByCancellation
	return o.credit(tx, order, &c, actor)
}

// plan decides whether a claim can be met, and what it comes to.
func (o Order) plan(claim Claim) (Credit, error) {
	if !o.State.Sold() {
		return Credit{}, illegal(o)
	}
	c, err := o.price(claim)
	if err != nil {
		return c, err
	}
	if c.TotalAmount == 0 && len(c.Lines) == 0 {
		return c, fault.Fields{"units": "form.nothing_to_credit"}.Err()
	}
	var off, left, shipped int
	for _, l := range c.Lines {
		off += l.TakenOff
	}
	for _, l := range o.Lines {
		left, shipped = left+l.ToShip(), shipped+l.Shipped
	}
	if shipped == 0 && off == left {
		return c, fault.New(fault.Conflict, "fault.cancel_instead")
	}
	return c, nil
}

// price is a claim as a credit. What is claimed beyond what is left is Invalid.
func (o Order) price(claim Claim) (Credit, error) {
	wanted := pricing.Wanted{Units: make([]int, len(o.Lines)), Delivery: claim.Delivery, Amount: claim.Amount}
	off := make([]int, len(o.Lines))
	wrong := fault.Fields{"units": "form.units"}.Err()
	if o.count(off, claim.TakeOff, Line.ToShip) != nil || o.count(wanted.Units, claim.Shipped, Line.ToRefund) != nil {
		return Credit{}, wrong
	}
	units, taken := 0, 0
	for i := range off {
		wanted.Units[i] += off[i]
		units, taken = units+wanted.Units[i], taken+off[i]
	}
	sums, ok := o.Rest().Credit(wanted)
	if !ok {
		return Credit{}, fault.Fields{"amount": "form.credit_amount"}.Err()
	}
	c := Credit{OrderID: o.ID, Cause: claim.cause(units, taken), Reason: claim.Reason, TaxIncluded: o.TaxIncluded, LinesAmount: sums.Lines,
		DiscountAmount: sums.Discount, DeliveryAmount: sums.Delivery, TaxAmount: sums.Tax, TotalAmount: sums.Total}
	if claim.ReturnID != 0 {
		c.ReturnID = &claim.ReturnID
	}
	for i, l := range o.Lines {
		c.addLine(l, sums.Units[i], off[i], claim.Restock)
		c.addLine(l, sums.Reductions[i], 0, false)
	}
	for _, t := range sums.Taxes {
		c.Taxes = append(c.Taxes, CreditTax{Name: t.Name, RatePPM: t.PPM, BaseAmount: t.Base, TaxAmount: t.Amount})
	}
	return c, nil
}

// count adds units to those of the order's lines, at most as many as a line has left.
func (o Order) count(into []int, units []Units, left func(Line) int) error {
	for _, u := range units {
		known := false
		for i, l := range o.Lines {
			if l.ID == u.LineID {
				into[i] += u.Quantity
				known = u.Quantity >= 0 && into[i] <= left(l)
			}
		}
		if !known {
			return errUnknown
		}
	}
	return nil
}

func (c *Credit) addLine(l Line, s pricing.Share, off int, restock bool) {
	if s == (pricing.Share{}) {
		return
	}
	line := CreditLine{OrderLineID: l.ID, Quantity: s.Quantity, TakenOff: off, Amount: s.Amount, DiscountAmount: s.Discount, TaxAmount: s.Tax}
	if restock {
		line.Restocked = off
	}
	c.Lines = append(c.Lines, line)
}

// cause is why a claim credits so many units, off of which had not left.
func (c Claim) cause(units, off int) Cause {
	switch {
	case c.ReturnID != 0:
		return ByReturn
	case off > 0 && off == units && !c.Delivery && c.Amount == 0:
		return ByEdit
	}
	return ByRefund
}

// credit writes a credit down, has its money go back and its goods that had not left be free again.
func (o *Orders) credit(tx db.Tx, order *Order, c *Credit, actor string) error {
	c.Actor, c.At = actor, tx.Now()
	if err := tx.Gorm().Create(c).Error; err != nil {
		return err
	}
	for _, l := range c.Lines {
		if err := free(tx, *order, l); err != nil {
			return err
		}
	}
	if err := o.gateways.Refund(tx, order.ID, c.ID, c.TotalAmount, c.Reason); err != nil {
		return err
	}
	if c.TotalAmount > 0 {
		if err := job.Queue(tx, JobCreditNote, c.ID); err != nil {
			return err
		}
	}
	order.Credits = append(order.Credits, *c)
	if err := order.refunded(tx, actor); err != nil {
		return err
	}
	return advance(tx, order, actor)
}

// free gives a line's units that were taken off back to the buyer's limits and to the stock.
func free(tx db.Tx, order Order, l CreditLine) error {
	sold, _ := order.line(l.OrderLineID)
	if l.TakenOff > 0 {
		if err := launch.GiveBackUnits(tx, order.ID, sold.VariantID, l.TakenOff); err != nil {
			return err
		}
	}
	if l.Restocked > 0 {
		return inventory.Restock(tx, order.ID, sold.VariantID, l.Restocked)
	}
	return nil
}

// refunded moves an order's refund state to what its credits come to.
func (o *Order) refunded(tx db.Tx, actor string) error {
	goal, credited := NotRefunded, o.CreditedAmount()
	switch {
	case credited > 0 && credited == o.TotalAmount:
		goal = Refunded
	case credited > 0:
		goal = PartlyRefunded
	}
	if goal == o.RefundState {
		return nil
	}
	return moveRefund(tx, o, goal, actor)
}

// MarkRefunded notes that staff have sent a due refund, and has the buyer told.
func (o *Orders) MarkRefunded(ctx context.Context, by staff.Actor, number string, refundID int64) error {
	return o.work(ctx, by, number, "refund", "", func(tx db.Tx, order *Order) error {
		if err := payment.MarkRefunded(tx, order.ID, refundID); err != nil {
			return err
		}
		if err := note(tx, *order, by.Name, "refund_sent"); err != nil {
			return err
		}
		return job.Queue(tx, MailRefundSent, refundID)
	})
}
