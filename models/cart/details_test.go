package cart_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
)

// wrong are the fields that were refused, with the keys of why.
func wrong(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return f.Fields
	}
	return nil
}

func TestDetailsFollowTheRulesOfTheMarket(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	type fields = map[string]string
	for _, row := range []struct {
		market, name string
		change       func(*cart.Details)
		want         fields
	}{
		{"us", "nothing typed", func(d *cart.Details) { *d = cart.Details{} }, fields{"email": "form.email", "name": "form.required_name",
			"line1": "form.required_line1", "city": "form.required_city", "postal_code": "form.postal_code", "region": "form.region_state",
			"delivery": "form.delivery", "payment": "form.payment"}},
		{"de", "nothing typed", func(d *cart.Details) { *d = cart.Details{} }, fields{"email": "form.email", "name": "form.required_name",
			"line1": "form.required_line1", "city": "form.required_city", "postal_code": "form.postal_code", "delivery": "form.delivery", "payment": "form.payment"}},
		{"us", "no state", func(d *cart.Details) { d.Region = "" }, fields{"region": "form.region_state"}},
		{"us", "a state that is none", func(d *cart.Details) { d.Region = "Bavaria" }, fields{"region": "form.region_state"}},
		{"es", "no province", func(d *cart.Details) { d.Region = " " }, fields{"region": "form.region_province"}},
		{"it", "a state of another market", func(d *cart.Details) { d.Region = "CA?" }, fields{"region": "form.region_province"}},
		{"de", "a region where none is asked for", func(d *cart.Details) { d.Region = "Bayern" }, nil},
		{"us", "a British postcode", func(d *cart.Details) { d.PostalCode = "SW1A 1AA" }, fields{"postal_code": "form.postal_code"}},
		{"uk", "Jersey", func(d *cart.Details) { d.PostalCode = "je2 3ab" }, fields{"postal_code": "form.postal_code_excluded"}},
		{"de", "Büsingen", func(d *cart.Details) { d.PostalCode = "78266" }, fields{"postal_code": "form.postal_code_excluded"}},
		{"fr", "La Réunion", func(d *cart.Details) { d.PostalCode = "97400" }, fields{"postal_code": "form.postal_code_excluded"}},
		{"es", "Canarias", func(d *cart.Details) { d.PostalCode = "35001" }, fields{"postal_code": "form.postal_code_excluded"}},
		{"it", "Campione", func(d *cart.Details) { d.PostalCode = "22061" }, fields{"postal_code": "form.postal_code_excluded"}},
		{"us", "express to Alaska", func(d *cart.Details) { d.Region, d.Delivery = "Alaska", "us-express" }, fields{"delivery": "form.delivery"}},
		{"us", "ground to Alaska", func(d *cart.Details) { d.Region = "alaska" }, nil},
		{"us", "another market's delivery", func(d *cart.Details) { d.Delivery = "de-home" }, fields{"delivery": "form.delivery"}},
		{"us", "a transfer", func(d *cart.Details) { d.Payment = "transfer" }, nil},
		{"es", "a transfer in test", func(d *cart.Details) { d.Payment = "transfer" }, fields{"payment": "form.payment"}},
		{"us", "a way to pay the shop is not set up for", func(d *cart.Details) { d.Payment = "stripe" }, fields{"payment": "form.payment"}},
		{"us", "a name of 100 letters", func(d *cart.Details) { d.Name = strings.Repeat("ß", 100) }, nil},
		{"us", "a name of 101 letters", func(d *cart.Details) { d.Name = strings.Repeat("ß", 101) }, fields{"name": "form.too_long"}},
		{"us", "long lines", func(d *cart.Details) {
			d.Line1, d.Line2, d.City = strings.Repeat("a", 101), strings.Repeat("b", 101), strings.Repeat("c", 101)
		},
			fields{"line1": "form.too_long", "line2": "form.too_long", "city": "form.too_long"}},
		{"us", "a name of spaces", func(d *cart.Details) { d.Name = " \t\u00a0 " }, fields{"name": "form.required_name"}},
		{"us", "a name of what nobody sees", func(d *cart.Details) { d.Name = "\u200b\u2060" }, fields{"name": "form.required_name"}},
		{"us", "an address that can't be mailed to", func(d *cart.Details) { d.Email = "ada@example" }, fields{"email": "form.email"}},
		{"us", "a header in the address", func(d *cart.Details) { d.Email = "ada@example.com\r\nBcc: eve@example.com" }, fields{"email": "form.email"}},
		{"us", "a telephone number", func(d *cart.Details) { d.Phone = "+1 (415) 555-2671" }, nil},
		{"us", "a telephone number of 4 digits", func(d *cart.Details) { d.Phone = "5552" }, fields{"phone": "form.phone"}},
		{"us", "a telephone number of 21 digits", func(d *cart.Details) { d.Phone = strings.Repeat("1", 21) }, fields{"phone": "form.phone"}},
		{"us", "letters for a telephone number", func(d *cart.Details) { d.Phone = "call me maybe" }, fields{"phone": "form.phone"}},
		{"us", "no digits in it", func(d *cart.Details) { d.Phone = "()-()" }, fields{"phone": "form.phone"}},
	} {
		store := s.Store(t, row.market)
		token := s.Fill(t, store, modelstest.Goods{"MI-BAND-BLACK": 1})
		d := modelstest.Buyer(row.market)
		row.change(&d)
		err := s.Carts.SaveDetails(t.Context(), token, store, d)
		if !maps.Equal(wrong(err), row.want) || (err != nil) != (row.want != nil) {
			t.Errorf("%s, %s: %v", row.market, row.name, err)
		}
		if _, found, err := s.Carts.Details(t.Context(), token, store); err != nil || found != (row.want == nil) {
			t.Errorf("%s, %s: kept %v, %v", row.market, row.name, found, err)
		}
	}
}

