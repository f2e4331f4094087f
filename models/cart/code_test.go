package cart_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// fox has five units of the plush fox, which Spain's test phase sells to nobody else, for holders of a code.
func fox(t *testing.T) (*modelstest.Shop, market.Store) {
	t.Helper()
	s := modelstest.New(t)
	if err := s.Gate.AddWave(t.Context(), modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{Quantity: "5", NeedsCode: true}); err != nil {
		t.Fatal(err)
	}
	es := s.Store(t, "es")
	return s, es
}

func TestACodeOpensItsWave(t *testing.T) {
	t.Parallel()
	s, es := fox(t)
	ctx := t.Context()
	code := s.AccessCodes(t, "es", "pip-plush", 1, 1)[0]
	token := rand.Text()
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); !fault.Is(err, fault.NotOpen) {
		t.Errorf("without a code: %v", err)
	}
	if err := s.Carts.UseCode(ctx, token, es, code, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); err != nil {
		t.Errorf("with a code: %v", err)
	}
	who, err := s.Carts.Keys(ctx, token, es)
	if err != nil || who.CodeID == 0 {
		t.Fatalf("the cart carries %d, %v", who.CodeID, err)
	}
	for want, who := range map[launch.State]launch.Keys{launch.Test: who, launch.Code: {}} {
		item, err := s.Gate.ItemFor(ctx, es, "pip-plush", who)
		if err != nil || item.Sale().Offer.State != want {
			t.Errorf("the page says %s instead of %s, %v", item.Sale().Offer.State, want, err)
		}
	}
	state := func(path string) launch.CodeState {
		t.Helper()
		view, err := s.Carts.View(ctx, token, s.Store(t, path), modelstest.Buyer(path).Choice(s.Store(t, path).Market))
		if err != nil {
			t.Fatal(err)
		}
		return view.Code
	}
	if got := state("es"); got != launch.ValidCode {
		t.Errorf("in Spain the code is %q", got)
	}
	if got := state("it"); got != launch.NoCode {
		t.Errorf("in Italy the code is %q", got)
	}
	if err := s.Codes.Revoke(ctx, modelstest.Owner, code, "leaked"); err != nil {
		t.Fatal(err)
	}
	if got := state("es"); got != launch.SpentCode {
		t.Errorf("revoked the code is %q", got)
	}
	if err := s.Carts.DropCode(ctx, token); err != nil {
		t.Fatal(err)
	}
	if got := state("es"); got != launch.NoCode {
		t.Errorf("dropped the code is %q", got)
	}
}

func TestACodeCountsForItsProductAlone(t *testing.T) {
	t.Parallel()
	s, es := fox(t)
	ctx := t.Context()
	token := rand.Text()
	if err := s.Carts.UseCode(ctx, token, es, s.AccessCodes(t, "es", "mi-band", 1, 1)[0], ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a band's code opened the fox: %v", err)
	}
	if err := s.Carts.UseCode(ctx, token, es, s.AccessCodes(t, "es", "", 1, 1)[0], ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1); err != nil {
		t.Errorf("a code for everything: %v", err)
	}
}

func TestEveryRefusalOfACodeIsTheSame(t *testing.T) {
	t.Parallel()
	s, es := fox(t)
	ctx := t.Context()
	revoked, used := s.AccessCodes(t, "es", "", 1, 1)[0], s.AccessCodes(t, "es", "", 1, 1)[0]
	if err := s.Codes.Revoke(ctx, modelstest.Owner, revoked, "leaked"); err != nil {
		t.Fatal(err)
	}
	spend(t, s, es, used)
	for name, code := range map[string]string{"unknown": "AAAA-BBBB-CCCC-DDDD", "empty": "", "foreign": s.AccessCodes(t, "it", "", 1, 1)[0],
		"revoked": revoked, "used up": used, "an id": "1", "a long one": fmt.Sprintf("%10000d", 1)} {
		err := s.Carts.UseCode(ctx, rand.Text(), es, code, name)
		if err == nil || err.Error() != "invalid: fault.invalid code=code.refused" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM carts"); n != 1 {
		t.Errorf("guessing made %d carts", n-1)
	}
}

