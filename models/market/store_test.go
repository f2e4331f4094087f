package market_test

import (
	"reflect"
	"slices"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
)

func TestStoresOfTheExample(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for path, want := range map[string]struct{ tag, hreflang, button string }{
		"us":    {"en-US", "en-US", "Place order"},
		"uk":    {"en-GB", "en-GB", "Order with obligation to pay"},
		"de":    {"de-DE", "de-DE", "Zahlungspflichtig bestellen"},
		"de-en": {"en-GB", "en-DE", "Order with obligation to pay"},
		"fr":    {"fr-FR", "fr-FR", "Commande avec obligation de paiement"},
		"es":    {"es-ES", "es-ES", "Pedido con obligación de pago"},
		"it":    {"it-IT", "it-IT", "Ordine con obbligo di pagare"},
	} {
		store := s.Store(t, path)
		if store.Path() != path || store.Tag() != want.tag || store.Hreflang() != want.hreflang || store.OrderButton() != want.button {
			t.Errorf("%s: %s, %s, %s, %q", path, store.Path(), store.Tag(), store.Hreflang(), store.OrderButton())
		}
	}
	for _, path := range []string{"", "xx", "US", "us-en", "de-de", "de-fr", "de-", "de-en-x", "-en", "us/", " us", "admin"} {
		if store, err := s.Markets.Store(t.Context(), path); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q is store %s, %v", path, store.Path(), err)
		}
	}
}

func TestADraftIsNoStore(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	announced := modelstest.At("2026-10-18T22:00:00Z") // midnight in Madrid
	s.Time.Set(announced - 1)
	unknown, missing := s.Markets.Store(t.Context(), "xx")
	draft, hidden := s.Markets.Store(t.Context(), "es")
	if !fault.Is(hidden, fault.NotFound) || hidden.Error() != missing.Error() || !reflect.DeepEqual(draft, unknown) {
		t.Errorf("a draft answers %v and %q, an unknown store %v", hidden, draft.Market.Code, missing)
	}
	visible, err := s.Markets.Visible(t.Context())
	if err != nil || len(visible) != 4 {
		t.Errorf("%d markets are visible before Spain is announced, %v", len(visible), err)
	}
	s.Time.Set(announced)
	if _, err := s.Markets.Store(t.Context(), "es"); err != nil {
		t.Errorf("at its instant: %v", err)
	}
	if visible, err = s.Markets.Visible(t.Context()); err != nil || len(visible) != 6 {
		t.Errorf("%d markets are visible, %v", len(visible), err)
	}
	if m, err := s.Markets.Market(t.Context(), "es"); err != nil || m.Code != "es" {
		t.Errorf("staff see %s, %v", m.Code, err)
	}
}

func TestPagesAreOfTheirStore(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	de, us := s.Store(t, "de"), s.Store(t, "us")
	pages, err := s.Markets.Pages(t.Context(), de)
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, listed := range pages {
		page, err := s.Markets.Page(t.Context(), de, listed.Slug)
		if err != nil || page.Body == "" || page.Language != "de" || page.MarketID != de.Market.ID {
			t.Errorf("%s: %s of market %d, %v", listed.Slug, page.Language, page.MarketID, err)
		}
	}
	s.Exec(t, "INSERT INTO pages (market_id, language, slug, title, body, position) VALUES (?, 'de', 'nur-hier', 'x', 'x', 99)", de.Market.ID)
	if _, err := s.Markets.Page(t.Context(), us, "nur-hier"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another store's page: %v", err)
	}
}

func TestTheTestPhaseMayHaveFewerWaysToPay(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	es := s.Store(t, "es").Market
	s.Exec(t, "INSERT INTO pauses (market_id, from_at, to_at, reason) VALUES (?, ?, ?, 'stocktaking')", es.ID, es.LaunchAt-1000, es.LaunchAt+1000)
	paused, err := s.Markets.Market(t.Context(), "es")
	if err != nil {
		t.Fatal(err)
	}
	test, open := []string{"sandbox"}, []string{"sandbox", "transfer"}
	for name, row := range map[string]struct{ got, want []string }{
		"in test":                         {es.PaymentMethods(modelstest.Start), test},
		"a millisecond before the launch": {es.PaymentMethods(es.LaunchAt - 1), test},
		"at the launch":                   {es.PaymentMethods(es.LaunchAt), open},
		"paused in test":                  {paused.PaymentMethods(es.LaunchAt - 1), test},
		"paused after the launch":         {paused.PaymentMethods(es.LaunchAt), open},
		"a market that is open":           {s.Store(t, "us").Market.PaymentMethods(modelstest.Start), open},
	} {
		if !slices.Equal(row.got, row.want) {
			t.Errorf("%s: %v", name, row.got)
		}
	}
	s.Exec(t, "UPDATE payment_methods SET in_test = 1 WHERE market_id = ? AND provider = 'transfer'", es.ID)
	if allowed := s.Store(t, "es").Market.PaymentMethods(modelstest.Start); !slices.Equal(allowed, open) {
		t.Errorf("staff allowed transfers in test: %v", allowed)
	}
}
