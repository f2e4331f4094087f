package order_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// Rows 1, 2, 7 and 12 of GUARANTEES: whatever buyers, staff and the clock do, the shop sells what a plain model says it may
// and shows what the model says is left. The audit looks at every end.
func TestTheShopFollowsAPlainModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) { follow(t, r) })
}

func TestTortureTheShopFollowsAPlainModel(t *testing.T) { torture(t, follow) }

func follow(t *testing.T, r *rapid.T) {
	m := newMachine(t, r)
	r.Repeat(rapid.StateMachineActions(m))
	modelstest.Audit(within{t, r}, m.shop.Shop)
}

// machine does the same to a shop and to the model.
type machine struct {
	t     within
	shop  *modelstest.Shop
	model *model
	store map[string]market.Store
	ids   map[string]int64 // of variants by SKU
	skus  []string
	ready []*press
	turn  int
}

// press is an order button that waits to be pressed.
type press struct {
	placement order.Placement
	deal      *deal
	done      bool
}

func newMachine(t *testing.T, r *rapid.T) *machine {
	tb := within{t, r}
	s := modelstest.New(tb)
	at := func(h time.Duration) clock.Instant { return modelstest.Start.Add(h * time.Hour) }
	m := &machine{t: tb, shop: s, store: map[string]market.Store{}, ids: map[string]int64{}, model: &model{
		now: modelstest.Start, launchAt: at(6),
		product: map[string]string{"MI-BAND-BLACK": "band", "MI-BAND-BLUE": "band", "MI-BAND-CORAL": "band", "MI-HEADPHONES-BLACK": "headphones"},
		shelf:   map[string]int{"MI-BAND-BLACK": 8, "MI-BAND-BLUE": 3, "MI-BAND-CORAL": 4, "MI-HEADPHONES-BLACK": 7},
		waves: map[string][]launch.Wave{"MI-BAND-BLACK": {{OpensAt: at(0), Quantity: 2}, {OpensAt: at(2), Quantity: 3}},
			"MI-BAND-BLUE": {{OpensAt: at(1), Quantity: 4}}, "MI-HEADPHONES-BLACK": {{OpensAt: at(0), Quantity: 3}, {OpensAt: at(3), Quantity: 1}}},
	}}
	m.skus = slices.Sorted(maps.Keys(m.model.shelf))
	s.Write(tb, func(tx db.Tx) error { return m.arrange(tx) })
	for _, sku := range m.skus {
		s.Stock(tb, "venlo", sku, m.model.shelf[sku])
		m.ids[sku] = s.Number(tb, "SELECT id FROM variants WHERE sku = ?", sku)
	}
	for _, code := range []string{"es", "de"} {
		m.store[code] = s.Store(tb, code)
	}
	return m
}

// arrange makes the example the model's shop.
func (m *machine) arrange(tx db.Tx) error {
	statements := map[string][]any{
		"DELETE FROM waves": nil,
		"UPDATE markets SET announced_at = ?, test_at = ?, launch_at = ? WHERE code = 'es'":                {m.model.now, m.model.now, m.model.launchAt},
		"UPDATE payment_methods SET in_test = 1":                                                           nil,
		"UPDATE listings SET test_limit_order = ?, test_limit_buyer = ?, limit_order = ?, limit_buyer = ?": {testLimits.order, testLimits.buyer, openLimits.order, openLimits.buyer},
	}
	for statement, args := range statements {
		if _, err := tx.Exec(statement, args...); err != nil {
			return err
		}
	}
	for sku, waves := range m.model.waves {
		for _, w := range waves {
			if _, err := tx.Exec(`INSERT INTO waves (market_id, variant_id, opens_at, quantity)
				SELECT m.id, v.id, ?, ? FROM markets m, variants v WHERE m.code = 'es' AND v.sku = ?`, w.OpensAt, w.Quantity, sku); err != nil {
				return err
			}
		}
	}
	return nil
}

// details of a buyer in a market.
func details(market string, who buyer, transfer bool) cart.Details {
	d := modelstest.Buyer(market)
	d.Email, d.Line1 = fmt.Sprintf("buyer%d@example.com", who.mail), fmt.Sprintf("%d Example Street", who.door)
	if transfer {
		d.Payment = "transfer"
	}
	return d
}

func anyBuyer(r *rapid.T) buyer {
	return buyer{rapid.IntRange(1, 3).Draw(r, "mail"), rapid.IntRange(1, 3).Draw(r, "door")}
}

