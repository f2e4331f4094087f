package order_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// Rows 3, 4, 7 and 9 of GUARANTEES: whatever is packed, sent, delivered, credited, asked back, received and cancelled, an order
// is where a plain count of its units says, gives back what a plain sum says and no more, and the audit is clean at every end.
func TestLivesOfOrdersFollowAPlainCount(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	rapid.Check(t, func(r *rapid.T) { liveOut(t, s, r) })
}

func TestTortureLivesOfOrdersFollowAPlainCount(t *testing.T) {
	torture(t, func(t *testing.T, r *rapid.T) { liveOut(t, modelstest.New(within{t, r}), r) })
}

// count is an order in the plainest words: of each line how many units there are, were sent, taken off, credited, asked back and
// came back; of parcels and returns how they are.
type count struct {
	t         *testing.T
	s         *modelstest.Shop
	r         *rapid.T
	o         order.Order
	state     order.State
	lines     []units
	credited  int64
	delivered []bool
	returns   []*comeback
}

type units struct{ all, sent, off, credited, asked, back int }

func (u units) left() int { return u.all - u.sent - u.off }

type comeback struct {
	state order.ReturnState
	units []int
}

func liveOut(t *testing.T, s *modelstest.Shop, r *rapid.T) {
	path := rapid.SampledFrom([]string{"us", "de"}).Draw(r, "market")
	goods := modelstest.Goods{"MI-BAND-BLACK": rapid.IntRange(1, 3).Draw(r, "bands"), "MI-HEADPHONES-BLACK": rapid.IntRange(1, 2).Draw(r, "headphones")}
	buyer := modelstest.Buyer(path)
	buyer.Payment = rapid.SampledFrom([]string{"sandbox", "transfer"}).Draw(r, "payment")
	placed := s.Place(t, path, buyer, goods)
	if buyer.Payment == "sandbox" {
		s.Pay(t, placed)
	} else if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, placed.Number); err != nil {
		r.Fatal(err)
	}
	p := &count{t: t, s: s, r: r, o: look(t, s, placed.Number), state: order.Paid}
	for _, l := range p.o.Lines {
		p.lines = append(p.lines, units{all: l.Quantity})
	}
	verbs := []func(){p.pack, p.unpack, p.ship, p.ship, p.deliver, p.credit, p.credit, p.ask, p.answer, p.receive, p.receive, p.cancel}
	for range rapid.IntRange(1, 14).Draw(r, "steps") {
		verbs[rapid.IntRange(0, len(verbs)-1).Draw(r, "verb")]()
		p.compare()
		s.Time.Advance(time.Hour)
	}
	modelstest.Audit(within{t, r}, s.Shop)
}

// want checks that a verb was allowed, or refused as something that a person can be told.
func (p *count) want(verb string, may bool, err error) bool {
	if (err == nil) != may {
		p.r.Fatalf("%s %s, which is %s with %+v: %v", verb, p.o.Number, p.state, p.lines, err)
	}
	return may
}

func (p *count) pack() {
	if p.want("pack", p.state == order.Paid, p.s.Orders.Pack(p.t.Context(), modelstest.Owner, p.o.Number)) {
		p.state = order.Packed
	}
}

func (p *count) unpack() {
	if p.want("unpack", p.state == order.Packed, p.s.Orders.Unpack(p.t.Context(), modelstest.Owner, p.o.Number)) {
		p.state = order.Paid
	}
}

// draw draws a number of units for each line, now and then one too many.
func (p *count) draw(name string, most func(units) int) (drawn []order.Units, sum int, fits bool) {
	fits = true
	for i, u := range p.lines {
		n := rapid.IntRange(0, most(u)).Draw(p.r, name)
		if rapid.IntRange(0, 30).Draw(p.r, "too many") == 0 {
			n = most(u) + 1
		}
		fits = fits && n <= most(u)
		sum += n
		drawn = append(drawn, order.Units{LineID: p.o.Lines[i].ID, Quantity: n})
	}
	return drawn, sum, fits
}

