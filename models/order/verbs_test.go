package order_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/cart"
	"softlaunch/models/db"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// life is one order, what was last seen of it, and everything that can be done to it.
type life struct {
	t       *testing.T
	s       *modelstest.Shop
	token   string
	number  string
	own     string
	tries   int
	history []order.Event
	state   order.State
	refunds order.State
	ends    map[int64]string // of its holds, by id
}

// Row 9 of GUARANTEES: whatever is tried in whatever order, states change as order.Moves allows, each change is in the
// history, what is written there stays, and a hold ends once.
func TestWhateverIsTriedOnlyLegalMovesHappen(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	rapid.Check(t, func(r *rapid.T) { live(t, s, r) })
}

func TestTortureOnlyLegalMovesHappen(t *testing.T) {
	torture(t, func(t *testing.T, r *rapid.T) { live(t, modelstest.New(within{t, r}), r) })
}

func live(t *testing.T, s *modelstest.Shop, r *rapid.T) {
	s.Time.Advance(30 * 24 * time.Hour) // whatever earlier orders hold is free again
	if err := s.Orders.Sweep(t.Context()); err != nil {
		r.Fatal(err)
	}
	s.Stock(t, "reno", plush, 2)
	buyer := modelstest.Buyer("us")
	buyer.Payment = rapid.SampledFrom([]string{"sandbox", "transfer"}).Draw(r, "payment")
	o := s.Place(t, "us", buyer, modelstest.Goods{plush: 2})
	l := &life{t: t, s: s, token: o.Token, number: o.Number, own: buyer.Payment, refunds: order.State(order.NotRefunded), ends: map[int64]string{}}
	l.look(r)
	verbs := l.verbs()
	names := make([]string, 0, len(verbs))
	for name := range verbs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 16).Draw(r, "verbs") {
		err := verbs[name](t.Context())
		l.changed(r, name, err)
	}
}

func (l *life) verbs() map[string]func(context.Context) error {
	owner := modelstest.Owner
	settle := func(provider string, outcome payment.Outcome) func(context.Context) error {
		return func(ctx context.Context) error {
			l.tries++
			_, err := l.s.Orders.Settle(ctx, order.Settlement{Token: l.token, Provider: provider, ProviderID: fmt.Sprint(l.number, l.tries), Outcome: outcome})
			return err
		}
	}
	pass := func(by time.Duration) func(context.Context) error {
		return func(context.Context) error { l.s.Time.Advance(by); return nil }
	}
	return map[string]func(context.Context) error{
		"pay": settle("sandbox", payment.Captured), "decline": settle("sandbox", payment.Declined), "give up": settle("sandbox", payment.Cancelled),
		"pay elsewhere": settle("stripe", payment.Captured), "cancel": func(ctx context.Context) error { return l.s.Orders.Cancel(ctx, owner, l.number, "because") },
		"mark paid": func(ctx context.Context) error { _, err := l.s.Orders.MarkPaid(ctx, owner, l.number); return err },
		"ship": func(ctx context.Context) error {
			return l.s.Orders.Ship(ctx, owner, l.number, order.Parcel{Carrier: "Parcel Post"})
		},
		"pack":   func(ctx context.Context) error { return l.s.Orders.Pack(ctx, owner, l.number) },
		"unpack": func(ctx context.Context) error { return l.s.Orders.Unpack(ctx, owner, l.number) },
		"ship one": l.seen(func(ctx context.Context, o order.Order) error {
			return l.s.Orders.Ship(ctx, owner, l.number, order.Parcel{Carrier: "UPS", Units: l.one(o)})
		}),
		"deliver": l.seen(func(ctx context.Context, o order.Order) error {
			if len(o.Shipments) == 0 {
				return nil
			}
			return l.s.Orders.Deliver(ctx, owner, l.number, o.Shipments[len(o.Shipments)-1].ID, "")
		}),
		"take one off": l.seen(func(ctx context.Context, o order.Order) error {
			return l.credit(ctx, order.Claim{TakeOff: l.one(o), Restock: true, Reason: "because"})
		}),
		"refund one": l.seen(func(ctx context.Context, o order.Order) error {
			return l.credit(ctx, order.Claim{Shipped: l.one(o), Delivery: true, Reason: "because"})
		}),
		"a cent off": func(ctx context.Context) error { return l.credit(ctx, order.Claim{Amount: 1, Reason: "because"}) },
		"ask back": l.seen(func(ctx context.Context, o order.Order) error {
			return l.s.Orders.AskReturn(ctx, o.MarketID, l.token, order.ReturnRequest{Units: l.one(o), Reason: "other"})
		}),
		"approve": l.returned(func(ctx context.Context, r order.Return) error {
			return l.s.Orders.AnswerReturn(ctx, owner, l.number, r.ID, true, "")
		}),
		"refuse": l.returned(func(ctx context.Context, r order.Return) error {
			return l.s.Orders.AnswerReturn(ctx, owner, l.number, r.ID, false, "no")
		}),
		"receive": l.returned(func(ctx context.Context, r order.Return) error {
			back := order.Units{LineID: r.Lines[0].OrderLineID, Quantity: 1}
			return l.s.Orders.ReceiveReturn(ctx, owner, l.number, r.ID, []order.Arrival{{Units: back, Condition: "opened", Restock: true}})
		}),
		"withdraw": l.seen(func(ctx context.Context, o order.Order) error {
			_, err := l.s.Orders.Withdraw(ctx, l.s.Store(l.t, "us"), order.Withdrawal{Name: o.Name, OrderNumber: l.number, Email: o.Email})
			return err
		}),
		"cancel own": l.seen(func(ctx context.Context, o order.Order) error { return l.s.Orders.CancelOwn(ctx, o.MarketID, l.token) }),
		"move house": l.seen(func(ctx context.Context, o order.Order) error {
			to := cart.Details{Name: o.Name, Line1: o.Line1 + "0", PostalCode: o.PostalCode, City: o.City, Region: o.Region}
			return l.s.Orders.ChangeAddress(ctx, owner, l.number, to, "because")
		}),
		"refunded": l.refunded, "sweep": l.s.Orders.Sweep,
		"a minute": pass(time.Minute), "a quarter of an hour": pass(15 * time.Minute), "a week": pass(7 * 24 * time.Hour),
		"goods go": l.stock(0), "goods come": l.stock(2),
	}
}