// Fill puts goods into a cart and goes as far as the order button, which is pressed at once or later.
func (m *machine) Fill(r *rapid.T) {
	d := &deal{market: rapid.SampledFrom([]string{"es", "es", "de"}).Draw(r, "market"), buyer: anyBuyer(r), lines: map[string]int{},
		transfer: rapid.IntRange(0, 3).Draw(r, "pays") == 0}
	store, token := m.store[d.market], rand.Text()
	for range rapid.IntRange(1, 2).Draw(r, "kinds") {
		sku, units := rapid.SampledFrom(m.skus).Draw(r, "sku"), rapid.IntRange(1, 3).Draw(r, "units")
		wanted := maps.Clone(d.lines)
		wanted[sku] += units
		err := m.shop.Carts.Add(context.Background(), token, store, sku, units)
		if allowed := m.allowsInCart(d.market, wanted, sku); (err == nil) != allowed || (err != nil && !refusal(err)) {
			r.Fatalf("%d of %s into a cart of %s with %v: %v", units, sku, d.market, d.lines, err)
		}
		if err == nil {
			d.lines = wanted
		}
	}
	if len(d.lines) == 0 {
		return
	}
	if err := m.shop.Carts.SaveDetails(context.Background(), token, store, details(d.market, d.buyer, d.transfer)); err != nil {
		r.Fatal(err)
	}
	review, err := m.shop.Orders.Review(context.Background(), token, store)
	if err != nil {
		r.Fatal(err)
	}
	p := &press{deal: d, placement: order.Placement{CartToken: token, Store: store, Key: review.Details.IdempotencyKey, Total: m.total(d)}}
	m.ready = append(m.ready, p)
	if rapid.Bool().Draw(r, "at once") {
		m.press(r, p)
	}
}

// allowsInCart is what adding a SKU asks: that this SKU can be had, with all of its product that is in the cart.
func (m *machine) allowsInCart(market string, wanted map[string]int, sku string) bool {
	state, left := m.model.offer(market, sku)
	ofProduct := 0
	for other, units := range wanted {
		if m.model.product[other] == m.model.product[sku] {
			ofProduct += units
		}
	}
	return (state == launch.Test || state == launch.OnSale) && wanted[sku] <= left && ofProduct <= m.model.room(market, m.model.product[sku], nil)
}

// total is what the goods cost, delivered, with the example's tenth off headphones for 150 euros or more.
func (m *machine) total(d *deal) int64 {
	sums := map[string]int64{}
	for sku, units := range d.lines {
		sums[m.model.product[sku]] += int64(units)
	}
	bands, headphones := sums["band"]*1499, sums["headphones"]*7999
	if headphones >= 15_000 {
		headphones -= (headphones + 5) / 10
	}
	if d.market == "de" && bands+headphones >= 4900 { // what goods are worth after discounts makes delivery free
		return bands + headphones
	}
	return map[string]int64{"es": 450, "de": 399}[d.market] + bands + headphones
}

// Press presses an order button again or at last.
func (m *machine) Press(r *rapid.T) {
	if len(m.ready) == 0 {
		r.Skip()
	}
	m.press(r, rapid.SampledFrom(m.ready).Draw(r, "button"))
}

func (m *machine) press(r *rapid.T, p *press) {
	d := p.deal
	may := p.done || (m.model.allows(d.market, d.lines, &d.buyer) && m.model.unpaid(d.market, d.buyer) < 2)
	o, err := m.shop.Orders.Place(context.Background(), p.placement)
	if (err == nil) != may || (err != nil && !refusal(err)) {
		r.Fatalf("%+v orders %v in %s: %v", d.buyer, d.lines, d.market, err)
	}
	if p.done && o.Number != d.order.Number {
		r.Fatalf("the same button made %s and %s", d.order.Number, o.Number)
	}
	if err == nil && !p.done {
		m.model.holds(d)
		m.model.deals = append(m.model.deals, d)
		if d.order, p.done = o, true; o.HoldUntil != d.until || o.TotalAmount != p.placement.Total || (o.Phase == "test") != d.inTest {
			r.Fatalf("%s holds until %s, costs %d, is of the %s", o.Number, o.HoldUntil, o.TotalAmount, o.Phase)
		}
	}
}

// refusal reports whether an error is one that a buyer can be told.
func refusal(err error) bool { return fault.Is(err, fault.NotOpen) || fault.Is(err, fault.Conflict) }

func (m *machine) anyDeal(r *rapid.T) *deal {
	if len(m.model.deals) == 0 {
		r.Skip()
	}
	return rapid.SampledFrom(m.model.deals).Draw(r, "order")
}

// Pay has the sandbox say paid.
func (m *machine) Pay(r *rapid.T) {
	d := m.anyDeal(r)
	done := d.state == order.Paid || d.state == order.Shipped
	may := !d.transfer && (done || m.model.revives(d))
	m.answers(r, "pay", d, may, settleNow(m.shop, d, payment.Captured))
	if may && !done {
		d.state = order.Paid
	}
}

// Decline has the sandbox say no, or the buyer turn back: nothing changes.
func (m *machine) Decline(r *rapid.T) {
	d := m.anyDeal(r)
	m.answers(r, "decline", d, !d.transfer, settleNow(m.shop, d, rapid.SampledFrom([]payment.Outcome{payment.Declined, payment.Cancelled}).Draw(r, "outcome")))
}

