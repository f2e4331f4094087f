package order_test

import (
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/order"
)

// model is what the shop should be, in the plainest words: Spain in test with waves, Germany open, one shelf of goods for
// both. It knows no database, no ledger and no sweeping: a hold that has run out is over.
type model struct {
	now      clock.Instant
	launchAt clock.Instant
	shelf    map[string]int // goods at the beginning
	waves    map[string][]launch.Wave
	product  map[string]string
	deals    []*deal
}

// deal is an order as the model remembers it.
type deal struct {
	market   string
	buyer    buyer
	lines    map[string]int
	state    order.State
	inTest   bool
	transfer bool
	arrived  bool // the money of a transfer, for the goods or to go back
	until    clock.Instant
	order    order.Order
}

// buyer is one mailbox and one door of a few.
type buyer struct{ mail, door int }

func (b buyer) is(other buyer) bool { return b.mail == other.mail || b.door == other.door }

// The limits of every product, in one order and for one buyer.
var (
	testLimits = limits{order: 2, buyer: 3}
	openLimits = limits{order: 3, buyer: 5}
)

type limits struct{ order, buyer int }

func (d *deal) lives() bool { return d.state != order.Expired && d.state != order.Cancelled }

// passes moves the clock and ends the holds whose time is up.
func (m *model) passes(now clock.Instant) {
	m.now = now
	for _, d := range m.deals {
		if d.state == order.AwaitingPayment && d.until <= now {
			d.state = order.Expired
		}
	}
}

func (m *model) inTest(market string) bool { return market == "es" && m.now < m.launchAt }

// free is what is on the shelf and nobody's.
func (m *model) free(sku string) int {
	units := m.shelf[sku]
	for _, d := range m.deals {
		if d.lives() {
			units -= d.lines[sku]
		}
	}
	return units
}

// taken is what the batch has given.
func (m *model) taken(sku string) int {
	units := 0
	for _, d := range m.deals {
		if d.lives() && d.inTest {
			units += d.lines[sku]
		}
	}
	return units
}

// published is the units of the waves begun at an instant, and planned those of all of them.
func (m *model) published(sku string) (begun, planned int, first clock.Instant) {
	for _, w := range m.waves[sku] {
		planned += w.Quantity
		if w.OpensAt <= m.now {
			begun += w.Quantity
		}
		first = clock.Earliest(first, w.OpensAt)
	}
	return begun, planned, first
}

// offer is the state of a variant in a market and how many units are left.
func (m *model) offer(market, sku string) (launch.State, int) {
	begun, planned, first := m.published(sku)
	left, some := m.free(sku), launch.OnSale
	switch {
	case m.inTest(market):
		if !first.Reached(m.now) {
			return launch.Announced, 0
		}
		left, some = min(left, begun-m.taken(sku)), launch.Test
	case m.inTest("es"):
		left -= max(0, planned-m.taken(sku))
	}
	if left <= 0 {
		return launch.SoldOut, 0
	}
	return some, left
}

// room is what the limits leave a buyer of a product; nil is nobody in particular.
func (m *model) room(market, product string, who *buyer) int {
	l := openLimits
	if m.inTest(market) {
		l = testLimits
	}
	has := 0
	for _, d := range m.deals {
		if who == nil || d.market != market || !d.lives() || !who.is(d.buyer) || (m.inTest(market) && !d.inTest) {
			continue
		}
		for sku, units := range d.lines {
			if m.product[sku] == product {
				has += units
			}
		}
	}
	return max(0, min(l.order, l.buyer-has))
}

// allows reports whether a buyer may have these goods now, all of them together.
func (m *model) allows(market string, lines map[string]int, who *buyer) bool {
	wanted := map[string]int{}
	for sku, units := range lines {
		state, left := m.offer(market, sku)
		if (state != launch.Test && state != launch.OnSale) || units > left {
			return false
		}
		wanted[m.product[sku]] += units
	}
	for product, units := range wanted {
		if units > m.room(market, product, who) {
			return false
		}
	}
	return true
}

// unpaid is how many of a buyer's orders hold goods.
func (m *model) unpaid(market string, who buyer) int {
	n := 0
	for _, d := range m.deals {
		if d.market == market && d.state == order.AwaitingPayment && who.is(d.buyer) {
			n++
		}
	}
	return n
}

// holds gives a deal its goods until its time is up.
func (m *model) holds(d *deal) {
	d.state, d.inTest, d.until = order.AwaitingPayment, m.inTest(d.market), m.now.Add(15*time.Minute)
	if d.transfer {
		d.until = m.now.Add(7 * 24 * time.Hour)
	}
}

// revives reports whether an order can be paid now; one that has run out needs its goods again.
func (m *model) revives(d *deal) bool {
	switch d.state {
	case order.AwaitingPayment:
		return true
	case order.Expired:
		if m.allows(d.market, d.lines, &d.buyer) {
			m.holds(d)
			return true
		}
	}
	return false
}

// turns are the instants ahead at which something changes.
func (m *model) turns() []clock.Instant {
	turns := []clock.Instant{m.launchAt}
	for _, d := range m.deals {
		if d.state == order.AwaitingPayment {
			turns = append(turns, d.until)
		}
	}
	for _, waves := range m.waves {
		for _, w := range waves {
			turns = append(turns, w.OpensAt)
		}
	}
	var ahead []clock.Instant
	for _, at := range turns {
		if at > m.now+1 {
			ahead = append(ahead, at)
		}
	}
	return ahead
}