func (p *count) ship() {
	drawn, sum, fits := p.draw("sent", units.left)
	may := fits && sum > 0 && slices.Contains([]order.State{order.Paid, order.Packed, order.PartlyShipped}, p.state)
	err := p.s.Orders.Ship(p.t.Context(), modelstest.Owner, p.o.Number, order.Parcel{Carrier: "UPS", Tracking: "1Z", Units: drawn})
	if !p.want("ship", may, err) {
		return
	}
	for i, u := range drawn {
		p.lines[i].sent += u.Quantity
	}
	p.delivered = append(p.delivered, false)
	p.settle()
}

func (p *count) deliver() {
	n := len(p.delivered)
	if n == 0 {
		return
	}
	at := rapid.IntRange(0, n-1).Draw(p.r, "parcel")
	err := p.s.Orders.Deliver(p.t.Context(), modelstest.Owner, p.o.Number, look(p.t, p.s, p.o.Number).Shipments[at].ID, "")
	if p.want("deliver", !p.delivered[at], err) {
		p.delivered[at] = true
		p.settle()
	}
}

// settle is the order's state by its units.
func (p *count) settle() {
	var sent, left, back int
	for _, u := range p.lines {
		sent, left, back = sent+u.sent, left+u.left(), back+u.back
	}
	switch {
	case sent == 0:
	case left > 0:
		p.state = order.PartlyShipped
	case back == sent:
		p.state = order.Returned
	case !slices.Contains(p.delivered, false):
		p.state = order.Delivered
	default:
		p.state = order.Shipped
	}
}

func (p *count) credit() {
	off, taken, offFits := p.draw("taken off", units.left)
	shipped, back, shippedFits := p.draw("refunded", func(u units) int { return u.sent - (u.credited - u.off) })
	claim := order.Claim{TakeOff: off, Shipped: shipped, Restock: rapid.Bool().Draw(p.r, "restock"), Delivery: rapid.Bool().Draw(p.r, "delivery"),
		Amount: max(0, rapid.Int64Range(-500, 500).Draw(p.r, "amount")), Reason: "because"}
	sent, left := 0, 0
	for _, u := range p.lines {
		sent, left = sent+u.sent, left+u.left()
	}
	before := look(p.t, p.s, p.o.Number)
	preview, err := p.s.Orders.Preview(context.Background(), p.o.Number, claim)
	may := offFits && shippedFits && p.state.Sold() && (sent > 0 || taken < left) && (taken+back > 0 || preview.TotalAmount > 0) &&
		preview.TotalAmount <= p.o.TotalAmount-p.credited && (err == nil || claim.Amount == 0)
	if may != (err == nil) {
		if claim.Amount > 0 && err != nil {
			return // more off the price than is left of it
		}
		p.r.Fatalf("a claim of %+v of %s with %+v: %v", claim, p.state, p.lines, err)
	}
	if err := p.s.Orders.Credit(p.t.Context(), modelstest.Owner, p.o.Number, claim, preview.TotalAmount); !p.want("credit", may, err) {
		return
	}
	p.credited += preview.TotalAmount
	for i := range p.lines {
		p.lines[i].off += off[i].Quantity
		p.lines[i].credited += off[i].Quantity + shipped[i].Quantity
	}
	if after := look(p.t, p.s, p.o.Number); after.Rest().Total() != before.Rest().Total()-preview.TotalAmount {
		p.r.Fatalf("%d left of %d after %d", after.Rest().Total(), before.Rest().Total(), preview.TotalAmount)
	}
	p.settle()
}

func (p *count) ask() {
	drawn, sum, fits := p.draw("asked back", func(u units) int { return u.sent - u.asked })
	may := fits && sum > 0 && slices.Contains([]order.State{order.PartlyShipped, order.Shipped, order.Delivered}, p.state)
	err := p.s.Orders.AskReturn(p.t.Context(), p.o.MarketID, p.o.Token, order.ReturnRequest{Units: drawn, Reason: "unwanted"})
	if !p.want("ask", may, err) {
		return
	}
	c := &comeback{state: order.ReturnRequested}
	for i, u := range drawn {
		c.units = append(c.units, u.Quantity)
		p.lines[i].asked += u.Quantity
	}
	p.returns = append(p.returns, c)
}

