package order

import (
	"softlaunch/models/db"
)

// Orders are written and read in plain statements, prepared once: in a rush nothing else is done as often.

const orderColumns = `market_id, number, token, cart_id, idempotency_key, state, refund_state, phase, store, language, placed_at, hold_until,
	currency, tax_included, lines_amount, discount_amount, delivery_amount, tax_amount, total_amount, email, name, line1, line2, postal_code, city,
	region, region_name, country, phone, email_key, address_key, payment, delivery_code, delivery_name, arrives_from, arrives_to`

// fields are an order's parts as orderColumns names them.
func (o *Order) fields() []any {
	return []any{&o.MarketID, &o.Number, &o.Token, &o.CartID, &o.IdempotencyKey, &o.State, &o.RefundState, &o.Phase, &o.Store, &o.Language, &o.PlacedAt,
		&o.HoldUntil, &o.Currency, &o.TaxIncluded, &o.LinesAmount, &o.DiscountAmount, &o.DeliveryAmount, &o.TaxAmount, &o.TotalAmount, &o.Email, &o.Name,
		&o.Line1, &o.Line2, &o.PostalCode, &o.City, &o.Region, &o.RegionName, &o.Country, &o.Phone, &o.EmailKey, &o.AddressKey,
		&o.Payment, &o.DeliveryCode, &o.DeliveryName, &o.ArrivesFrom, &o.ArrivesTo}
}

const lineColumns = `order_id, position, product_id, variant_id, slug, sku, name, colour, picture, tint, quantity, unit_amount, amount,
	discount_amount, rate_ppm, tax_amount`

func (l *Line) fields() []any {
	return []any{&l.OrderID, &l.Position, &l.ProductID, &l.VariantID, &l.Slug, &l.SKU, &l.Name, &l.Colour, &l.Picture, &l.Tint, &l.Quantity,
		&l.UnitAmount, &l.Amount, &l.DiscountAmount, &l.RatePPM, &l.TaxAmount}
}

const taxColumns = "order_id, name, rate_ppm, base_amount, tax_amount"

func (t *Tax) fields() []any {
	return []any{&t.OrderID, &t.Name, &t.RatePPM, &t.BaseAmount, &t.TaxAmount}
}

const discountColumns = "order_id, position, discount_id, code, name, amount"

func (d *Discount) fields() []any {
	return []any{&d.OrderID, &d.Position, &d.DiscountID, &d.Code, &d.Name, &d.Amount}
}

const (
	insertOrder = "INSERT INTO orders (" + orderColumns + `) VALUES
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertLine = "INSERT INTO order_lines (" + lineColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	insertTax  = "INSERT INTO order_taxes (" + taxColumns + ") VALUES (?, ?, ?, ?, ?)"

	insertDiscount = "INSERT INTO order_discounts (" + discountColumns + ") VALUES (?, ?, ?, ?, ?, ?)"
)

// insert writes an order with its lines, taxes and discounts and gives it its id.
func (o *Order) insert(tx db.Tx) error {
	written, err := tx.Exec(insertOrder, o.fields()...)
	if err != nil {
		return err
	}
	if o.ID, err = written.LastInsertId(); err != nil {
		return err
	}
	for i := range o.Lines {
		o.Lines[i].OrderID = o.ID
		if _, err := tx.Exec(insertLine, o.Lines[i].fields()...); err != nil {
			return err
		}
	}
	for i := range o.Taxes {
		o.Taxes[i].OrderID = o.ID
		if _, err := tx.Exec(insertTax, o.Taxes[i].fields()...); err != nil {
			return err
		}
	}
	for i := range o.Discounts {
		o.Discounts[i].OrderID = o.ID
		if _, err := tx.Exec(insertDiscount, o.Discounts[i].fields()...); err != nil {
			return err
		}
	}
	return nil
}

// find is an order without its lines.
func find(tx db.Tx, condition string, value any) (Order, error) {
	var o Order
	err := tx.QueryRow("SELECT id, "+orderColumns+" FROM orders WHERE "+condition, value).Scan(append([]any{&o.ID}, o.fields()...)...)
	if db.NotFound(err) {
		return Order{}, errUnknown
	}
	return o, err
}

// complete reads the lines, taxes, discounts, history, shipments, returns and credits of an order.
func (o *Order) complete(tx db.Tx) (err error) {
	if o.Lines, err = linesOf(tx, o.ID); err != nil {
		return err
	}
	if o.Taxes, err = db.List(tx, (*Tax).fields, "SELECT "+taxColumns+" FROM order_taxes WHERE order_id = ?", o.ID); err != nil {
		return err
	}
	if o.Discounts, err = discountsOf(tx, o.ID); err != nil {
		return err
	}
	event := func(e *Event) []any {
		return []any{&e.ID, &e.OrderID, &e.At, &e.Actor, &e.About, &e.FromState, &e.ToState, &e.Note}
	}
	if o.Events, err = db.List(tx, event, `SELECT id, order_id, at, actor, about, from_state, to_state, note FROM order_events
		WHERE order_id = ? ORDER BY id`, o.ID); err != nil {
		return err
	}
	for _, read := range []func(db.Tx) error{o.readFates, o.readShipments, o.readReturns, o.readCredits} {
		if err := read(tx); err != nil {
			return err
		}
	}
	return nil
}

func linesOf(tx db.Tx, orderID int64) ([]Line, error) {
	fields := func(l *Line) []any { return append([]any{&l.ID}, l.fields()...) }
	return db.List(tx, fields, "SELECT id, "+lineColumns+" FROM order_lines WHERE order_id = ? ORDER BY id", orderID)
}

func discountsOf(tx db.Tx, orderID int64) ([]Discount, error) {
	return db.List(tx, (*Discount).fields, "SELECT "+discountColumns+" FROM order_discounts WHERE order_id = ? ORDER BY position", orderID)
}
