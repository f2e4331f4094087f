package order_test

import (
	"context"
	"crypto/rand"
	"sync"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// coded is Spain with units of the plush fox, which has no other wave, and of the band for holders of codes.
func coded(t *testing.T, foxes string) (*modelstest.Shop, market.Store) {
	t.Helper()
	s := modelstest.New(t)
	for sku, quantity := range map[string]string{"PIP-PLUSH-FOX": foxes, "MI-BAND-BLACK": "3"} {
		if err := s.Gate.AddWave(t.Context(), modelstest.Owner, "es", sku, launch.WaveForm{Quantity: quantity, NeedsCode: true}); err != nil {
			t.Fatal(err)
		}
	}
	es := s.Store(t, "es")
	return s, es
}

// held is a cart of somebody new with a code and goods, ready for its order button.
func held(t *testing.T, s *modelstest.Shop, es market.Store, code string, goods ...string) order.Placement {
	t.Helper()
	ctx := context.Background()
	token := rand.Text()
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	try(s.Carts.UseCode(ctx, token, es, code, "shop"))
	for _, sku := range goods {
		try(s.Carts.Add(ctx, token, es, sku, 1))
	}
	try(s.Carts.SaveDetails(ctx, token, es, modelstest.Buyer("es")))
	return s.Pressed(t, token, es)
}

// uses are the uses of all codes as the codes themselves count them, and as the list of live uses does.
func uses(t *testing.T, s *modelstest.Shop) int64 {
	t.Helper()
	taken := s.Number(t, "SELECT COALESCE(SUM(uses_taken), 0) FROM access_codes")
	if live := s.Number(t, "SELECT COUNT(*) FROM code_uses WHERE ended_at IS NULL"); live != taken {
		t.Errorf("%d uses are taken, %d are live", taken, live)
	}
	return taken
}

func TestASingleUseCodeIsUsedOnceByAHundredBuyersAtOnce(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "100")
	code := s.AccessCodes(t, "es", "pip-plush", 1, 1)[0]
	placements := make([]order.Placement, 100)
	for i := range placements {
		placements[i] = held(t, s, es, code, "PIP-PLUSH-FOX")
	}
	var wg sync.WaitGroup
	results := make([]error, len(placements))
	for i, p := range placements {
		wg.Go(func() { _, results[i] = s.Orders.Place(context.Background(), p) })
	}
	wg.Wait()
	placed := 0
	for _, err := range results {
		switch {
		case err == nil:
			placed++
		case !fault.Is(err, fault.NotOpen):
			t.Errorf("a refusal: %v", err)
		}
	}
	if placed != 1 || uses(t, s) != 1 {
		t.Errorf("%d orders, %d uses", placed, uses(t, s))
	}
}

func TestACodeIsUsedOncePerOrderAsOftenAsItAllows(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "10")
	ctx := t.Context()
	code := s.AccessCodes(t, "es", "", 1, 2)[0]
	first, second, third := held(t, s, es, code, "PIP-PLUSH-FOX", "MI-BAND-BLACK"), held(t, s, es, code, "PIP-PLUSH-FOX"), held(t, s, es, code, "PIP-PLUSH-FOX")
	for i, p := range []order.Placement{first, second} {
		if _, err := s.Orders.Place(ctx, p); err != nil || uses(t, s) != int64(i+1) {
			t.Errorf("order %d: %d uses, %v", i+1, uses(t, s), err)
		}
	}
	if _, err := s.Orders.Place(ctx, third); key(err) != "offer.reason.code_launch" {
		t.Errorf("a third use: %v", err)
	}
}

func TestCodeHoldersTakeFromCodeWavesFirstAndThenLikeAnybody(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "1")
	for i, code := range s.AccessCodes(t, "es", "mi-band", 5, 1) {
		if _, err := s.Orders.Place(t.Context(), held(t, s, es, code, "MI-BAND-BLACK")); err != nil {
			t.Fatal(err)
		}
		if want := int64(min(i+1, 3)); uses(t, s) != want || s.Number(t, "SELECT taken_code FROM batches") != want {
			t.Errorf("after %d bands: %d uses, %d of the code wave", i+1, uses(t, s), s.Number(t, "SELECT taken_code FROM batches"))
		}
	}
	if n := s.Number(t, "SELECT taken_public FROM batches"); n != 2 {
		t.Errorf("%d of the public wave", n)
	}
}