// seen does something with the order as it is.
func (l *life) seen(do func(context.Context, order.Order) error) func(context.Context) error {
	return func(ctx context.Context) error {
		o, err := l.s.Orders.ByNumber(ctx, l.number)
		if err != nil {
			return err
		}
		return do(ctx, o)
	}
}

// returned does something with the order's last return, if it has one.
func (l *life) returned(do func(context.Context, order.Return) error) func(context.Context) error {
	return l.seen(func(ctx context.Context, o order.Order) error {
		if len(o.Returns) == 0 {
			return nil
		}
		return do(ctx, o.Returns[len(o.Returns)-1])
	})
}

func (l *life) one(o order.Order) []order.Units {
	return []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}
}

func (l *life) credit(ctx context.Context, claim order.Claim) error {
	c, err := l.s.Orders.Preview(ctx, l.number, claim)
	if err != nil {
		return err
	}
	return l.s.Orders.Credit(ctx, modelstest.Owner, l.number, claim, c.TotalAmount)
}

func (l *life) refunded(ctx context.Context) error {
	o, err := l.s.Orders.ByNumber(ctx, l.number)
	if err != nil || len(o.Refunds) == 0 {
		return err
	}
	return l.s.Orders.MarkRefunded(ctx, modelstest.Owner, l.number, o.Refunds[0].ID)
}

// stock makes so many plush toys free, beside those that are held.
func (l *life) stock(free int64) func(context.Context) error {
	return func(context.Context) error {
		held := l.s.Number(l.t, "SELECT held FROM levels WHERE variant_id = (SELECT id FROM variants WHERE sku = ?) AND location_id = (SELECT id FROM locations WHERE code = 'reno')", plush)
		l.s.Stock(l.t, "reno", plush, int(held+free))
		return nil
	}
}

// look reads the order as it is written, due or not, and checks its holds.
func (l *life) look(r *rapid.T) (order.State, []order.Event) {
	var state order.State
	var events []order.Event
	live := 0
	l.s.Read(l.t, func(tx db.Tx) error {
		if err := tx.QueryRow("SELECT state FROM orders WHERE number = ?", l.number).Scan(&state); err != nil {
			return err
		}
		if err := tx.Gorm().Where("order_id = (SELECT id FROM orders WHERE number = ?)", l.number).Order("id").Find(&events).Error; err != nil {
			return err
		}
		rows, err := tx.Query("SELECT h.id, COALESCE(h.ended || ' at ' || h.ended_at, '') FROM holds h JOIN orders o ON o.id = h.order_id WHERE o.number = ?", l.number)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var end string
			if err := rows.Scan(&id, &end); err != nil {
				return err
			}
			if was := l.ends[id]; was != "" && was != end {
				r.Fatalf("a hold that was %s is %q", was, end)
			}
			if l.ends[id] = end; end == "" {
				live++
			}
		}
		return rows.Err()
	})
	if (live > 0) != (state == order.AwaitingPayment) {
		r.Fatalf("%s with %d live holds", state, live)
	}
	l.state, l.history = state, events
	return state, events
}

// changed compares the order with what it was before a verb.
func (l *life) changed(r *rapid.T, verb string, err error) {
	was, before := l.state, l.history
	state, events := l.look(r)
	if len(events) < len(before) || !slices.Equal(events[:len(before)], before) {
		r.Fatalf("%s rewrote the history: %v was %v", verb, events, before)
	}
	fresh := events[len(before):]
	if err != nil && len(fresh) > 0 {
		r.Fatalf("%s failed with %v and yet %v", verb, err, fresh)
	}
	at, refunds := was, l.refunds
	for _, e := range fresh {
		from, legal := &at, slices.Contains(order.Moves[at], e.ToState) || (e.FromState == e.ToState && e.Note != "")
		if e.About == order.AboutRefund {
			from, legal = &refunds, slices.Contains(order.RefundMoves[order.RefundState(refunds)], order.RefundState(e.ToState))
		}
		if e.FromState != *from || e.Actor == "" || e.At != l.s.Time.Now() || !legal {
			r.Fatalf("%s from %q wrote %+v", verb, *from, e)
		}
		*from = e.ToState
	}
	l.refunds = refunds
	if at != state {
		r.Fatalf("%s went from %q to %q, the history says %q", verb, was, state, at)
	}
}
