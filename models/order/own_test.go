package order_test

import (
	"sync/atomic"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// again puts goods into the same cart once more and goes on to its review.
func again(t *testing.T, s *modelstest.Shop, p order.Placement, buyer cart.Details, goods modelstest.Goods) order.Placement {
	t.Helper()
	for sku, quantity := range goods {
		if err := s.Carts.Add(t.Context(), p.CartToken, p.Store, sku, quantity); err != nil {
			t.Fatalf("add %s once more: %v", sku, err)
		}
	}
	if err := s.Carts.SaveDetails(t.Context(), p.CartToken, p.Store, buyer); err != nil {
		t.Fatal(err)
	}
	return s.Pressed(t, p.CartToken, p.Store)
}

func place(t *testing.T, s *modelstest.Shop, p order.Placement) order.Order {
	t.Helper()
	o, err := s.Orders.Place(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// The only unit in the United States, and at most one for each buyer in Spain's test: somebody leaves the payment page and
// orders anew.
func TestAShoppersOwnHoldDoesNotKeepHimOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		store, sku string
		only       bool
	}{{"us", plush, true}, {"es", "MI-HEADPHONES-BLACK", false}} {
		s := modelstest.New(t)
		if c.only {
			s.Stock(t, "reno", c.sku, 1)
		}
		buyer := modelstest.Buyer(c.store)
		first := s.Ready(t, c.store, buyer, modelstest.Goods{c.sku: 1})
		left := place(t, s, first)
		if c.only {
			if err := s.Carts.Add(t.Context(), "somebody else's", first.Store, c.sku, 1); !fault.Is(err, fault.NotOpen) {
				t.Errorf("%s: somebody else adds what is held: %v", c.store, err)
			}
		}
		second := place(t, s, again(t, s, first, buyer, modelstest.Goods{c.sku: 1}))
		went(t, look(t, s, left.Number), order.AwaitingPayment, order.Cancelled)
		if second.ID == left.ID || s.Pay(t, second).State != order.Paid {
			t.Errorf("%s: the second order is %s", c.store, second.Number)
		}
		if err := settle(s, t, left, "too late", "captured"); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: the replaced order was paid: %v", c.store, err)
		}
		if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind = ? AND subject_id = ?", order.MailCancelled, left.ID); n != 1 {
			t.Errorf("%s: %d mails about the replaced order", c.store, n)
		}
	}
}

func TestOnlyTheSameGoodsOfTheSameCartAreReplaced(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	first := s.Ready(t, "us", buyer, modelstest.Goods{plush: 1})
	waiting := place(t, s, first)
	place(t, s, again(t, s, first, buyer, modelstest.Goods{"MI-BAND-BLACK": 1}))
	if o := look(t, s, waiting.Number); o.State != order.AwaitingPayment {
		t.Errorf("an order of other goods replaced it: %s", o.State)
	}
	transfer := modelstest.Buyer("de")
	transfer.Payment = "transfer"
	paying := s.Ready(t, "de", transfer, modelstest.Goods{"MI-BAND-BLACK": 1})
	onItsWay := place(t, s, paying)
	place(t, s, again(t, s, paying, transfer, modelstest.Goods{"MI-BAND-BLACK": 1}))
	if o := look(t, s, onItsWay.Number); o.State != order.AwaitingPayment {
		t.Errorf("an order whose transfer may be on its way was replaced: %s", o.State)
	}
}

// Of ten tabs that order the only unit anew at once exactly one has it in the end.
func TestOwnOrdersReplaceEachOtherOneAfterTheOther(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Stock(t, "reno", plush, 1)
	buyer := modelstest.Buyer("us")
	first := s.Ready(t, "us", buyer, modelstest.Goods{plush: 1})
	place(t, s, first)
	second := again(t, s, first, buyer, modelstest.Goods{plush: 1})
	var placed atomic.Int64
	together(10, func(int) {
		if o, err := s.Orders.Place(t.Context(), second); err == nil {
			placed.Store(o.ID)
		} else {
			t.Error(err)
		}
	})
	if n := s.Number(t, "SELECT COUNT(*) FROM orders WHERE state = 'awaiting_payment'"); n != 1 || placed.Load() == 0 {
		t.Errorf("%d orders wait", n)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM holds WHERE ended IS NULL"); n != 1 {
		t.Errorf("%d holds live", n)
	}
}

func TestACodeUsedByAReplacedOrderCanBeUsedAgain(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	es := s.Store(t, "es")
	begins := s.Time.Now().Add(1)
	s.Exec(t, "INSERT INTO waves (market_id, variant_id, opens_at, quantity, needs_code) SELECT ?, id, ?, 3, 1 FROM variants WHERE sku = ?",
		es.Market.ID, begins, plush)
	s.Time.Set(begins)
	code := s.AccessCodes(t, "es", "pip-plush", 1, 1)[0]
	buyer, token := modelstest.Buyer("es"), "token of a cart with a code"
	order := func() order.Order {
		t.Helper()
		if err := s.Carts.UseCode(t.Context(), token, es, code, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		return place(t, s, again(t, s, order.Placement{CartToken: token, Store: es}, buyer, modelstest.Goods{plush: 1}))
	}
	order()
	s.Pay(t, order())
	if n := s.Number(t, "SELECT uses_taken FROM access_codes LIMIT 1"); n != 1 {
		t.Errorf("the code was used %d times", n)
	}
	if err := s.Carts.UseCode(t.Context(), token, es, code, "192.0.2.1"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code whose order is paid: %v", err)
	}
}
