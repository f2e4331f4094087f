package market_test

import (
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// method is one of the example's delivery methods.
func method(t *testing.T, s *modelstest.Shop, store, code string) market.DeliveryMethod {
	t.Helper()
	methods, err := s.Markets.Delivery(t.Context(), s.Store(t, store))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range methods {
		if m.Code == code {
			return m
		}
	}
	t.Fatalf("%s has no method %s", store, code)
	return market.DeliveryMethod{}
}

func TestDeliveryIsPricedByPlaceWeightAndValue(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, row := range []struct {
		store, code      string
		region, postcode string
		grams, value     int64
		want             int64
	}{
		{"us", "us-ground", "", "", 42, 1499, 499},
		{"us", "us-ground", "CA", "94103", 1999, 9999, 499},
		{"us", "us-ground", "CA", "94103", 2000, 9999, 899},
		{"us", "us-ground", "CA", "94103", 5000, 10000, 0},
		{"us", "us-ground", "AK", "99501", 42, 1499, 999},
		{"us", "us-ground", "AK", "99501", 2000, 1499, 1899},
		{"us", "us-ground", "HI", "96801", 42, 50000, 999}, // a zone has none of the method's own steps
		{"uk", "uk-home", "", "SW1A 1AA", 42, 4999, 399},
		{"uk", "uk-home", "", "SW1A 1AA", 42, 5000, 0},
		{"uk", "uk-home", "", "iv1 1aa", 42, 5000, 699},
		{"uk", "uk-home", "", "BT1 1AA", 42, 5000, 599},
		{"uk", "uk-home", "", "BT1 1AA", 42, 7500, 0},
		{"uk", "uk-locker", "", "IV1 1AA", 9000, 100, 299},
		{"fr", "fr-home", "", "20000", 42, 100, 790},
		{"es", "es-home", "PM", "07001", 42, 100, 750},
		{"es", "es-home", "M", "28013", 42, 100, 450},
		{"it", "it-home", "PA", "90012", 42, 100, 690},
	} {
		p := market.Parcel{Place: market.Place{Region: row.region, PostalCode: row.postcode}, Grams: row.grams, Value: row.value}
		if got := method(t, s, row.store, row.code).Price(p); got != row.want {
			t.Errorf("%s to %s %s, %d g worth %d: %d, want %d", row.code, row.region, row.postcode, row.grams, row.value, got, row.want)
		}
	}
}

// Steps as staff may type them: heavier goods never cost less, goods of more value never more, and no step makes a parcel
// dearer than its weight does.
func TestPricesOfDeliveryAreMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := market.DeliveryMethod{Amount: rapid.Int64Range(0, 50).Draw(t, "amount")}
		amount, cheaper := d.Amount, int64(100)
		for i := range rapid.Int64Range(0, 4).Draw(t, "by weight") {
			amount += rapid.Int64Range(0, 20).Draw(t, "more")
			d.Steps = append(d.Steps, market.DeliveryStep{Measure: market.ByWeight, AtLeast: (i + 1) * 10, Amount: amount})
		}
		for i := range rapid.Int64Range(0, 4).Draw(t, "by value") {
			cheaper = max(0, cheaper-rapid.Int64Range(0, 60).Draw(t, "less"))
			d.Steps = append(d.Steps, market.DeliveryStep{Measure: market.ByValue, AtLeast: (i + 1) * 10, Amount: cheaper})
		}
		grams, value := rapid.Int64Range(0, 60).Draw(t, "grams"), rapid.Int64Range(0, 60).Draw(t, "value")
		p := market.Parcel{Grams: grams, Value: value}
		heavier, dearer := p, p
		heavier.Grams += rapid.Int64Range(0, 30).Draw(t, "grams more")
		dearer.Value += rapid.Int64Range(0, 30).Draw(t, "value more")
		switch got := d.Price(p); {
		case d.Price(heavier) < got:
			t.Fatalf("%+v costs %d, heavier %d", p, got, d.Price(heavier))
		case d.Price(dearer) > got:
			t.Fatalf("%+v costs %d, worth more %d", p, got, d.Price(dearer))
		case got < 0 || got > d.Price(market.Parcel{Grams: grams}):
			t.Fatalf("%+v costs %d", p, got)
		}
		if least, varies := d.From(grams, value); least != d.Price(p) || (!varies && d.Price(heavier) != d.Price(p)) {
			t.Fatalf("from %d, varies %v", least, varies)
		}
	})
}

