package audit_test

import (
	"crypto/rand"
	"testing"
	"time"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// invite gives Spain three codes for the plush fox, one of them used for an order, and draws a fourth among the one person
// who waits for it.
func invite(t *testing.T, s *modelstest.Shop) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	es := s.Store(t, "es")
	must(s.Gate.AddWave(ctx, modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{Quantity: "5", NeedsCode: true}))
	batch, err := s.Codes.Make(ctx, modelstest.Owner, "es", launch.CodeForm{Product: "pip-plush", Label: "Press", Quantity: "3", Uses: "2"})
	must(err)
	must(s.Codes.Fill(ctx, s.Job(t, launch.JobMakeCodes)))
	codes, err := s.Codes.Export(ctx, modelstest.Owner, batch)
	must(err)

	must(s.Interests.Ask(ctx, es, launch.Wish{Product: "pip-plush", Email: "ada@example.com", TextVersion: "1"}, ""))
	j := s.Job(t, launch.MailConfirm)
	n, _, err := s.Interests.Notice(ctx, j)
	must(err)
	must(s.Interests.Mailed(ctx, j, true))
	_, err = s.Interests.Confirm(ctx, es.Market.ID, n.Token)
	must(err)
	closes := s.Time.Now().Add(time.Minute)
	_, err = s.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Product: "pip-plush", Name: "Draw", ClosesAt: es.Market.Moment(closes), Winners: "1"})
	must(err)
	s.Time.Set(closes)
	must(s.Draws.Sweep(ctx))
	must(s.Codes.Fill(ctx, s.Job(t, launch.JobMakeCodes)))

	token := rand.Text()
	must(s.Carts.UseCode(ctx, token, es, codes[0], "shop"))
	must(s.Carts.Add(ctx, token, es, "PIP-PLUSH-FOX", 1))
	must(s.Carts.SaveDetails(ctx, token, es, modelstest.Buyer("es")))
	_, err = s.Orders.Place(ctx, s.Pressed(t, token, es))
	must(err)
}

// save has two buyers order headphones in the United Kingdom with the example's discount and its coupon; the second order is
// cancelled.
func save(t *testing.T, s *modelstest.Shop) {
	t.Helper()
	uk := s.Store(t, "uk")
	var last order.Order
	for range 2 {
		token := s.Fill(t, uk, modelstest.Goods{"MI-HEADPHONES-BLACK": 2})
		for _, step := range []error{s.Carts.UseCode(t.Context(), token, uk, "welcome10", "shop"), s.Carts.SaveDetails(t.Context(), token, uk, modelstest.Buyer("uk")),
			s.Carts.Set(t.Context(), token, uk, "MI-HEADPHONES-BLACK", 3)} {
			if step != nil {
				t.Fatal(step)
			}
		}
		var err error
		if last, err = s.Orders.Place(t.Context(), s.Pressed(t, token, uk)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, last.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
}