// spend orders a fox with a code.
func spend(t *testing.T, s *modelstest.Shop, es market.Store, code string) {
	t.Helper()
	ctx := context.Background()
	token := rand.Text()
	for _, err := range []error{s.Carts.UseCode(ctx, token, es, code, "shop"), s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1),
		s.Carts.SaveDetails(ctx, token, es, modelstest.Buyer("es"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Orders.Place(ctx, s.Pressed(t, token, es)); err != nil {
		t.Fatal(err)
	}
}

func TestGuessingCodesIsThrottled(t *testing.T) {
	t.Parallel()
	s, es := fox(t)
	ctx := t.Context()
	right := s.AccessCodes(t, "es", "", 1, 1)[0]
	guess := func(token, code, peer string) error { return s.Carts.UseCode(ctx, token, es, code, peer) }

	for i := range 10 {
		if err := guess("one cart", "wrong", fmt.Sprintf("192.0.2.%d", i)); !fault.Is(err, fault.Invalid) {
			t.Fatalf("guess %d: %v", i+1, err)
		}
	}
	if err := guess("one cart", right, "192.0.2.99"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a cart that guessed too often, with the right code: %v", err)
	}
	for i := range 10 {
		if err := guess(fmt.Sprint("cart ", i), "wrong", "2001:db8::1"); !fault.Is(err, fault.Invalid) {
			t.Fatalf("guess %d: %v", i+1, err)
		}
	}
	if err := guess("cart 11", right, "2001:db8::2"); !fault.Is(err, fault.TooMany) {
		t.Errorf("an address that guessed too often: %v", err)
	}
	s.Time.Advance(time.Hour)
	if err := guess("cart 12", right, "2001:db8::1"); !fault.Is(err, fault.TooMany) {
		t.Errorf("the shop's clock moved the throttle: %v", err)
	}
	s.Machine.Advance(6*time.Second - time.Millisecond)
	if err := guess("cart 13", right, "2001:db8::1"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a millisecond early: %v", err)
	}
	s.Machine.Advance(time.Millisecond)
	if err := guess("cart 14", right, "2001:db8::1"); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestRightCodesOfOneOfficeAreNotThrottled(t *testing.T) {
	t.Parallel()
	s, es := fox(t)
	for i, code := range s.AccessCodes(t, "es", "", 60, 1) {
		if err := s.Carts.UseCode(t.Context(), fmt.Sprint("cart ", i), es, code, "192.0.2.1"); err != nil {
			t.Fatalf("person %d: %v", i+1, err)
		}
	}
}

func TestACodeWaveBeginsAtItsInstant(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	es := s.Store(t, "es")
	begins := modelstest.At("2026-12-01T09:00:00Z")
	wave := launch.WaveForm{OpensAt: es.Market.Moment(begins), Quantity: "5", NeedsCode: true}
	if err := s.Gate.AddWave(ctx, modelstest.Owner, "es", "PIP-PLUSH-FOX", wave); err != nil {
		t.Fatal(err)
	}
	token := rand.Text()
	if err := s.Carts.UseCode(ctx, token, es, s.AccessCodes(t, "es", "", 1, 1)[0], ""); err != nil {
		t.Fatal(err)
	}
	holder, err := s.Carts.Keys(ctx, token, es)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at            clock.Instant
		anybody, with launch.State
	}{
		{begins - 1, launch.Announced, launch.Announced}, {begins, launch.Code, launch.Test},
		{es.Market.LaunchAt - 1, launch.Code, launch.Test}, {es.Market.LaunchAt, launch.OnSale, launch.OnSale},
	} {
		s.Time.Set(c.at)
		for who, want := range map[launch.Keys]launch.State{{}: c.anybody, holder: c.with} {
			item, err := s.Gate.ItemFor(ctx, es, "pip-plush", who)
			if err != nil || item.Sale().Offer.State != want {
				t.Errorf("at %s for %+v: %s, not %s, %v", c.at, who, item.Sale().Offer.State, want, err)
			}
		}
	}
}