// any is one of the returns, with its id; nil when there is none.
func (p *count) any() (*comeback, int64) {
	if len(p.returns) == 0 {
		return nil, 0
	}
	at := rapid.IntRange(0, len(p.returns)-1).Draw(p.r, "return")
	return p.returns[at], look(p.t, p.s, p.o.Number).Returns[at].ID
}

func (p *count) answer() {
	c, id := p.any()
	if c == nil {
		return
	}
	to := rapid.SampledFrom([]order.ReturnState{order.ReturnApproved, order.ReturnRefused}).Draw(p.r, "answer")
	err := p.s.Orders.AnswerReturn(p.t.Context(), modelstest.Owner, p.o.Number, id, to == order.ReturnApproved, "so it is")
	if !p.want("answer", slices.Contains(order.ReturnMoves[c.state], to), err) {
		return
	}
	if c.state = to; to == order.ReturnRefused {
		for i, n := range c.units {
			p.lines[i].asked -= n
		}
	}
}

func (p *count) receive() {
	c, id := p.any()
	if c == nil {
		return
	}
	var arrivals []order.Arrival
	sum := 0
	for i, n := range c.units {
		came := rapid.IntRange(0, n).Draw(p.r, "came")
		sum += came
		arrivals = append(arrivals, order.Arrival{Units: order.Units{LineID: p.o.Lines[i].ID, Quantity: came}, Condition: "opened", Restock: rapid.Bool().Draw(p.r, "restock")})
	}
	arrivals = slices.DeleteFunc(arrivals, func(a order.Arrival) bool { return a.Quantity == 0 })
	err := p.s.Orders.ReceiveReturn(p.t.Context(), modelstest.Owner, p.o.Number, id, arrivals)
	if !p.want("receive", c.state == order.ReturnApproved && sum > 0, err) {
		return
	}
	c.state = order.ReturnReceived
	for i, n := range c.units {
		p.lines[i].asked -= n
		for _, a := range arrivals {
			if a.LineID == p.o.Lines[i].ID {
				p.lines[i].asked += a.Quantity
				p.lines[i].back += a.Quantity
			}
		}
	}
	p.settle()
}

func (p *count) cancel() {
	own := rapid.Bool().Draw(p.r, "own")
	may, err := p.state == order.Paid, error(nil)
	if own {
		err = p.s.Orders.CancelOwn(p.t.Context(), p.o.MarketID, p.o.Token)
	} else {
		may, err = may || p.state == order.Packed, p.s.Orders.Cancel(p.t.Context(), modelstest.Owner, p.o.Number, "because")
	}
	if !p.want("cancel", may, err) {
		return
	}
	p.state, p.credited = order.Cancelled, p.o.TotalAmount
	for i, u := range p.lines {
		p.lines[i].credited, p.lines[i].off = u.all, u.all
	}
}

// compare looks at the order.
func (p *count) compare() {
	o := look(p.t, p.s, p.o.Number)
	refunds := order.NotRefunded
	switch {
	case p.credited == o.TotalAmount:
		refunds = order.Refunded
	case p.credited > 0:
		refunds = order.PartlyRefunded
	}
	if o.State != p.state || o.RefundState != refunds || o.CreditedAmount() != p.credited {
		p.r.Fatalf("%s is %s and refunded %s with %d, want %s, %s, %d", o.Number, o.State, o.RefundState, o.CreditedAmount(), p.state, refunds, p.credited)
	}
	var sent int64
	for _, r := range o.Refunds {
		sent += r.Amount
	}
	if sent != p.credited {
		p.r.Fatalf("%d refunded, %d credited", sent, p.credited)
	}
	for i, l := range o.Lines {
		if u := p.lines[i]; l.Fate != (order.Fate{Shipped: u.sent, TakenOff: u.off, Credited: u.credited, Asked: u.asked, CameBack: u.back}) {
			p.r.Fatalf("line %d is %+v, want %+v", i+1, l.Fate, u)
		}
	}
}
