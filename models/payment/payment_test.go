package payment_test

import (
	"slices"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/models/payment/sandbox"
	"softlaunch/models/payment/transfer"
)

func TestTheShopTakesWhatItIsSetUpFor(t *testing.T) {
	t.Parallel()
	shop := payment.Gateways{sandbox.Gateway{}, transfer.Gateway{}}
	for _, row := range []struct{ offered, want []string }{
		{[]string{"sandbox", "transfer"}, []string{"sandbox", "transfer"}}, {[]string{"transfer", "sandbox"}, []string{"transfer", "sandbox"}},
		{[]string{"stripe", "transfer"}, []string{"transfer"}}, {[]string{"stripe"}, nil}, {nil, nil},
	} {
		offered := slices.Clone(row.offered)
		if got := shop.Among(row.offered); !slices.Equal(got, row.want) || !slices.Equal(row.offered, offered) {
			t.Errorf("of %v: %v", offered, got)
		}
	}
	if got := (payment.Gateways{}).Among([]string{"sandbox"}); len(got) > 0 {
		t.Errorf("a shop without gateways takes %v", got)
	}
	if g, found := shop.Find("transfer"); !found || g.Provider() != "transfer" || g.RefundsItself() {
		t.Error("the transfer is not the transfer")
	}
	if _, found := shop.Find("stripe"); found {
		t.Error("found what is not there")
	}
}

// Only the sandbox leads anywhere: a transfer is explained on the order's own page.
func TestWhereGatewaysSendTheBuyer(t *testing.T) {
	t.Parallel()
	intent := payment.Intent{Store: "de-en", Token: "secret", Number: "DE-10001"}
	for gateway, want := range map[payment.Gateway]string{sandbox.Gateway{}: "/de-en/pay/sandbox/secret", transfer.Gateway{}: ""} {
		if start, err := gateway.Start(t.Context(), intent); err != nil || start != (payment.Start{Next: want}) {
			t.Errorf("%s: %+v, %v", gateway.Provider(), start, err)
		}
	}
}

// paidByTransfer is an order whose money has arrived, with its payment.
func paidByTransfer(t *testing.T, s *modelstest.Shop) (order.Order, payment.Payment) {
	t.Helper()
	buyer := modelstest.Buyer("us")
	buyer.Payment = "transfer"
	o := s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, o.Number); err != nil {
		t.Fatal(err)
	}
	o, err := s.Orders.ByNumber(t.Context(), o.Number)
	if err != nil {
		t.Fatal(err)
	}
	return o, o.Payments[0]
}

func TestAPaymentIsKnownByItsProvidersID(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	_, known := paidByTransfer(t, s)
	other, _ := paidByTransfer(t, s)
	for name, row := range map[string]struct {
		change func(*payment.Payment)
		fresh  bool
	}{
		"the same again":                  {func(*payment.Payment) {}, false},
		"the same with another outcome":   {func(p *payment.Payment) { p.State = payment.Declined }, false},
		"the same for another order":      {func(p *payment.Payment) { p.OrderID = other.ID }, false},
		"the same id of another provider": {func(p *payment.Payment) { p.Provider = "stripe" }, true},
		"another id":                      {func(p *payment.Payment) { p.ProviderID += "x" }, true},
	} {
		p := known
		row.change(&p)
		undone := fault.New(fault.Busy, "undone")
		var fresh bool
		err := s.Try(t, func(tx db.Tx) (err error) {
			if fresh, err = payment.Record(tx, p); err != nil {
				return err
			}
			return undone
		})
		if fresh != row.fresh || !fault.Is(err, fault.Busy) {
			t.Errorf("%s is fresh: %v, %v", name, fresh, err)
		}
	}
}

// Whatever is asked for, and however often, no more goes back than came in.
func TestRefundsNeverExceedWhatWasCaptured(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, p := paidByTransfer(t, s)
	other, _ := paidByTransfer(t, s)
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, order.Claim{Amount: 100, Reason: "a scratch"}, 100); err != nil {
		t.Fatal(err)
	}
	credit := s.Number(t, "SELECT id FROM credits")
	s.Exec(t, "INSERT INTO payments (order_id, provider, provider_id, state, amount, currency, at) VALUES (?, 'transfer', 'declined', 'declined', ?, 'USD', 1)", o.ID, p.Amount)
	for _, much := range []int64{p.Amount - 99, p.Amount, 1 << 60} {
		err := s.Try(t, func(tx db.Tx) error { return modelstest.Gateways.Refund(tx, o.ID, credit, much, "all of it") })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%d more of %d: %v", much, p.Amount, err)
		}
	}
	amounts := func() (got []int64) {
		s.Read(t, func(tx db.Tx) error {
			_, refunds, err := payment.Of(tx, o.ID)
			for _, r := range refunds {
				got = append(got, r.Amount)
			}
			return err
		})
		return got
	}
	if got := amounts(); !slices.Equal(got, []int64{100}) {
		t.Errorf("refunds are %v of %d", got, p.Amount)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM refunds WHERE payment_id <> ?", p.ID); n != 0 {
		t.Errorf("%d refunds of other orders", n)
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "a scratch"); err != nil {
		t.Error(err)
	}
	if got := amounts(); !slices.Equal(got, []int64{100, p.Amount - 100}) {
		t.Errorf("cancelled, refunds are %v of %d", got, p.Amount)
	}
	first := s.Number(t, "SELECT MIN(id) FROM refunds")
	for _, row := range []struct {
		number string
		id     int64
		ok     bool
	}{{other.Number, first, false}, {o.Number, first + 99, false}, {o.Number, first, true}, {o.Number, first, false}} {
		err := s.Orders.MarkRefunded(t.Context(), modelstest.Owner, row.number, row.id)
		if (err == nil) != row.ok || (err != nil && !fault.Is(err, fault.NotFound)) {
			t.Errorf("refund %d of %s was sent: %v", row.id, row.number, err)
		}
	}
}
