package cart

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"softlaunch/models/account"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// Details are what a buyer types at checkout. They belong to a cart and a market and are forgotten when the order is
// placed.
type Details struct {
	CartID         int64
	MarketID       int64
	IdempotencyKey string
	Email          string
	Name           string
	Line1          string
	Line2          string
	PostalCode     string
	City           string
	Region         string
	Phone          string
	Delivery       string // code of a method
	Payment        string // provider
}

// Keys recognise the buyer for limits.
func (d Details) Keys(m market.Market) launch.Keys {
	return launch.Keys{Email: account.EmailKey(d.Email), Address: account.AddressKey(m.Country, d.PostalCode, d.Line1, d.Line2)}
}

// Choice is what the details decide of a cart's totals.
func (d Details) Choice(m market.Market) Choice {
	return Choice{Region: d.Region, PostalCode: d.PostalCode, Delivery: d.Delivery, Buyer: d.Keys(m)}
}

// Details are what was typed for a cart in a store; found is false when nothing was yet.
func (c *Carts) Details(ctx context.Context, token string, store market.Store) (d Details, found bool, err error) {
	err = c.data.Read(ctx, func(tx db.Tx) error {
		kept, err := Find(tx, token, store.Market.ID)
		d, found = kept.Details, kept.Detailed
		return err
	})
	return d, found, err
}

// SaveDetails checks what was typed against the market's rules, on a snapshot, and keeps it. Wrong fields are an Invalid
// fault by the names of the form's fields; an empty cart is a Conflict. The first details of a cart get its idempotency
// key, which stays while they are changed.
func (c *Carts) SaveDetails(ctx context.Context, token string, store market.Store, d Details) error {
	d = d.tidy()
	err := c.data.Read(ctx, func(tx db.Tx) error {
		kept, err := Find(tx, token, store.Market.ID)
		if err != nil {
			return err
		}
		view, err := kept.View(tx, store, Choice{Region: d.Region})
		if err != nil {
			return err
		}
		if len(view.Lines) == 0 {
			return errEmpty
		}
		d, err = c.check(tx, d, view)
		d.CartID, d.MarketID, d.IdempotencyKey = kept.ID, store.Market.ID, rand.Text()
		return err
	})
	if err != nil {
		return err
	}
	return c.data.Write(ctx, d.save)
}

var errEmpty = fault.New(fault.Conflict, "fault.cart_empty")

// save keeps the details of a cart unless it was emptied meanwhile: what a buyer typed is not kept beyond his order.
func (d Details) save(tx db.Tx) error {
	written, err := tx.Exec(`INSERT INTO checkouts (cart_id, market_id, idempotency_key, email, name, line1, line2, postal_code, city, region,
			phone, delivery, payment)
		SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM cart_lines WHERE cart_id = ?)
		ON CONFLICT (cart_id, market_id) DO UPDATE SET email = excluded.email, name = excluded.name, line1 = excluded.line1,
			line2 = excluded.line2, postal_code = excluded.postal_code, city = excluded.city, region = excluded.region,
			phone = excluded.phone, delivery = excluded.delivery, payment = excluded.payment`,
		d.CartID, d.MarketID, d.IdempotencyKey, d.Email, d.Name, d.Line1, d.Line2, d.PostalCode, d.City, d.Region,
		d.Phone, d.Delivery, d.Payment, d.CartID)
	if err != nil {
		return err
	}
	if kept, err := written.RowsAffected(); err != nil || kept == 0 {
		return orElse(err, errEmpty)
	}
	return nil
}

// check gives the details back as the market writes them.
func (c *Carts) check(tx db.Tx, d Details, view View) (Details, error) {
	m := view.Store.Market
	wrong := fault.Fields{}
	var valid bool
	if d.Email, valid = account.Email(d.Email); !valid {
		wrong.Add("email", "form.email")
	}
	if err := d.address(tx, m, wrong); err != nil {
		return d, err
	}
	view.Options, view.Delivery = nil, nil
	if err := view.price(tx, Choice{Region: d.Region, PostalCode: d.PostalCode}); err != nil {
		return d, err
	}
	if !slices.ContainsFunc(view.Options, func(o Option) bool { return o.Method.Code == d.Delivery }) {
		wrong.Add("delivery", "form.delivery")
	}
	if !slices.Contains(c.Payments(m, view), d.Payment) {
		wrong.Add("payment", "form.payment")
	}
	return d, wrong.Err()
}

// Address refuses details that no parcel of a market can go to, and answers them as they are kept.
func (d Details) Address(tx db.Tx, m market.Market) (Details, error) {
	d, wrong := d.tidy(), fault.Fields{}
	if err := d.address(tx, m, wrong); err != nil {
		return d, err
	}
	return d, wrong.Err()
}

// address checks where it goes.
func (d *Details) address(tx db.Tx, m market.Market, wrong fault.Fields) error {
	var valid, served bool
	if d.PostalCode, valid, served = m.PostalCode(d.PostalCode); !valid {
		wrong.Add("postal_code", "form.postal_code")
	} else if !served {
		wrong.Add("postal_code", "form.postal_code_excluded")
	}
	required(wrong, map[string]string{"name": d.Name, "line1": d.Line1, "city": d.City})
	limited(wrong, map[string]string{"name": d.Name, "line1": d.Line1, "line2": d.Line2, "city": d.City})
	if !phone(d.Phone) {
		wrong.Add("phone", "form.phone")
	}
	region, err := checkRegion(tx, m, d.Region, wrong)
	d.Region = region
	return err
}

// Payments are the ways to pay in a market now.
func (c *Carts) Payments(m market.Market, view View) []string {
	return c.gateways.Among(m.PaymentMethods(view.At))
}

func checkRegion(tx db.Tx, m market.Market, typed string, wrong fault.Fields) (string, error) {
	if m.RegionKind == "none" {
		return "", nil
	}
	regions, err := market.Regions(tx, m.ID)
	region, known := market.FindRegion(regions, typed)
	if !known {
		wrong.Add("region", "form.region_"+m.RegionKind)
	}
	return region.Code, err
}

// tidy puts every field onto one line with single spaces, so that no field can break a line of a log or a mail.
func (d Details) tidy() Details {
	for _, field := range []*string{&d.Email, &d.Name, &d.Line1, &d.Line2, &d.PostalCode, &d.City, &d.Region, &d.Phone, &d.Delivery, &d.Payment} {
		*field = strings.Join(strings.FieldsFunc(*field, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	}
	return d
}

// required refuses what has neither a letter nor a digit: a parcel can't be brought to marks that nobody sees.
func required(wrong fault.Fields, fields map[string]string) {
	for name, value := range fields {
		if !strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			wrong.Add(name, "form.required_"+name)
		}
	}
}

// limited refuses what does not fit on a parcel's label.
func limited(wrong fault.Fields, fields map[string]string) {
	for name, value := range fields {
		if utf8.RuneCountInString(value) > 100 {
			wrong.Add(name, "form.too_long")
		}
	}
}

// phone accepts nothing, or 5 to 20 digits with the usual marks between.
func phone(typed string) bool {
	digits := 0
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-/(). ", r):
			return false
		}
	}
	return typed == "" || (digits >= 5 && digits <= 20)
}