func TestArrivalSkipsHolidaysAndTakesLongerInZones(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := s.Store(t, "us").Market
	ground := method(t, s, "us", "us-ground")
	at := modelstest.At("2026-11-23T10:00:00-05:00") // a Monday; Thursday is Thanksgiving
	for region, want := range map[string][2]clock.Day{"CA": {"2026-12-01", "2026-12-03"}, "AK": {"2026-12-08", "2026-12-10"}} {
		if from, to := ground.Arrival(m, at, market.Place{Region: region}); from != want[0] || to != want[1] {
			t.Errorf("%s: %s to %s", region, from, to)
		}
	}
}

func TestStepsAndZonesAreReadAsTyped(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	form := func() market.DeliveryForm {
		return market.DeliveryForm{Code: "es-new", Kind: "home", Amount: "4.50", DaysMin: "1", DaysMax: "2", CutoffHour: "12", Names: map[string]string{"es": "A casa"},
			WeightSteps: "2000=6.50 5000=9", ValueSteps: "50=1.50 100=0", Zones: "Baleares; PM 07; 7,50; 2; 2000=9.90; 100=0\n\nLejos; GC; 12"}
	}
	set := func(f market.DeliveryForm) error { return s.Setup.SetDelivery(t.Context(), modelstest.Owner, "es", f) }
	if err := set(form()); err != nil {
		t.Fatal(err)
	}
	d := method(t, s, "es", "es-new")
	m := s.Store(t, "es").Market
	if got := d.ZoneLines(m); got != "Baleares; PM 07; 7.50; 2; 2000=9.90; 100.00=0.00\nLejos; GC; 12.00; 0\n" {
		t.Errorf("zones are %q", got)
	}
	if got := market.StepWords(m, d.Steps, market.ByWeight) + "|" + market.StepWords(m, d.Steps, market.ByValue); got != "2000=6.50 5000=9.00|50.00=1.50 100.00=0.00" {
		t.Errorf("steps are %q", got)
	}
	for name, change := range map[string]func(f *market.DeliveryForm){
		"lighter and dearer": func(f *market.DeliveryForm) { f.WeightSteps = "2000=9 5000=6" },
		"the same weight":    func(f *market.DeliveryForm) { f.WeightSteps = "2000=6 2000=9" },
		"no weight":          func(f *market.DeliveryForm) { f.WeightSteps = "0=6" },
		"half a gram":        func(f *market.DeliveryForm) { f.WeightSteps = "0.5=6" },
		"no price":           func(f *market.DeliveryForm) { f.ValueSteps = "50" },
		"dearer by value":    func(f *market.DeliveryForm) { f.ValueSteps = "50=0 100=1" },
		"a zone of nowhere":  func(f *market.DeliveryForm) { f.Zones = "X; ; 5" },
		"a zone for nothing": func(f *market.DeliveryForm) { f.Zones = "X; PM" },
		"a zone of a year":   func(f *market.DeliveryForm) { f.Zones = "X; PM; 5; 365" },
	} {
		f := form()
		change(&f)
		if err := set(f); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Setup.RemoveDelivery(t.Context(), modelstest.Owner, "es", "es-new"); err != nil {
		t.Fatal(err)
	}
	if n := s.Number(t, "SELECT (SELECT COUNT(*) FROM delivery_zones WHERE name = 'Lejos') + (SELECT COUNT(*) FROM delivery_steps WHERE amount = 990 AND at_least = 5000)"); n != 0 {
		t.Errorf("%d rows of it are left", n)
	}
}

func TestHolidaysAreDaysOnceEach(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, days := range [][]market.Holiday{{{Day: "2027-02-30", Name: "x"}}, {{Day: "1.1.2027", Name: "x"}}, {{Day: "2027-01-01"}}, {{Day: "2027-01-01", Name: "x"}, {Day: "2027-01-01", Name: "y"}}} {
		if err := s.Setup.SetHolidays(t.Context(), modelstest.Owner, "us", days); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", days, err)
		}
	}
	if err := s.Setup.SetHolidays(t.Context(), modelstest.Owner, "us", nil); err != nil || s.Store(t, "us").Market.DayOff("2026-11-26") {
		t.Errorf("none: %v", err)
	}
}
