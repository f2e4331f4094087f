package launch_test

import (
	"testing"
	"time"

	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// portugal is the market as a merchandiser types it on the first day: its address, tax and zone, no way to pay yet.
func portugal() market.Form {
	return market.Form{Code: "pt", Country: "PT", Currency: "EUR", Zone: "Europe/Lisbon", TaxIncluded: true, ProductSafety: true,
		PostalPattern: `\d{7}`, PostalExample: "1100-148", RegionKind: "none", HoldMinutes: "15", TransferDays: "7", ReturnDays: "14",
		Languages: []market.LanguageForm{{Language: "en", OrderButton: ""}, {Language: "es", OrderButton: ""}}}
}

// wantRed says what is wrong unless exactly these lines of a market's checklist are red.
func wantRed(t *testing.T, s *modelstest.Shop, code string, want ...string) {
	t.Helper()
	list, err := s.Gate.Checklist(t.Context(), code)
	must(t, err)
	var got []string
	for _, l := range launch.Red(list) {
		got = append(got, l.Key)
	}
	if len(got) != len(want) {
		t.Fatalf("red are %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("red are %v, want %v", got, want)
		}
	}
}

// line is Portugal's line of a key.
func line(t *testing.T, s *modelstest.Shop, key string) launch.CheckLine {
	t.Helper()
	list, err := s.Gate.Checklist(t.Context(), "pt")
	must(t, err)
	for _, l := range list {
		if l.Key == key {
			return l
		}
	}
	t.Fatalf("no line %s", key)
	return launch.CheckLine{}
}

// settle does one thing of a market's set-up and says which line of the checklist it turns green.
type settle struct {
	name   string
	do     func(t *testing.T, s *modelstest.Shop) error
	greens string
}

var portugalsWay = []settle{
	{"listing", func(t *testing.T, s *modelstest.Shop) error {
		return s.Catalog.SetListing(t.Context(), merchandiser, "pt", "mi-headphones", catalog.ListingForm{
			LimitOrder: "5", LimitBuyer: "10", TestLimitOrder: "1", TestLimitBuyer: "1"})
	}, launch.LineRange},
	{"prices", func(t *testing.T, s *modelstest.Shop) error {
		for _, sku := range []string{"MI-HEADPHONES-BLACK", "MI-HEADPHONES-WHITE"} {
			must(t, s.Catalog.SetPrice(t.Context(), merchandiser, "pt", "mi-headphones", catalog.PriceForm{SKU: sku, Amount: "79.99"}))
		}
		return nil
	}, launch.LinePrices},
	{"pages", func(t *testing.T, s *modelstest.Shop) error {
		for _, language := range []string{"en", "es"} {
			for _, slug := range []string{"imprint", "terms", "withdrawal", "privacy", "guarantee", "accessibility"} {
				must(t, s.Setup.WritePage(t.Context(), merchandiser, "pt", market.Page{Language: language, Slug: slug, Title: "A page", Body: "Its text."}))
			}
		}
		return nil
	}, launch.LinePages},
	{"taxes", func(t *testing.T, s *modelstest.Shop) error {
		for _, class := range []string{"standard", "delivery"} {
			must(t, s.Setup.SetRate(t.Context(), merchandiser, "pt", market.RateForm{Class: class, Name: "IVA", Percent: "23"}))
		}
		return nil
	}, launch.LineTaxes},
	{"delivery", func(t *testing.T, s *modelstest.Shop) error {
		return s.Setup.SetDelivery(t.Context(), merchandiser, "pt", market.DeliveryForm{Code: "pt-home", Kind: "home", Amount: "4.90",
			DaysMin: "3", DaysMax: "5", CutoffHour: "14", Names: map[string]string{"en": "To your door", "es": "A domicilio"}})
	}, launch.LineDelivery},
	{"payment", func(t *testing.T, s *modelstest.Shop) error {
		form := portugal()
		form.Payments = []market.PaymentForm{{Provider: "sandbox", InTest: true}}
		return s.Setup.ChangeMarket(t.Context(), merchandiser, "pt", form)
	}, launch.LinePayment},
	{"stock", func(t *testing.T, s *modelstest.Shop) error {
		must(t, s.Setup.SetLocations(t.Context(), merchandiser, "pt", []string{"venlo"}))
		return s.Warehouse.Count(t.Context(), merchandiser, inventory.Tally{Location: "venlo", SKU: "MI-HEADPHONES-BLACK", Quantity: "500", Reason: "counted"})
	}, launch.LineStock},
	{"approval", func(t *testing.T, s *modelstest.Shop) error {
		return s.Gate.Approve(t.Context(), merchandiser, "pt", launch.Claim{Product: "mi-headphones", Kind: "certification", Evidence: "EX-PT-1"})
	}, launch.LineApprovals},
	{"seller", func(t *testing.T, s *modelstest.Shop) error {
		return s.Setup.SetSeller(t.Context(), merchandiser, "pt", market.SellerForm{KeepYears: "10", Seller: market.Seller{
			Name: "Softlaunch Comércio de Exemplo, Lda.", Line1: "Rua do Exemplo 1", PostalCode: "1100-148", City: "Lisboa", Country: "PT",
			VATNumber: "PT000000000", Register: "NIPC 000000000", Paper: "a4"}})
	}, launch.LineSeller},
	{"order button", func(t *testing.T, s *modelstest.Shop) error {
		form := portugal()
		form.Payments = []market.PaymentForm{{Provider: "sandbox", InTest: true}}
		form.Languages = []market.LanguageForm{{Language: "en", OrderButton: "Order with obligation to pay"}, {Language: "es", OrderButton: "Pedido con obligación de pago"}}
		return s.Setup.ChangeMarket(t.Context(), merchandiser, "pt", form)
	}, launch.LineOrderButton},
}

// A new market needs no code and no restart: a merchandiser makes Portugal from nothing, sees each line of its checklist
// turn green, and it goes from draft to test to open by itself.
func TestPortugalIsMadeByVerbsAlone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	must(t, s.Setup.CreateMarket(ctx, merchandiser, portugal(), "es"))
	red := []string{launch.LineRange, launch.LinePages, launch.LineTaxes, launch.LineDelivery, launch.LinePayment, launch.LineStock, launch.LineOrderButton, launch.LineSeller}
	wantRed(t, s, "pt", red...)
	times := launch.Times{Announced: local("2027-02-01T00:00"), Test: local("2027-03-01T00:00"), Launch: local("2027-04-01T00:00")}
	if err := s.Gate.Reschedule(ctx, merchandiser, "pt", times, "pt", ""); !fault.Is(err, fault.Conflict) {
		t.Fatalf("a market that lacks everything got its launch: %v", err)
	}
	for _, step := range portugalsWay {
		if line(t, s, step.greens).OK {
			t.Fatalf("%s is green before the %s", step.greens, step.name)
		}
		must(t, step.do(t, s))
		if l := line(t, s, step.greens); !l.OK {
			t.Fatalf("the %s leaves it red: %+v", step.name, l)
		}
	}
	wantRed(t, s, "pt")

	plan, err := s.Gate.Plan(ctx, "pt", times)
	must(t, err)
	if reds := launch.Red(plan.Checklist); !plan.Blocked || len(reds) != 1 || reds[0].Key != launch.LineWaves {
		t.Fatalf("a test phase without a wave: %+v", reds)
	}
	must(t, s.Gate.AddWave(ctx, merchandiser, "pt", "MI-HEADPHONES-BLACK", launch.WaveForm{OpensAt: local("2027-03-01T00:00"), Quantity: "40"}))
	must(t, s.Gate.Reschedule(ctx, merchandiser, "pt", times, "pt", ""))
	opensAt(t, s)
}

