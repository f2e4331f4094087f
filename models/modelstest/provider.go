package modelstest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// Provider plays a payment provider with pages of its own, in memory, under the name of stripe. What it is asked for it keeps
// by key as a provider does; it is silent when Silent is set.
type Provider struct {
	mu       sync.Mutex
	silent   bool
	said     payment.RefundState // of refunds; pending when not set
	refuses  bool                // to refund
	calls    int
	keys     map[string]string // session by key
	sessions map[string]*payment.Standing
	refunds  map[string]payment.RefundAnswer // by key
}

// NewProvider is a provider that nobody has asked for anything yet.
func NewProvider() *Provider {
	return &Provider{keys: map[string]string{}, sessions: map[string]*payment.Standing{}, refunds: map[string]payment.RefundAnswer{}}
}

// ErrSilence is what calls of a silent provider answer.
var ErrSilence = errors.New("modelstest: no answer")

// Silence has the provider answer nothing from now on, or answer again.
func (p *Provider) Silence(silent bool) { p.set(func() { p.silent = silent }) }

// Refunding has the provider say this of refunds that it is asked for from now on; "" is that it refuses them.
func (p *Provider) Refunding(state payment.RefundState) {
	p.set(func() { p.said, p.refuses = state, state == "" })
}

// Paid has the buyer pay in a session, and answers the provider's word of it.
func (p *Provider) Paid(sessionID string) payment.Standing {
	return p.change(sessionID, func(s *payment.Standing) { s.Progress, s.PaymentID = payment.IsPaid, "pi_"+sessionID })
}

// Session is the provider's word of a session.
func (p *Provider) Session(sessionID string) payment.Standing {
	return p.change(sessionID, func(*payment.Standing) {})
}

// Calls is how often the provider was asked for something.
func (p *Provider) Calls() (n int) {
	p.set(func() { n = p.calls })
	return n
}

// Refunds are the refunds that the provider has sent or was asked to send.
func (p *Provider) Refunds() (all []payment.RefundAnswer) {
	p.set(func() {
		for _, r := range p.refunds {
			all = append(all, r)
		}
	})
	return all
}

func (p *Provider) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *Provider) change(sessionID string, change func(*payment.Standing)) (s payment.Standing) {
	p.set(func() {
		change(p.sessions[sessionID])
		s = *p.sessions[sessionID]
	})
	return s
}

// ask counts a call and does it, unless the provider is silent.
func (p *Provider) ask(do func() error) (err error) {
	p.set(func() {
		if p.calls++; p.silent {
			err = ErrSilence
			return
		}
		err = do()
	})
	return err
}

// Provider is stripe.
func (*Provider) Provider() string { return "stripe" }

// RefundsItself is false.
func (*Provider) RefundsItself() bool { return false }

// Origin is where the provider's pages would be.
func (*Provider) Origin() string { return "https://provider.example" }

// Live is false.
func (*Provider) Live() bool { return false }

// Start makes a session, one for each key.
func (p *Provider) Start(_ context.Context, intent payment.Intent) (start payment.Start, err error) {
	err = p.ask(func() error {
		id, known := p.keys[intent.Key]
		if !known {
			id = fmt.Sprintf("cs_%s_%d", intent.Number, len(p.sessions)+1)
			p.keys[intent.Key] = id
			p.sessions[id] = &payment.Standing{SessionID: id, Progress: payment.IsOpen, Reference: intent.Number, Amount: intent.Amount}
		}
		start = payment.Start{SessionID: id, Next: "https://provider.example/" + id}
		return nil
	})
	return start, err
}

// Look says how a session stands.
func (p *Provider) Look(_ context.Context, sessionID string) (s payment.Standing, err error) {
	err = p.ask(func() error { s = *p.sessions[sessionID]; return nil })
	return s, err
}

// End ends a session that is open.
func (p *Provider) End(_ context.Context, sessionID string) (s payment.Standing, err error) {
	err = p.ask(func() error {
		if p.sessions[sessionID].Progress == payment.IsOpen {
			p.sessions[sessionID].Progress = payment.IsUnpaid
		}
		s = *p.sessions[sessionID]
		return nil
	})
	return s, err
}

// Refund sends money back, once for each key.
func (p *Provider) Refund(_ context.Context, o payment.RefundOrder, _ bool) (a payment.RefundAnswer, err error) {
	err = p.ask(func() error {
		if p.refuses {
			return payment.Refused{Code: "charge_disputed"}
		}
		known, again := p.refunds[o.Key]
		if !again {
			known = payment.RefundAnswer{ID: "re_" + o.Key, Key: o.Key, PaymentID: o.PaymentID, Amount: o.Amount, State: cmp.Or(p.said, payment.RefundPending)}
			p.refunds[o.Key] = known
		}
		a = known
		return nil
	})
	return a, err
}

// Signed is the signature of all messages of this provider's.
const Signed = "signed"

// Verify reads a message that is signed.
func (p *Provider) Verify(payload []byte, signature string, _ clock.Instant) (payment.Event, error) {
	if signature != Signed {
		return payment.Event{}, payment.ErrForeign
	}
	return p.Read(payload)
}

// Read reads a message, which is an event as JSON.
func (*Provider) Read(payload []byte) (e payment.Event, err error) {
	err = json.Unmarshal(payload, &e)
	return e, err
}

// Tell sends the shop a message about a session.
func (s *Shop) Tell(t testing.TB, id string, standing payment.Standing) {
	t.Helper()
	payload, err := json.Marshal(payment.Event{ID: id, Type: "checkout.session", Session: &standing})
	if err == nil {
		err = s.Orders.Hear(context.Background(), "stripe", payload, Signed)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TakesCards has a market take payments by stripe, in the test phase too.
func (s *Shop) TakesCards(t testing.TB, market string) {
	t.Helper()
	s.Exec(t, "INSERT INTO payment_methods (market_id, provider, in_test, position) SELECT id, 'stripe', 1, 9 FROM markets WHERE code = ?", market)
}

// ByCard is a buyer nobody has seen before who pays by stripe.
func ByCard(code string) cart.Details {
	d := Buyer(code)
	d.Payment = "stripe"
	return d
}

// Open is an order whose buyer is on the provider's page, and the session there.
func (s *Shop) Open(t testing.TB, path string, goods Goods) (order.Order, payment.Session) {
	t.Helper()
	placed := s.Place(t, path, ByCard(path), goods)
	return s.Visit(t, placed)
}

// Visit has an order's buyer go to the provider's page to pay.
func (s *Shop) Visit(t testing.TB, o order.Order) (order.Order, payment.Session) {
	t.Helper()
	if _, err := s.Orders.Start(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	o = s.Again(t, o)
	return o, o.Sessions[len(o.Sessions)-1]
}

// Again is an order as it is now.
func (s *Shop) Again(t testing.TB, o order.Order) order.Order {
	t.Helper()
	now, err := s.Orders.ByNumber(context.Background(), o.Number)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// Cash has the shop do what waits at its cashier's, once.
func (s *Shop) Cash() { s.Cashier().Round(context.Background()) }
