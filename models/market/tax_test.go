package market_test

import (
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// ppm is the rate of a class of goods in a market's region, and its name.
func ppm(t *testing.T, s *modelstest.Shop, code, region, class string) (int64, string) {
	t.Helper()
	var rate market.TaxRate
	s.Read(t, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		rates, err := market.TaxRates(tx, m.ID, region)
		rate = market.RateFor(rates, class)
		return err
	})
	return rate.RatePPM, rate.Name
}

func TestTaxOfPlacesAndTimes(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	turn := modelstest.At("2017-01-01T00:00:00Z")
	for name, row := range map[string]struct {
		at                    clock.Instant
		market, region, class string
		want                  int64
	}{
		"California":                          {modelstest.Start, "us", "CA", "standard", 72500},
		"California, before 2017":             {turn - 1, "us", "CA", "standard", 75000},
		"California, from 2017":               {turn, "us", "CA", "standard", 72500},
		"California, before its oldest rate":  {modelstest.At("2012-12-31T23:59:59.999Z"), "us", "CA", "standard", 0},
		"delivery in California":              {modelstest.Start, "us", "CA", "delivery", 0},
		"New York":                            {modelstest.Start, "us", "NY", "standard", 40000},
		"delivery in New York":                {modelstest.Start, "us", "NY", "delivery", 40000},
		"a state without nexus":               {modelstest.Start, "us", "MA", "standard", 0},
		"a state without sales tax":           {modelstest.Start, "us", "OR", "standard", 0},
		"a state that is not known yet":       {modelstest.Start, "us", "", "standard", 0},
		"Germany":                             {modelstest.Start, "de", "", "standard", 190000},
		"delivery in Germany":                 {modelstest.Start, "de", "", "delivery", 190000},
		"Germany, a region that has no rates": {modelstest.Start, "de", "BY", "standard", 190000},
		"United Kingdom":                      {modelstest.Start, "uk", "", "standard", 200000},
		"France":                              {modelstest.Start, "fr", "", "standard", 200000},
		"Spain":                               {modelstest.Start, "es", "M", "standard", 210000},
		"Italy":                               {modelstest.Start, "it", "MI", "standard", 220000},
		"a class without a rate":              {modelstest.Start, "de", "", "books", 0},
	} {
		s.Time.Set(row.at)
		if got, _ := ppm(t, s, row.market, row.region, row.class); got != row.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestTheRegionsRateComesBeforeTheMarkets(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "UPDATE regions SET nexus = 1 WHERE market_id = (SELECT id FROM markets WHERE code = 'us')")
	for _, row := range []struct {
		region, name string
		rate         int64
		from, to     clock.Instant
	}{
		{"", "federal", 10000, 0, 0},
		{"MA", "MA sales tax", 62500, modelstest.Start, modelstest.Start + 1000},
	} {
		s.Exec(t, `INSERT INTO tax_rates (market_id, region, tax_class, name, rate_ppm, valid_from, valid_to)
			SELECT id, ?, 'standard', ?, ?, ?, ? FROM markets WHERE code = 'us'`, row.region, row.name, row.rate, row.from, row.to)
	}
	for _, row := range []struct {
		at     clock.Instant
		region string
		want   string
	}{
		{modelstest.Start - 1, "MA", "federal"}, {modelstest.Start, "MA", "MA sales tax"},
		{modelstest.Start + 999, "MA", "MA sales tax"}, {modelstest.Start + 1000, "MA", "federal"},
		{modelstest.Start, "OR", "federal"}, {modelstest.Start, "", "federal"}, {modelstest.Start, "CA", "CA sales tax"},
	} {
		s.Time.Set(row.at)
		if _, got := ppm(t, s, "us", row.region, "standard"); got != row.want {
			t.Errorf("%q at %s: %s", row.region, row.at, got)
		}
	}
}
