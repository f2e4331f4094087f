package models_test

import (
	"context"
	"testing"
	"time"

	"softlaunch/models"
	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// spain opens on 1 June 2027 at midnight in Madrid.
var spain = modelstest.At("2027-05-31T22:00:00Z")

func offer(t *testing.T, s *models.Shop, slug string) launch.Offer {
	t.Helper()
	store, err := s.Markets.Store(t.Context(), "es")
	if err != nil {
		t.Fatal(err)
	}
	item, err := s.Gate.Item(t.Context(), store, slug)
	if err != nil {
		t.Fatal(err)
	}
	return item.Sale().Offer
}

func TestTheWholeShopIsReadAsOfAnInstant(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	before, after := s.AsOf(spain-1), s.AsOf(spain)
	if before.Clock() != spain-1 || after.Clock() != spain || s.Clock() != modelstest.Start {
		t.Error("the clocks don't stand where they should")
	}
	for slug, want := range map[string][2]launch.State{
		"mi-band": {launch.Test, launch.OnSale}, "pip-plush": {launch.Announced, launch.OnSale}, "mi-note": {launch.Blocked, launch.Blocked},
	} {
		if got := [2]launch.State{offer(t, before, slug).State, offer(t, after, slug).State}; got != want {
			t.Errorf("%s is %v around the launch, want %v", slug, got, want)
		}
	}
	if got := offer(t, s.Shop, "pip-plush").State; got != launch.Announced {
		t.Errorf("now the plush is %s", got)
	}
	shelf := func(at clock.Instant) int {
		view := s.AsOf(at)
		store, err := view.Markets.Store(t.Context(), "es")
		if err != nil {
			t.Fatal(err)
		}
		found, err := view.Gate.Shelf(t.Context(), store, launch.Query{})
		if err != nil || found.At != at {
			t.Errorf("a shelf of %s: %v", found.At, err)
		}
		return found.Total
	}
	if b, a := shelf(spain-1), shelf(spain); b != 8 || a != 11 {
		t.Errorf("%d goods before the launch and %d at it", b, a)
	}
	if _, err := s.AsOf(modelstest.At("2026-10-18T21:59:59.999Z")).Markets.Store(t.Context(), "es"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the draft: %v", err)
	}
}

func TestCartTotalsAreOfThatInstant(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	store := s.Store(t, "es")
	token := s.Fill(t, store, modelstest.Goods{"MI-BAND-BLACK": 1})
	view, err := s.AsOf(spain).Carts.View(t.Context(), token, store, cart.Choice{})
	if err != nil || view.At != spain || view.Totals.Total != 1499+320 || view.Lines[0].Sale.Offer.State != launch.OnSale {
		t.Errorf("the cart at the launch: %+v, %v", view.Totals, err)
	}
	goods := map[string]int{"PIP-PLUSH-FOX": 2, "NOBODYS": 1, "MI-BAND-BLACK": 0}
	quote, err := s.AsOf(spain).Carts.Quote(t.Context(), store, goods, cart.Choice{})
	if err != nil || len(quote.Lines) != 1 || !quote.Sound() || quote.Totals.Total != 2*1299+320 {
		t.Errorf("a quote at the launch: %+v, %v", quote.Totals, err)
	}
	quote, err = s.AsOf(spain-1).Carts.Quote(t.Context(), store, goods, cart.Choice{})
	if err != nil || quote.Sound() || quote.Lines[0].Problem.Next != spain || quote.Totals.Total != 0 {
		t.Errorf("a quote a millisecond before: %+v, %v", quote.Totals, err)
	}
}

func TestNothingIsWrittenThroughAView(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := context.Background()
	p := s.Ready(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
	revision := s.Number(t, "SELECT n FROM revision")
	view, store := s.AsOf(spain), s.Store(t, "es")
	p.Total = 1499 + 450
	p.Store = store
	pause := view.Gate.Pause(ctx, modelstest.Owner, "es", "storm", market.Moment{})
	_, place := view.Orders.Place(ctx, p)
	_, pay := view.Orders.Settle(ctx, order.Settlement{Token: "t", Provider: "sandbox", Outcome: "captured"})
	create := view.Staff.Create(ctx, modelstest.Owner, staff.Newcomer{Email: "a@example.com", Name: "A", Password: "long enough for this", Role: staff.Viewer})
	for name, err := range map[string]error{
		"add to a cart": view.Carts.Add(ctx, "token", store, "MI-BAND-BLACK", 1),
		"details":       view.Carts.SaveDetails(ctx, p.CartToken, store, modelstest.Buyer("es")),
		"place":         place, "pay": pay, "pause": pause, "new staff": create,
		"market": view.Setup.CreateMarket(ctx, modelstest.Owner, market.Form{Code: "at", Country: "AT", Currency: "EUR", Zone: "Europe/Vienna",
			PostalPattern: `\d{4}`, PostalExample: "1010", RegionKind: "none", HoldMinutes: "15", TransferDays: "7", ReturnDays: "14",
			Languages: []market.LanguageForm{{Language: "de"}}}, ""),
	} {
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	view.Worker(map[string]job.Handler{}).Round(ctx)
	if got := s.Number(t, "SELECT n FROM revision"); got != revision {
		t.Error("the settings were changed")
	}
	if n := s.Number(t, "SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM jobs) + (SELECT COUNT(*) FROM alarms)"); n != 0 {
		t.Errorf("%d rows were written", n)
	}
	s.Time.Advance(time.Millisecond)
	s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
}
