package order

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/pricing"
)

// Cause is why a buyer is owed something back.
type Cause string

// The causes of credits.
const (
	ByCancellation Cause = "cancelled"
	ByEdit         Cause = "edited" // units were taken off before they left
	ByReturn       Cause = "returned"
	ByRefund       Cause = "refunded" // staff's decision
)

// Credit is what a buyer is owed back of an order, and why, in minor units of the order's currency. TotalAmount = LinesAmount -
// DiscountAmount + DeliveryAmount, + TaxAmount where prices don't include it. All credits of an order come to no more than
// its total, to its tax at each rate and to its delivery.
type Credit struct {
	ID             int64
	OrderID        int64
	ReturnID       *int64
	Cause          Cause
	Reason         string
	Actor          string
	At             clock.Instant
	TaxIncluded    bool
	LinesAmount    int64
	DiscountAmount int64
	DeliveryAmount int64
	TaxAmount      int64
	TotalAmount    int64
	Lines          []CreditLine
	Taxes          []CreditTax
}

// CreditLine is what is credited of an order's line: units, or a reduction of its price, which has none. TakenOff of the units
// had not left, and of these Restocked went back into stock. DiscountAmount is what of Amount was never paid or was credited
// before.
type CreditLine struct {
	ID             int64
	CreditID       int64
	OrderLineID    int64
	Quantity       int
	TakenOff       int
	Restocked      int
	Amount         int64
	DiscountAmount int64
	TaxAmount      int64
}

// CreditTax is a credit's tax at one rate.
type CreditTax struct {
	CreditID   int64 `gorm:"primaryKey"`
	Name       string
	RatePPM    int64 `gorm:"column:rate_ppm;primaryKey"`
	BaseAmount int64
	TaxAmount  int64
}

// JobCreditNote is the job that issues the credit note of a credit; its subject is the credit.
const JobCreditNote = "document.credit_note"

// Credited is a credit with its order, in a transaction of the caller's.
func Credited(tx db.Tx, creditID int64) (Order, Credit, error) {
	var orderID int64
	if err := tx.QueryRow("SELECT order_id FROM credits WHERE id = ?", creditID).Scan(&orderID); err != nil {
		return Order{}, Credit{}, err
	}
	o, err := Whole(tx, orderID)
	at := slices.IndexFunc(o.Credits, func(c Credit) bool { return c.ID == creditID })
	if err != nil || at < 0 {
		return o, Credit{}, err
	}
	return o, o.Credits[at], nil
}

// CreditedAmount is what all credits of the order come to.
func (o Order) CreditedAmount() int64 {
	var sum int64
	for _, c := range o.Credits {
		sum += c.TotalAmount
	}
	return sum
}

// Rest is what can still be credited of an order that was read whole.
func (o Order) Rest() pricing.Rest {
	r := pricing.Rest{TaxIncluded: o.TaxIncluded, Delivery: pricing.Part{Net: o.DeliveryAmount - o.DiscountAmount, Tax: o.TaxAmount, Rate: o.deliveryRate()}}
	for _, l := range o.Lines {
		r.Lines = append(r.Lines, pricing.Part{Quantity: l.Quantity - l.Credited, Unit: l.UnitAmount, Net: l.Amount - l.DiscountAmount, Tax: l.TaxAmount, Rate: o.rate(l.RatePPM)})
		r.Delivery.Net += l.DiscountAmount
		r.Delivery.Tax -= l.TaxAmount
	}
	for _, c := range o.Credits {
		r.Delivery.Net -= c.DeliveryAmount
		r.Delivery.Tax -= c.TaxAmount
		for _, l := range c.Lines {
			at := slices.IndexFunc(o.Lines, func(sold Line) bool { return sold.ID == l.OrderLineID })
			r.Lines[at].Net -= l.Amount - l.DiscountAmount
			r.Lines[at].Tax -= l.TaxAmount
			r.Delivery.Tax += l.TaxAmount
		}
	}
	return r
}

// rate is the rate with its name on the order's documents.
func (o Order) rate(ppm int64) pricing.Rate {
	for _, t := range o.Taxes {
		if t.RatePPM == ppm {
			return pricing.Rate{Name: t.Name, PPM: ppm}
		}
	}
	return pricing.Rate{PPM: ppm}
}

// deliveryRate is the rate at which more was taxed than the lines. Taxes of the same rate count together, whatever they are
// called.
func (o Order) deliveryRate() pricing.Rate {
	taxed := map[int64]int64{}
	for _, t := range o.Taxes {
		taxed[t.RatePPM] += t.BaseAmount
		if o.TaxIncluded {
			taxed[t.RatePPM] += t.TaxAmount
		}
	}
	for _, l := range o.Lines {
		taxed[l.RatePPM] -= l.Amount - l.DiscountAmount
	}
	for _, t := range o.Taxes {
		if taxed[t.RatePPM] != 0 {
			return o.rate(t.RatePPM)
		}
	}
	return pricing.Rate{}
}

func (o *Order) readCredits(tx db.Tx) error {
	var err error
	if o.Credits, err = db.List(tx, func(c *Credit) []any {
		return []any{&c.ID, &c.OrderID, &c.ReturnID, &c.Cause, &c.Reason, &c.Actor, &c.At, &c.TaxIncluded, &c.LinesAmount, &c.DiscountAmount,
			&c.DeliveryAmount, &c.TaxAmount, &c.TotalAmount}
	}, `SELECT id, order_id, return_id, cause, reason, actor, at, tax_included, lines_amount, discount_amount, delivery_amount, tax_amount, total_amount
		FROM credits WHERE order_id = ? ORDER BY id`, o.ID); err != nil || len(o.Credits) == 0 {
		return err
	}
	for i := range o.Credits {
		if err := o.Credits[i].read(tx); err != nil {
			return err
		}
	}
	return nil
}

// read reads a credit's lines and taxes.
func (c *Credit) read(tx db.Tx) (err error) {
	if c.Lines, err = db.List(tx, func(l *CreditLine) []any {
		return []any{&l.ID, &l.CreditID, &l.OrderLineID, &l.Quantity, &l.TakenOff, &l.Restocked, &l.Amount, &l.DiscountAmount, &l.TaxAmount}
	}, `SELECT id, credit_id, order_line_id, quantity, taken_off, restocked, amount, discount_amount, tax_amount FROM credit_lines
		WHERE credit_id = ? ORDER BY id`, c.ID); err != nil {
		return err
	}
	c.Taxes, err = db.List(tx, func(t *CreditTax) []any { return []any{&t.CreditID, &t.Name, &t.RatePPM, &t.BaseAmount, &t.TaxAmount} },
		"SELECT credit_id, name, rate_ppm, base_amount, tax_amount FROM credit_taxes WHERE credit_id = ? ORDER BY rate_ppm DESC", c.ID)
	return err
}