func TestLooseLithiumGoesByGround(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	store := s.Store(t, "us")
	d := modelstest.Buyer("us")
	d.Delivery = "us-express"
	must(t, s.Carts.SaveDetails(t.Context(), s.Fill(t, store, modelstest.Goods{"MI-BAND-BLACK": 1}), store, d))
	err := s.Carts.SaveDetails(t.Context(), s.Fill(t, store, modelstest.Goods{"MI-BAND-BLACK": 1, "POWER-BANK-5000-SILVER": 1}), store, d)
	if wrong(err)["delivery"] != "form.delivery" {
		t.Errorf("a power bank flies: %v", err)
	}
}

func TestDetailsAreKeptAsTheMarketWritesThem(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for market, change := range map[string]func(*cart.Details){
		"us": func(d *cart.Details) { d.PostalCode, d.Region = " 941031234", "california" },
		"uk": func(d *cart.Details) { d.PostalCode, d.Region = "sw1a1aa", "England" },
		"it": func(d *cart.Details) { d.PostalCode, d.Region = "20 121", "milano" },
	} {
		store := s.Store(t, market)
		token := s.Fill(t, store, modelstest.Goods{"MI-BAND-BLACK": 1})
		d := modelstest.Buyer(market)
		change(&d)
		d.Name, d.Line1, d.Line2 = "  Ada\r\nExample\t", "1\u2028Street", "\x00\x1b Flat  2 "
		must(t, s.Carts.SaveDetails(t.Context(), token, store, d))
		kept, found, err := s.Carts.Details(t.Context(), token, store)
		want := map[string][2]string{"us": {"94103-1234", "CA"}, "uk": {"SW1A 1AA", ""}, "it": {"20121", "MI"}}[market]
		if err != nil || !found || [2]string{kept.PostalCode, kept.Region} != want {
			t.Errorf("%s: %q %q, %v", market, kept.PostalCode, kept.Region, err)
		}
		if kept.Name != "Ada Example" || kept.Line1 != "1 Street" || kept.Line2 != "Flat 2" {
			t.Errorf("%s: %q, %q, %q", market, kept.Name, kept.Line1, kept.Line2)
		}
	}
}

func TestTheKeyStaysWhileDetailsChange(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	us, uk := s.Store(t, "us"), s.Store(t, "uk")
	token := s.Fill(t, us, modelstest.Goods{"MI-BAND-BLACK": 1})
	key := func(market string) string {
		t.Helper()
		d, found, err := s.Carts.Details(t.Context(), token, s.Store(t, market))
		if err != nil || !found {
			t.Fatalf("%s: %v, %v", market, found, err)
		}
		return d.IdempotencyKey
	}
	d := modelstest.Buyer("us")
	d.IdempotencyKey = "chosen by the buyer"
	must(t, s.Carts.SaveDetails(t.Context(), token, us, d))
	first := key("us")
	if len(first) < 20 || first == d.IdempotencyKey {
		t.Errorf("key is %q", first)
	}
	d.Name = "Eve Example"
	must(t, s.Carts.SaveDetails(t.Context(), token, us, d))
	d.Email = "not an address"
	if err := s.Carts.SaveDetails(t.Context(), token, us, d); wrong(err) == nil {
		t.Error(err)
	}
	kept, _, err := s.Carts.Details(t.Context(), token, us)
	if err != nil || kept.Name != "Eve Example" || kept.IdempotencyKey != first || strings.Contains(kept.Email, " ") {
		t.Errorf("%s with key %s, %v", kept.Name, kept.IdempotencyKey, err)
	}
	must(t, s.Carts.SaveDetails(t.Context(), token, uk, modelstest.Buyer("uk")))
	if key("uk") == first || key("us") != first {
		t.Error("two markets share a key")
	}
	other := s.Fill(t, us, modelstest.Goods{"MI-BAND-BLACK": 1})
	if _, found, err := s.Carts.Details(t.Context(), other, us); found || err != nil {
		t.Errorf("another cart has details, %v", err)
	}
}

func TestDetailsNeedACartWithGoods(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	refused(t, b.Carts.SaveDetails(t.Context(), b.token, b.store, modelstest.Buyer("us")), fault.Conflict, "fault.cart_empty")
	must(t, b.add(t, "MI-BAND-BLACK", 1))
	must(t, b.set(t, "MI-BAND-BLACK", 0))
	refused(t, b.Carts.SaveDetails(t.Context(), b.token, b.store, modelstest.Buyer("us")), fault.Conflict, "fault.cart_empty")
}