// opensAt moves the clock over Portugal's instants, in Lisbon's winter and, at the launch, summer time.
func opensAt(t *testing.T, s *modelstest.Shop) {
	t.Helper()
	ctx := t.Context()
	for _, turn := range []struct {
		at     string
		before market.Phase
		after  market.Phase
	}{
		{"2027-02-01T00:00:00Z", market.Draft, market.Announced},
		{"2027-03-01T00:00:00Z", market.Announced, market.Test},
		{"2027-03-31T23:00:00Z", market.Test, market.Open},
	} {
		s.Time.Set(modelstest.At(turn.at) - 1)
		if got := phase(t, s, "pt"); got != turn.before {
			t.Errorf("a millisecond before %s: %s", turn.at, got)
		}
		s.Time.Advance(time.Millisecond)
		if got := phase(t, s, "pt"); got != turn.after {
			t.Errorf("at %s: %s", turn.at, got)
		}
		if turn.after == market.Announced {
			continue
		}
		buyer := modelstest.Buyer("es")
		buyer.PostalCode, buyer.City, buyer.Region, buyer.Delivery = "1100-148", "Lisboa", "", "pt-home"
		placed := s.Pay(t, s.Place(t, "pt", buyer, modelstest.Goods{"MI-HEADPHONES-BLACK": 1}))
		if placed.TotalAmount != 7999+490 || placed.Phase != string(turn.after) {
			t.Errorf("in %s: order %s in %s costs %d", turn.after, placed.Number, placed.Phase, placed.TotalAmount)
		}
	}
	if store, err := s.Markets.Store(ctx, "pt-es"); err != nil || store.OrderButton() != "Pedido con obligación de pago" {
		t.Errorf("the Spanish store: %v, %q", err, store.OrderButton())
	}
	wantRed(t, s, "pt")
}
