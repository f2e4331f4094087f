package catalog_test

import (
	"context"
	"errors"
	"testing"

	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

var merchandiser = staff.Actor{Name: "Mia", Role: staff.Merchandiser}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func last(t *testing.T, s *modelstest.Shop) staff.Entry {
	t.Helper()
	h, err := s.Staff.History(t.Context(), staff.Filter{})
	must(t, err)
	return h.Entries[0]
}

func wantFields(t *testing.T, err error, want fault.Fields) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid || len(f.Fields) != len(want) {
		t.Fatalf("got %v, want the fields %v", err, want)
	}
	for field, key := range want {
		if f.Fields[field] != key {
			t.Errorf("%s is %q, want %q", field, f.Fields[field], key)
		}
	}
}

func local(text string) market.Moment { return market.Moment{Local: text} }

// price is what the band costs in Germany now, in cents.
func price(t *testing.T, s *modelstest.Shop) int64 {
	t.Helper()
	item, err := s.Gate.Item(t.Context(), s.Store(t, "de"), "mi-band")
	must(t, err)
	for i, v := range item.Product.Variants {
		if v.SKU == "MI-BAND-BLACK" {
			return item.Sales[i].Price.Minor
		}
	}
	t.Fatal("no such band")
	return 0
}

func TestANewPriceHoldsFromItsInstant(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	before := price(t, s)
	must(t, s.Catalog.SetPrice(ctx, merchandiser, "de", "mi-band", catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "12,50", From: local("2026-12-01T00:00")}))
	if e := last(t, s); e.Verb != "set" || e.Subject != "price" || e.Name != "de MI-BAND-BLACK" || e.Before == "" || e.After != "12.50 EUR from 2026-11-30T23:00:00.000Z" {
		t.Errorf("kept as %+v", e)
	}
	s.Time.Set(modelstest.At("2026-11-30T22:59:59.999Z"))
	if got := price(t, s); got != before {
		t.Errorf("a millisecond before: %d", got)
	}
	s.Time.Set(modelstest.At("2026-11-30T23:00:00Z"))
	if got := price(t, s); got != 1250 {
		t.Errorf("at its instant: %d", got)
	}
	must(t, s.Catalog.SetPrice(ctx, merchandiser, "de", "mi-band", catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "11.00"}))
	if got := price(t, s); got != 1100 {
		t.Errorf("a price from now on: %d", got)
	}
}

func TestAPriceToComeIsTakenBack(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	must(t, s.Catalog.SetPrice(ctx, merchandiser, "de", "mi-band", catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "12.50", From: local("2026-12-01T00:00")}))
	product, _, err := s.Gate.Across(ctx, "mi-band")
	must(t, err)
	prices, err := s.Catalog.Prices(ctx, product.ID)
	must(t, err)
	var future, held int64
	for _, p := range prices {
		if p.ValidFrom > s.Time.Now() {
			future = p.ID
		} else {
			held = p.ID
		}
	}
	if err := s.Catalog.TakeBackPrice(ctx, merchandiser, "mi-band", held); !fault.Is(err, fault.Conflict) {
		t.Errorf("a price that holds: %v", err)
	}
	if err := s.Catalog.TakeBackPrice(ctx, merchandiser, "pip-plush-fox", future); !fault.Is(err, fault.NotFound) {
		t.Errorf("another product's price: %v", err)
	}
	must(t, s.Catalog.TakeBackPrice(ctx, merchandiser, "mi-band", future))
	if e := last(t, s); e.Verb != "take back" || e.Name != "de MI-BAND-BLACK" || e.Before != "12.50 EUR from 2026-11-30T23:00:00.000Z" {
		t.Errorf("kept as %+v", e)
	}
	s.Time.Set(modelstest.At("2026-12-02T00:00:00Z"))
	if got := price(t, s); got == 1250 {
		t.Error("the price holds though it was taken back")
	}
}

