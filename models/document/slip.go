package document

import (
	"context"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
	"softlaunch/models/order"
)

// Slip is what lies in a parcel: its goods and no prices. Carrier, Tracking and SentOn are empty while it is being packed.
type Slip struct {
	Language  string
	Country   string // of the market
	Paper     string
	Seller    Seller
	To        Address
	Order     string
	OrderedOn clock.Day
	Delivery  string
	Parcel    int // 1 for the order's first
	Carrier   string
	Tracking  string
	SentOn    clock.Day
	Lines     []SlipLine
}

// SlipLine is goods in a parcel.
type SlipLine struct {
	SKU, Name, Colour string
	Quantity          int
}

// Slip is the packing slip of an order's parcel; shipment 0 is what is still to be packed. An unknown parcel, and an order of
// which nothing is to be packed, is not found.
func (d *Documents) Slip(ctx context.Context, number string, shipment int64) (s Slip, err error) {
	err = d.data.Read(ctx, func(tx db.Tx) error {
		o, err := order.ByNumber(tx, number)
		if err != nil {
			return err
		}
		m, err := market.ByID(tx, o.MarketID)
		if err != nil {
			return err
		}
		seller, err := market.SellerOf(tx, m.ID)
		if err != nil {
			return err
		}
		s, err = slip(o, m, seller, shipment)
		return err
	})
	return s, err
}

func slip(o order.Order, m market.Market, seller market.Seller, shipment int64) (Slip, error) {
	c := about(o, m, seller)
	s := Slip{Language: o.Language, Country: m.Country, Paper: c.Paper, Seller: c.Seller, To: c.Buyer, Order: o.Number, OrderedOn: c.OrderedOn,
		Delivery: o.DeliveryName, Parcel: len(o.Shipments) + 1}
	units := map[int64]int{}
	switch at := slices.IndexFunc(o.Shipments, func(one order.Shipment) bool { return one.ID == shipment }); {
	case at >= 0:
		parcel := o.Shipments[at]
		s.Parcel, s.Carrier, s.Tracking, s.SentOn = at+1, parcel.Carrier, parcel.Tracking, clock.DayOf(parcel.At, m.Location())
		for _, l := range parcel.Lines {
			units[l.OrderLineID] = l.Quantity
		}
	case shipment != 0 || !o.State.Open():
		return Slip{}, errUnknown
	default:
		for _, l := range o.Lines {
			units[l.ID] = l.ToShip()
		}
	}
	for _, l := range o.Lines {
		if units[l.ID] > 0 {
			s.Lines = append(s.Lines, SlipLine{SKU: l.SKU, Name: l.Name, Colour: l.Colour, Quantity: units[l.ID]})
		}
	}
	return s, nil
}
