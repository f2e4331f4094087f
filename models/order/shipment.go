package order

import (
	"context"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Shipment is a parcel of an order. URL is where it can be followed, "" for nowhere; DeliveredOn is empty while it is under
// way.
type Shipment struct {
	ID          int64
	OrderID     int64
	Carrier     string
	Tracking    string
	URL         string `gorm:"column:url"`
	At          clock.Instant
	DeliveredOn clock.Day
	Lines       []ShipmentLine
}

// ShipmentLine is units of an order's line in a parcel.
type ShipmentLine struct {
	ShipmentID  int64 `gorm:"primaryKey"`
	OrderLineID int64 `gorm:"primaryKey"`
	Quantity    int
}

// Units are units of an order's line.
type Units struct {
	LineID   int64
	Quantity int
}

// Parcel is what staff send: its carrier, and where there is one a tracking number and a link to follow it, which the number
// gives for known carriers. Without Units it has all that has yet to leave.
type Parcel struct {
	Carrier, Tracking, Link string
	Units                   []Units
	Seen                    int
}

// check refuses what can't be sent. The fault's fields are carrier, tracking and link.
func (p *Parcel) check() error {
	wrong := fault.Fields{}
	p.Carrier, p.Tracking, p.Link = oneLine(p.Carrier), oneLine(p.Tracking), strings.TrimSpace(p.Link)
	if p.Carrier == "" || len(p.Carrier) > 80 {
		wrong.Add("carrier", "form.carrier")
	}
	if len(p.Tracking) > 80 {
		wrong.Add("tracking", "form.too_long")
	}
	if p.Link != "" && !isLink(p.Link) {
		wrong.Add("link", "form.https_link")
	}
	return wrong.Err()
}

// Pack notes that an order's goods are packed: its buyer can't cancel it any more.
func (o *Orders) Pack(ctx context.Context, by staff.Actor, number string) error {
	return o.work(ctx, by, number, "pack", "", func(tx db.Tx, order *Order) error {
		return move(tx, order, Packed, by.Name, "")
	})
}

// Unpack notes that a packed order is not packed after all.
func (o *Orders) Unpack(ctx context.Context, by staff.Actor, number string) error {
	return o.work(ctx, by, number, "unpack", "", func(tx db.Tx, order *Order) error {
		if order.State != Packed {
			return illegal(*order)
		}
		return move(tx, order, Paid, by.Name, "unpacked")
	})
}

// Ship notes that a parcel of a paid order has left, and mails its buyer what is in it. The fault's fields are carrier,
// tracking, link and units.
func (o *Orders) Ship(ctx context.Context, by staff.Actor, number string, p Parcel) error {
	if err := p.check(); err != nil {
		return err
	}
	return o.work(ctx, by, number, "ship", "", func(tx db.Tx, order *Order) error {
		if !order.State.Open() {
			return illegal(*order)
		}
		if err := order.complete(tx); err != nil {
			return err
		}
		if order.changed(p.Seen) {
			return fault.New(fault.Conflict, "fault.order_changed")
		}
		lines, err := order.packing(p.Units)
		if err != nil {
			return err
		}
		return send(tx, order, p, lines, by.Name)
	})
}

// packing is what goes into a parcel: no more of a line than has yet to leave, and something.
func (o Order) packing(wanted []Units) ([]ShipmentLine, error) {
	if wanted == nil {
		for _, l := range o.Lines {
			wanted = append(wanted, Units{l.ID, l.ToShip()})
		}
	}
	var lines []ShipmentLine
	seen := map[int64]bool{}
	for _, u := range wanted {
		l, known := o.line(u.LineID)
		if !known || seen[u.LineID] || u.Quantity < 0 || u.Quantity > l.ToShip() {
			return nil, fault.Fields{"units": "form.units"}.Err()
		}
		seen[u.LineID] = true
		if u.Quantity > 0 {
			lines = append(lines, ShipmentLine{OrderLineID: l.ID, Quantity: u.Quantity})
		}
	}
	if len(lines) == 0 {
		return nil, fault.Fields{"units": "form.no_units"}.Err()
	}
	return lines, nil
}

// send writes a parcel down and moves the order on.
func send(tx db.Tx, order *Order, p Parcel, lines []ShipmentLine, actor string) error {
	s := Shipment{OrderID: order.ID, Carrier: p.Carrier, Tracking: p.Tracking, URL: follow(p.Carrier, p.Tracking, p.Link), At: tx.Now(), Lines: lines}
	if err := tx.Gorm().Create(&s).Error; err != nil {
		return err
	}
	before := order.State
	if err := advance(tx, order, actor); err != nil {
		return err
	}
	if order.State == before {
		if err := note(tx, *order, actor, "parcel_sent"); err != nil {
			return err
		}
	}
	return job.Queue(tx, MailShipped, s.ID)
}

// Deliver notes on which day a parcel was delivered, today when it is empty. The order is delivered when all its parcels
// are. The fault's field is delivered_on.
func (o *Orders) Deliver(ctx context.Context, by staff.Actor, number string, shipmentID int64, day clock.Day) error {
	return o.work(ctx, by, number, "deliver", "", func(tx db.Tx, order *Order) error {
		if err := order.deliver(tx, shipmentID, day); err != nil {
			return err
		}
		before := order.State
		if err := advance(tx, order, by.Name); err != nil || order.State != before {
			return err
		}
		return note(tx, *order, by.Name, "parcel_delivered")
	})
}

func (o Order) deliver(tx db.Tx, shipmentID int64, day clock.Day) error {
	m, err := market.ByID(tx, o.MarketID)
	if err != nil {
		return err
	}
	today := clock.DayOf(tx.Now(), m.Location())
	if day == "" {
		day = today
	}
	var sent clock.Instant
	err = tx.QueryRow("SELECT at FROM shipments WHERE id = ? AND order_id = ? AND delivered_on = ''", shipmentID, o.ID).Scan(&sent)
	if db.NotFound(err) {
		return fault.New(fault.NotFound, "fault.shipment")
	}
	if err != nil {
		return err
	}
	if day.Noon(m.Location()).IsZero() || day > today || day < clock.DayOf(sent, m.Location()) {
		return fault.Fields{"delivered_on": "form.delivered_on"}.Err()
	}
	_, err = tx.Exec("UPDATE shipments SET delivered_on = ? WHERE id = ?", day, shipmentID)
	return err
}

// Shipment is the parcel of an order with this id.
func (o Order) Shipment(id int64) (Shipment, bool) {
	for _, s := range o.Shipments {
		if s.ID == id {
			return s, true
		}
	}
	return Shipment{}, false
}

func (o *Order) readShipments(tx db.Tx) (err error) {
	if o.Shipments, err = db.List(tx, func(s *Shipment) []any {
		return []any{&s.ID, &s.OrderID, &s.Carrier, &s.Tracking, &s.URL, &s.At, &s.DeliveredOn}
	}, "SELECT id, order_id, carrier, tracking, url, at, delivered_on FROM shipments WHERE order_id = ? ORDER BY id", o.ID); err != nil || len(o.Shipments) == 0 {
		return err
	}
	lines, err := db.List(tx, func(l *ShipmentLine) []any { return []any{&l.ShipmentID, &l.OrderLineID, &l.Quantity} },
		`SELECT l.shipment_id, l.order_line_id, l.quantity FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id
		WHERE s.order_id = ? ORDER BY l.order_line_id`, o.ID)
	for i := range o.Shipments {
		for _, l := range lines {
			if l.ShipmentID == o.Shipments[i].ID {
				o.Shipments[i].Lines = append(o.Shipments[i].Lines, l)
			}
		}
	}
	return err
}