func TestPricesAreChecked(t *testing.T) {
	s := modelstest.New(t)
	for name, test := range map[string]struct {
		form catalog.PriceForm
		want fault.Fields
	}{
		"nothing":  {catalog.PriceForm{}, fault.Fields{"amount": "price.amount", "sku": "price.sku"}},
		"free":     {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "0.00"}, fault.Fields{"amount": "price.amount"}},
		"negative": {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "-1"}, fault.Fields{"amount": "price.amount"}},
		"decimals": {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "1.234"}, fault.Fields{"amount": "price.amount"}},
		"past":     {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "1", From: local("2026-11-19T00:00")}, fault.Fields{"valid_from": "time.past"}},
		"end":      {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "1", To: local("2026-11-19T00:00")}, fault.Fields{"ends_at": "time.order"}},
		"gap":      {catalog.PriceForm{SKU: "MI-BAND-BLACK", Amount: "1", From: local("2027-03-28T02:30")}, fault.Fields{"valid_from": "time.gap"}},
		"foreign":  {catalog.PriceForm{SKU: "PIP-PLUSH-FOX", Amount: "1"}, fault.Fields{"sku": "price.sku"}},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := s.Catalog.SetPrice(t.Context(), merchandiser, "de", "mi-band", test.form)
			if name == "gap" {
				if f := (*fault.Error)(nil); !errors.As(wrong, &f) || f.Fields["valid_from"] != "time.gap" {
					t.Errorf("got %v", wrong)
				}
				return
			}
			wantFields(t, wrong, test.want)
		})
	}
}

func TestAListingIsChanged(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	form := catalog.ListingForm{VisibleFrom: local("2015-05-01T00:00"), EndsAt: local("2026-11-20T13:30"), LimitOrder: "3", LimitBuyer: "5", TestLimitOrder: "1", TestLimitBuyer: "1"}
	must(t, s.Catalog.SetListing(ctx, merchandiser, "de", "mi-band", form))
	if e := last(t, s); e.Verb != "set" || e.Subject != "listing" || e.Name != "de mi-band" || e.Before == "" ||
		e.After != "visible 2015-04-30T22:00:00.000Z, on sale none, ends 2026-11-20T12:30:00.000Z, limits 3/5, in test 1/1" {
		t.Errorf("kept as %+v", e)
	}
	_, markets, err := s.Gate.Across(ctx, "mi-band")
	must(t, err)
	for _, in := range markets {
		if in.Market.Code == "de" && in.Listing.FormOf(in.Market) != form {
			t.Errorf("shown again as %+v", in.Listing.FormOf(in.Market))
		}
	}
	wantFields(t, s.Catalog.SetListing(ctx, merchandiser, "de", "mi-band", catalog.ListingForm{VisibleFrom: local("2026-12-01T00:00"),
		EndsAt: local("2026-11-01T00:00"), LimitOrder: "-1", LimitBuyer: "many", TestLimitOrder: "10000"}),
		fault.Fields{"ends_at": "listing.ends", "limit_order": "listing.limit", "limit_buyer": "listing.limit",
			"test_limit_order": "listing.limit", "test_limit_buyer": "listing.limit"})
	if err := s.Catalog.SetListing(ctx, merchandiser, "de", "nothing", form); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown product: %v", err)
	}
}

func TestOnlyWhoMayChangesTheCatalogue(t *testing.T) {
	s := modelstest.New(t)
	ctx := context.Background()
	for _, role := range []staff.Role{staff.Viewer, staff.Support, ""} {
		by := staff.Actor{Role: role}
		for name, err := range map[string]error{
			"listing":   s.Catalog.SetListing(ctx, by, "de", "mi-band", catalog.ListingForm{}),
			"price":     s.Catalog.SetPrice(ctx, by, "de", "mi-band", catalog.PriceForm{}),
			"take back": s.Catalog.TakeBackPrice(ctx, by, "mi-band", 1),
		} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s as %q: %v", name, role, err)
			}
		}
	}
}

func TestProductsAreFoundByTheirWords(t *testing.T) {
	s := modelstest.New(t)
	all, err := s.Catalog.Find(t.Context(), "")
	must(t, err)
	some, err := s.Catalog.Find(t.Context(), "POWER bank")
	must(t, err)
	if len(all) <= len(some) || len(some) != 2 {
		t.Errorf("found %d of %d", len(some), len(all))
	}
}
