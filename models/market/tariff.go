package market

import (
	"slices"
	"strings"

	"softlaunch/models/clock"
)

// Place is where goods go, as far as it is known: a region's code and a postcode, or neither.
type Place struct{ Region, PostalCode string }

// Parcel is what a delivery is priced for. Value is that of the goods after discounts, in minor units.
type Parcel struct {
	Place
	Grams int64
	Value int64
}

// DeliveryZone is places with a price of their own, and so many working days more. Regions and Prefixes (beginnings of
// postcodes in capitals without spaces) have spaces between.
type DeliveryZone struct {
	ID       int64
	MethodID int64
	Name     string // for staff
	Regions  string
	Prefixes string
	Amount   int64
	DaysMore int
	Steps    []DeliveryStep `gorm:"foreignKey:ZoneID"`
}

// DeliveryStep is a price from a weight (grams) or a value (minor units) on, of a method or, with a ZoneID, of a zone.
type DeliveryStep struct {
	ID       int64
	MethodID int64
	ZoneID   *int64
	Measure  string // ByWeight, ByValue
	AtLeast  int64
	Amount   int64
}

// What a step is measured by.
const (
	ByWeight = "weight"
	ByValue  = "value"
)

// Price is what a method costs for a parcel: the amount of its zone or of the method, replaced by the last step of weight that
// is reached; a step of value that is reached makes it no more than the step's own, so 0 is free. Nothing else prices delivery.
func (d DeliveryMethod) Price(p Parcel) int64 {
	if z, found := d.zone(p.Place); found {
		return price(z.Amount, z.Steps, p)
	}
	return price(d.Amount, d.Steps, p)
}

func price(amount int64, steps []DeliveryStep, p Parcel) int64 {
	var heaviest int64
	for _, s := range steps {
		if s.Measure == ByWeight && p.Grams >= s.AtLeast && s.AtLeast > heaviest {
			heaviest, amount = s.AtLeast, s.Amount
		}
	}
	for _, s := range steps {
		if s.Measure == ByValue && p.Value >= s.AtLeast {
			amount = min(amount, s.Amount)
		}
	}
	return amount
}

// From is the least that a method costs for a weight and value anywhere; varies says that it may cost more, in another place
// or for a heavier parcel of that value.
func (d DeliveryMethod) From(grams, value int64) (least int64, varies bool) {
	least, most := span(d.Amount, d.Steps, grams, value)
	for _, z := range d.Zones {
		cheapest, dearest := span(z.Amount, z.Steps, grams, value)
		least, most = min(least, cheapest), max(most, dearest)
	}
	return least, most > least
}

// span is what goods of a value cost, from this weight on.
func span(amount int64, steps []DeliveryStep, grams, value int64) (least, most int64) {
	least = price(amount, steps, Parcel{Grams: grams, Value: value})
	most = least
	for _, s := range steps {
		if s.Measure == ByWeight && s.AtLeast > grams {
			heavier := price(amount, steps, Parcel{Grams: s.AtLeast, Value: value})
			least, most = min(least, heavier), max(most, heavier)
		}
	}
	return least, most
}

// FreeFrom is the least value of goods that a method delivers for nothing where no zone says otherwise; 0 when there is none.
func (d DeliveryMethod) FreeFrom() int64 {
	var from int64
	for _, s := range d.Steps {
		if s.Measure == ByValue && s.Amount == 0 && (from == 0 || s.AtLeast < from) {
			from = s.AtLeast
		}
	}
	return from
}

// ByWorth reports whether what a method costs depends on the value of the goods.
func (d DeliveryMethod) ByWorth() bool {
	byValue := func(s DeliveryStep) bool { return s.Measure == ByValue }
	return slices.ContainsFunc(d.Steps, byValue) ||
		slices.ContainsFunc(d.Zones, func(z DeliveryZone) bool { return slices.ContainsFunc(z.Steps, byValue) })
}

// SameZone reports whether two places cost the same to deliver to.
func (d DeliveryMethod) SameZone(a, b Place) bool {
	one, _ := d.zone(a)
	other, _ := d.zone(b)
	return one.ID == other.ID
}

// zone is the first zone that a place lies in.
func (d DeliveryMethod) zone(place Place) (DeliveryZone, bool) {
	at := slices.IndexFunc(d.Zones, func(z DeliveryZone) bool { return z.covers(place) })
	if at < 0 {
		return DeliveryZone{}, false
	}
	return d.Zones[at], true
}

func (z DeliveryZone) covers(place Place) bool {
	if place.Region != "" && slices.Contains(strings.Fields(z.Regions), place.Region) {
		return true
	}
	compact := compactPostalCode(place.PostalCode)
	return slices.ContainsFunc(strings.Fields(z.Prefixes), func(prefix string) bool { return begins(compact, prefix) })
}

// begins reports whether a postcode begins with a prefix. One that ends in a letter is a whole British area: B is not BT.
func begins(postcode, prefix string) bool {
	rest, found := strings.CutPrefix(postcode, prefix)
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	return found && prefix != "" && (digit(prefix[len(prefix)-1]) || (rest != "" && digit(rest[0])))
}

// Arrival is the range of days on which an order made at an instant arrives at a place.
func (d DeliveryMethod) Arrival(m Market, at clock.Instant, place Place) (from, to clock.Day) {
	zone := m.Location()
	day := clock.DayOf(at, zone)
	if at.In(zone).Hour() >= d.CutoffHour {
		day = day.AddWorkdays(1, m.DayOff)
	}
	day = day.AddWorkdays(0, m.DayOff)
	more := 0
	if z, found := d.zone(place); found {
		more = z.DaysMore
	}
	return day.AddWorkdays(d.DaysMin+more, m.DayOff), day.AddWorkdays(d.DaysMax+more, m.DayOff)
}
