package market_test

import (
	"slices"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// 20 November 2026 is a Friday.
func TestArrivalCountsWorkdaysAfterTheCutoff(t *testing.T) {
	t.Parallel()
	berlin := market.Market{Zone: "Europe/Berlin"}
	method := market.DeliveryMethod{CutoffHour: 14, DaysMin: 2, DaysMax: 3}
	for name, row := range map[string]struct {
		at       string
		method   market.DeliveryMethod
		from, to clock.Day
	}{
		"Monday morning":                       {"2026-11-16T08:00:00+01:00", method, "2026-11-18", "2026-11-19"},
		"a millisecond before the cut-off":     {"2026-11-18T13:59:59.999+01:00", method, "2026-11-20", "2026-11-23"},
		"at the cut-off":                       {"2026-11-18T14:00:00+01:00", method, "2026-11-23", "2026-11-24"},
		"the cut-off is the market's own time": {"2026-11-18T12:59:59.999Z", method, "2026-11-20", "2026-11-23"},
		"and so is the day":                    {"2026-11-17T23:30:00Z", method, "2026-11-20", "2026-11-23"},
		"Friday before the cut-off":            {"2026-11-20T13:59:59+01:00", method, "2026-11-24", "2026-11-25"},
		"Friday after it":                      {"2026-11-20T14:00:00+01:00", method, "2026-11-25", "2026-11-26"},
		"Saturday morning":                     {"2026-11-21T08:00:00+01:00", method, "2026-11-25", "2026-11-26"},
		"Saturday night":                       {"2026-11-21T23:00:00+01:00", method, "2026-11-25", "2026-11-26"},
		"Sunday night":                         {"2026-11-22T23:59:59+01:00", method, "2026-11-25", "2026-11-26"},
		"over the year's end":                  {"2026-12-30T08:00:00+01:00", method, "2027-01-01", "2027-01-04"},
		"over the change of the clocks":        {"2027-03-26T08:00:00+01:00", method, "2027-03-30", "2027-03-31"},
		"on the same day":                      {"2026-11-18T08:00:00+01:00", market.DeliveryMethod{CutoffHour: 14}, "2026-11-18", "2026-11-18"},
		"on the same day, but it is Saturday":  {"2026-11-21T08:00:00+01:00", market.DeliveryMethod{CutoffHour: 14}, "2026-11-23", "2026-11-23"},
		"never cut off":                        {"2026-11-18T23:59:59+01:00", market.DeliveryMethod{CutoffHour: 24, DaysMax: 1}, "2026-11-18", "2026-11-19"},
		"always cut off":                       {"2026-11-18T00:00:00+01:00", market.DeliveryMethod{DaysMax: 1}, "2026-11-19", "2026-11-20"},
	} {
		if from, to := row.method.Arrival(berlin, modelstest.At(row.at), market.Place{}); from != row.from || to != row.to {
			t.Errorf("%s: %s to %s", name, from, to)
		}
	}
}

func TestWhatFliesAndWhereTo(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	methods, err := s.Markets.Delivery(t.Context(), s.Store(t, "us"))
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		region  string
		numbers []string
		want    []string
	}{
		"no lithium":                  {"CA", []string{""}, []string{"us-ground", "us-express"}},
		"lithium in equipment":        {"CA", []string{"3481"}, []string{"us-ground", "us-express"}},
		"loose lithium":               {"CA", []string{"3480"}, []string{"us-ground"}},
		"loose lithium among others":  {"CA", []string{"", "3481", "3480"}, []string{"us-ground"}},
		"a region not known yet":      {"", []string{""}, []string{"us-ground", "us-express"}},
		"loose lithium, not known":    {"", []string{"3480"}, []string{"us-ground"}},
		"Alaska":                      {"AK", []string{""}, []string{"us-ground"}},
		"Hawaii":                      {"HI", []string{""}, []string{"us-ground"}},
		"Puerto Rico":                 {"PR", []string{"3481"}, []string{"us-ground"}},
		"forces in the Americas":      {"AA", []string{""}, []string{"us-ground"}},
		"forces in Europe":            {"AE", []string{""}, []string{"us-ground"}},
		"forces in the Pacific":       {"AP", []string{""}, []string{"us-ground"}},
		"loose lithium to Alaska":     {"AK", []string{"3480"}, []string{"us-ground"}},
		"a cart with nothing in it":   {"NY", nil, []string{"us-ground", "us-express"}},
		"a region that looks like it": {"AL", []string{""}, []string{"us-ground", "us-express"}},
	} {
		var got []string
		for _, m := range methods {
			if m.Carries(row.region, row.numbers) {
				got = append(got, m.Code)
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestMethodsCarryTheirNamesInEachLanguage(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, path := range []string{"us", "uk", "de", "de-en", "fr", "es", "it"} {
		methods, err := s.Markets.Delivery(t.Context(), s.Store(t, path))
		if err != nil || len(methods) != 2 {
			t.Fatalf("%s: %d methods, %v", path, len(methods), err)
		}
		for _, m := range methods {
			if m.Name == "" {
				t.Errorf("%s: %s has no name", path, m.Code)
			}
		}
	}
	german, english := name(t, s, "de"), name(t, s, "de-en")
	if german == english {
		t.Errorf("both languages say %q", german)
	}
}

func name(t *testing.T, s *modelstest.Shop, path string) string {
	t.Helper()
	methods, err := s.Markets.Delivery(t.Context(), s.Store(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return methods[0].Name
}
