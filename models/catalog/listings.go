package catalog

import (
	"context"
	"fmt"
	"strconv"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// ListingForm is a listing as staff type it. Empty times are none; limits are whole numbers, 0 for none.
type ListingForm struct {
	VisibleFrom, OnSaleFrom, EndsAt                        market.Moment
	LimitOrder, LimitBuyer, TestLimitOrder, TestLimitBuyer string
}

// FormOf is a listing as staff would type it.
func (l Listing) FormOf(m market.Market) ListingForm {
	return ListingForm{
		VisibleFrom: m.Moment(l.VisibleFrom), OnSaleFrom: m.Moment(l.OnSaleFrom), EndsAt: m.Moment(l.EndsAt),
		LimitOrder: strconv.Itoa(l.LimitOrder), LimitBuyer: strconv.Itoa(l.LimitBuyer),
		TestLimitOrder: strconv.Itoa(l.TestLimitOrder), TestLimitBuyer: strconv.Itoa(l.TestLimitBuyer),
	}
}

// SetListing lists a product in a market, or changes how it is listed. The fault's fields are visible_from, on_sale_from,
// ends_at and the limits as in the database.
func (c *Catalog) SetListing(ctx context.Context, by staff.Actor, code, slug string, form ListingForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		id, err := productID(tx, slug)
		if err != nil {
			return err
		}
		l, err := form.read(m, id)
		if err != nil {
			return err
		}
		before, err := listing(tx, m.ID, id)
		if err != nil {
			return err
		}
		if err := putListing(tx, l); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "set", Subject: "listing", Name: code + " " + slug, Before: before, After: l.String()})
	})
}

func (f ListingForm) read(m market.Market, productID int64) (Listing, error) {
	wrong := fault.Fields{}
	l := Listing{MarketID: m.ID, ProductID: productID,
		VisibleFrom: m.Read(f.VisibleFrom, "visible_from", wrong),
		OnSaleFrom:  m.Read(f.OnSaleFrom, "on_sale_from", wrong),
		EndsAt:      m.Read(f.EndsAt, "ends_at", wrong)}
	if l.EndsAt != 0 && (l.EndsAt <= l.VisibleFrom || l.EndsAt <= l.OnSaleFrom) {
		wrong.Add("ends_at", "listing.ends")
	}
	for _, limit := range []struct {
		into       *int
		text, name string
	}{
		{&l.LimitOrder, f.LimitOrder, "limit_order"}, {&l.LimitBuyer, f.LimitBuyer, "limit_buyer"},
		{&l.TestLimitOrder, f.TestLimitOrder, "test_limit_order"}, {&l.TestLimitBuyer, f.TestLimitBuyer, "test_limit_buyer"},
	} {
		n, err := strconv.Atoi(limit.text)
		if err != nil || n < 0 || n > 9999 {
			wrong.Add(limit.name, "listing.limit")
		}
		*limit.into = n
	}
	return l, wrong.Err()
}

func productID(tx db.Tx, slug string) (int64, error) {
	var id int64
	err := tx.QueryRow("SELECT id FROM products WHERE slug = ?", slug).Scan(&id)
	if db.NotFound(err) {
		return 0, fault.New(fault.NotFound, "fault.product")
	}
	return id, err
}

// listing is how a product is listed in a market, in words for the trail; not at all is empty.
func listing(tx db.Tx, marketID, productID int64) (string, error) {
	var found []Listing
	err := tx.Gorm().Where("market_id = ? AND product_id = ?", marketID, productID).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].String(), nil
}

func putListing(tx db.Tx, l Listing) error {
	_, err := tx.Exec(`INSERT INTO listings (market_id, product_id, visible_from, on_sale_from, ends_at, limit_order, limit_buyer,
			test_limit_order, test_limit_buyer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (market_id, product_id) DO UPDATE SET visible_from = excluded.visible_from,
			on_sale_from = excluded.on_sale_from, ends_at = excluded.ends_at, limit_order = excluded.limit_order,
			limit_buyer = excluded.limit_buyer, test_limit_order = excluded.test_limit_order, test_limit_buyer = excluded.test_limit_buyer`,
		l.MarketID, l.ProductID, l.VisibleFrom, l.OnSaleFrom, l.EndsAt, l.LimitOrder, l.LimitBuyer, l.TestLimitOrder, l.TestLimitBuyer)
	return err
}

func (l Listing) String() string {
	return fmt.Sprintf("visible %s, on sale %s, ends %s, limits %d/%d, in test %d/%d", l.VisibleFrom, l.OnSaleFrom, l.EndsAt,
		l.LimitOrder, l.LimitBuyer, l.TestLimitOrder, l.TestLimitBuyer)
}