func TestAUseComesBackWhenTheHoldEnds(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "10")
	ctx := t.Context()
	code := s.AccessCodes(t, "es", "", 1, 1)[0]
	waiting, other := held(t, s, es, code, "PIP-PLUSH-FOX"), held(t, s, es, code, "PIP-PLUSH-FOX")
	o, err := s.Orders.Place(ctx, waiting)
	if err != nil {
		t.Fatal(err)
	}
	again := func() error { return s.Carts.UseCode(ctx, rand.Text(), es, code, "shop") }
	s.Time.Set(o.HoldUntil - 1)
	if _, err := s.Orders.Place(ctx, other); key(err) != "offer.reason.code_launch" {
		t.Errorf("a millisecond before the hold ends: %v", err)
	}
	if err := again(); !fault.Is(err, fault.Invalid) {
		t.Errorf("typed a millisecond before the hold ends: %v", err)
	}
	s.Time.Set(o.HoldUntil)
	if err := again(); err != nil {
		t.Errorf("typed when the hold has ended, unswept: %v", err)
	}
	taken, err := s.Orders.Place(ctx, other)
	if err != nil || uses(t, s) != 1 {
		t.Errorf("when the hold has ended: %d uses, %v", uses(t, s), err)
	}
	late := order.Settlement{Token: o.Token, Provider: "sandbox", ProviderID: "late", Outcome: "captured"}
	if _, err := s.Orders.Settle(ctx, late); !fault.Is(err, fault.NotOpen) {
		t.Errorf("paid late, when another used the code: %v", err)
	}
	if err := s.Orders.Cancel(ctx, modelstest.Owner, taken.Number, "asked for it"); err != nil || uses(t, s) != 0 {
		t.Errorf("cancelled: %d uses, %v", uses(t, s), err)
	}
	if paid, err := s.Orders.Settle(ctx, late); err != nil || paid.State != order.Paid || uses(t, s) != 1 {
		t.Errorf("paid late, when the code is free: %s, %d uses, %v", paid.State, uses(t, s), err)
	}
	if err := s.Orders.Cancel(ctx, modelstest.Owner, o.Number, "damaged"); err != nil || uses(t, s) != 0 {
		t.Errorf("a paid order cancelled: %d uses, %v", uses(t, s), err)
	}
}

func TestALiveHoldKeepsItsRightThoughItsCodeIsRevoked(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "10")
	ctx := t.Context()
	code := s.AccessCodes(t, "es", "", 1, 5)[0]
	o, err := s.Orders.Place(ctx, held(t, s, es, code, "PIP-PLUSH-FOX"))
	if err != nil {
		t.Fatal(err)
	}
	late := held(t, s, es, code, "PIP-PLUSH-FOX")
	if err := s.Codes.Revoke(ctx, modelstest.Owner, code, "leaked"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Orders.Place(ctx, late); !fault.Is(err, fault.NotOpen) {
		t.Errorf("ordered with a revoked code: %v", err)
	}
	if paid := s.Pay(t, o); paid.State != order.Paid {
		t.Errorf("the order is %s", paid.State)
	}
}

func TestACodeWaveSellsToAnybodyOnceTheMarketIsOpen(t *testing.T) {
	t.Parallel()
	s, es := coded(t, "10")
	ctx := t.Context()
	launch := es.Market.LaunchAt
	s.Time.Set(launch - 1)
	token := rand.Text()
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a millisecond before the launch: %v", err)
	}
	p := held(t, s, es, s.AccessCodes(t, "es", "", 1, 1)[0], "PIP-PLUSH-FOX")
	s.Time.Set(launch)
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); err != nil {
		t.Errorf("at the launch: %v", err)
	}
	if _, err := s.Orders.Place(ctx, p); err != nil || uses(t, s) != 0 {
		t.Errorf("with a code at the launch: %d uses, %v", uses(t, s), err)
	}
}
