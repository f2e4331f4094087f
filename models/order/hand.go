package order

import (
	"context"
	"slices"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// PlaceByHand places an order that a member of staff took for a buyer, by telephone or as a supplement. It is decided and
// priced like any other.
func (o *Orders) PlaceByHand(ctx context.Context, p Placement) (Order, error) {
	if err := p.By.Require(staff.ManageOrders); err != nil {
		return Order{}, err
	}
	return o.Place(ctx, p)
}

// actor is who pressed the order button.
func (p Placement) actor() string {
	if p.By.Name != "" {
		return p.By.Name
	}
	return staff.Buyer.Name
}

// taken writes down who took an order for its buyer, and which one it supplements.
func (w weighed) taken(tx db.Tx, o Order) error {
	p := w.placement
	if p.Supplements != "" {
		original, err := find(tx, "number = ?", p.Supplements)
		if err != nil {
			return err
		}
		if original.MarketID != o.MarketID || !original.Editable() {
			return illegal(original)
		}
		if _, err := tx.Exec("INSERT INTO supplements (order_id, original_id) VALUES (?, ?)", o.ID, original.ID); err != nil {
			return err
		}
		if err := write(tx, Event{OrderID: original.ID, Actor: p.By.Name, FromState: original.State, ToState: original.State, Note: "supplemented"}); err != nil {
			return err
		}
		if err := staff.Record(tx, p.By, staff.Change{Verb: "supplement", Subject: "order", Name: original.Number, After: o.Number}); err != nil {
			return err
		}
	}
	return staff.Record(tx, p.By, staff.Change{Verb: "place", Subject: "order", Name: o.Number, After: string(o.State)})
}

// Supplements are the orders that add goods to this one, or the one that it adds goods to, by number.
func (o *Orders) Supplements(ctx context.Context, orderID int64) (added []string, original string, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		added, err = db.List(tx, func(n *string) []any { return []any{n} },
			"SELECT o.number FROM supplements s JOIN orders o ON o.id = s.order_id WHERE s.original_id = ? ORDER BY o.id", orderID)
		if err != nil {
			return err
		}
		return tx.QueryRow("SELECT COALESCE((SELECT o.number FROM supplements s JOIN orders o ON o.id = s.original_id WHERE s.order_id = ?), '')", orderID).Scan(&original)
	})
	return added, original, err
}

// Editable reports whether something of the order has yet to leave.
func (o Order) Editable() bool {
	return slices.Contains([]State{AwaitingPayment, Paid, Packed, PartlyShipped}, o.State)
}

// FormerAddress is where an order was to go until its address was changed.
type FormerAddress struct {
	ID         int64
	OrderID    int64
	Until      clock.Instant
	Name       string
	Line1      string
	Line2      string
	PostalCode string
	City       string
	Region     string
	Phone      string
}

// ChangeAddress sends what has yet to leave somewhere else in the same state or province and zone of delivery: elsewhere
// other tax and other delivery may be due, so that is an order of its own. Limits count the address that was ordered to. The fault's fields are
// those of cart.Details and reason.
func (o *Orders) ChangeAddress(ctx context.Context, by staff.Actor, number string, to cart.Details, reason string) error {
	if reason = oneLine(reason); reason == "" || len(reason) > 500 {
		return fault.Fields{"reason": "form.required_reason"}.Err()
	}
	return o.work(ctx, by, number, "change address", reason, func(tx db.Tx, order *Order) error {
		if !order.Editable() {
			return illegal(*order)
		}
		m, err := market.ByID(tx, order.MarketID)
		if err != nil {
			return err
		}
		if to, err = to.Address(tx, m); err != nil {
			return err
		}
		if to.Region != order.Region {
			return fault.Fields{"region": "form.other_region"}.Err()
		}
		same, err := order.sameZone(tx, m, to)
		if err != nil {
			return err
		}
		if !same {
			return fault.Fields{"postal_code": "form.other_region"}.Err()
		}
		if err := order.readdress(tx, to); err != nil {
			return err
		}
		return note(tx, *order, by.Name, "address_changed")
	})
}

// sameZone reports whether the order's delivery costs the same to another address. A method that is no more has no zones.
func (o Order) sameZone(tx db.Tx, m market.Market, to cart.Details) (bool, error) {
	methods, err := market.Delivery(tx, market.Store{Market: m, Language: o.Language})
	at := slices.IndexFunc(methods, func(d market.DeliveryMethod) bool { return d.Code == o.DeliveryCode })
	if err != nil || at < 0 {
		return true, err
	}
	return methods[at].SameZone(market.Place{Region: o.Region, PostalCode: o.PostalCode}, market.Place{Region: to.Region, PostalCode: to.PostalCode}), nil
}

// readdress keeps the old address and writes the new one.
func (o Order) readdress(tx db.Tx, to cart.Details) error {
	former := FormerAddress{OrderID: o.ID, Until: tx.Now(), Name: o.Name, Line1: o.Line1, Line2: o.Line2, PostalCode: o.PostalCode, City: o.City, Region: o.Region, Phone: o.Phone}
	if err := tx.Gorm().Create(&former).Error; err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE orders SET name = ?, line1 = ?, line2 = ?, postal_code = ?, city = ?, phone = ? WHERE id = ?",
		to.Name, to.Line1, to.Line2, to.PostalCode, to.City, to.Phone, o.ID)
	return err
}

// FormerAddresses are where an order was to go before, the oldest first.
func (o *Orders) FormerAddresses(ctx context.Context, orderID int64) ([]FormerAddress, error) {
	var found []FormerAddress
	err := o.data.Read(ctx, func(tx db.Tx) error { return tx.Gorm().Where("order_id = ?", orderID).Order("id").Find(&found).Error })
	return found, err
}