func settleNow(s *modelstest.Shop, d *deal, outcome payment.Outcome) error {
	_, err := s.Orders.Settle(context.Background(), order.Settlement{Token: d.order.Token, Provider: "sandbox", ProviderID: rand.Text(), Outcome: outcome})
	return err
}

// MarkPaid has staff see the money of a transfer, perhaps late.
func (m *machine) MarkPaid(r *rapid.T) {
	d := m.anyDeal(r)
	waits := d.transfer && (d.state == order.AwaitingPayment || d.state == order.Expired)
	held := waits && m.model.revives(d)
	astray := d.transfer && d.state == order.Cancelled && !d.arrived
	refunded, err := m.shop.Orders.MarkPaid(context.Background(), modelstest.Owner, d.order.Number)
	m.answers(r, "mark paid", d, waits || astray, err)
	if refunded != (waits && !held || astray) {
		r.Fatalf("%s refunded: %v", d.order.Number, refunded)
	}
	d.arrived = d.arrived || waits || astray
	if waits {
		d.state = map[bool]order.State{true: order.Paid, false: order.Cancelled}[held]
	}
}

// Cancel has staff end an order.
func (m *machine) Cancel(r *rapid.T) {
	d := m.anyDeal(r)
	may := d.state != order.Shipped && d.state != order.Cancelled
	m.answers(r, "cancel", d, may, m.shop.Orders.Cancel(context.Background(), modelstest.Owner, d.order.Number, "because"))
	if may {
		d.state = order.Cancelled
	}
}

// Ship has staff send a parcel.
func (m *machine) Ship(r *rapid.T) {
	d := m.anyDeal(r)
	m.answers(r, "ship", d, d.state == order.Paid, m.shop.Orders.Ship(context.Background(), modelstest.Owner, d.order.Number, order.Parcel{Carrier: "Parcel Post"}))
	if d.state == order.Paid {
		d.state = order.Shipped
	}
}

func (m *machine) answers(r *rapid.T, verb string, d *deal, may bool, err error) {
	if (err == nil) != may || (err != nil && !refusal(err)) {
		r.Fatalf("%s %s, which is %s of %v: %v", verb, d.order.Number, d.state, d.lines, err)
	}
}

// Wait moves the clock, by minutes or to an instant at which something changes, give or take a millisecond.
func (m *machine) Wait(r *rapid.T) {
	now := m.model.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(r, "minutes")) * time.Minute)
	if turns := m.model.turns(); len(turns) > 0 && rapid.Bool().Draw(r, "to a turn") {
		now = rapid.SampledFrom(turns).Draw(r, "turn") + clock.Instant(rapid.IntRange(-1, 1).Draw(r, "give or take"))
	}
	m.shop.Time.Set(now)
	m.model.passes(now)
}

// Sweep ends what is over; nobody can tell.
func (m *machine) Sweep(r *rapid.T) {
	if err := m.shop.Orders.Sweep(context.Background()); err != nil {
		r.Fatal(err)
	}
}

// Check compares what the shop shows with the model: to a stranger and to the buyers in turn, in both markets.
func (m *machine) Check(r *rapid.T) {
	m.turn++
	who := buyer{m.turn%3 + 1, m.turn/3%3 + 1}
	m.shop.Read(m.t, func(tx db.Tx) error {
		for code, store := range m.store {
			for _, one := range []*buyer{nil, &who} {
				if err := m.shows(r, tx, code, store.Market, one); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if d := len(m.model.deals); d > 0 {
		m.tells(r, m.model.deals[m.turn%d])
	}
}

func (m *machine) shows(r *rapid.T, tx db.Tx, code string, in market.Market, who *buyer) error {
	var keys launch.Keys
	if who != nil {
		keys = details(code, *who, false).Keys(in)
	}
	sales, err := launch.Decided(tx, in, keys, slices.Collect(maps.Values(m.ids))...)
	if err != nil {
		return err
	}
	for _, sku := range m.skus {
		sale := sales[m.ids[sku]]
		state, left := m.model.offer(code, sku)
		room, most := sale.Room.Units, 0
		if state == launch.Test || state == launch.OnSale {
			room = m.model.room(code, m.model.product[sku], who)
			most = min(left, room)
		}
		if o := sale.Offer; o.State != state || o.Left != left || o.Most != most || sale.Room.Units != room {
			r.Fatalf("%s shows %v %s: %s, %d left, at most %d in %d; want %s, %d left, at most %d in %d",
				code, who, sku, o.State, o.Left, o.Most, sale.Room.Units, state, left, most, room)
		}
	}
	return nil
}

// tells compares an order's page with the model.
func (m *machine) tells(r *rapid.T, d *deal) {
	o, err := m.shop.Orders.ByNumber(context.Background(), d.order.Number)
	if err != nil || o.State != d.state || o.HoldUntil != d.until {
		r.Fatalf("%s is %s until %s, %v; want %s until %s", d.order.Number, o.State, o.HoldUntil, err, d.state, d.until)
	}
}
