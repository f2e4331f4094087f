package market_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

const importHead = "region,class,name,percent,valid_from\n"

func read(t *testing.T, s *modelstest.Shop, file string) market.RateImport {
	t.Helper()
	found, err := s.Setup.ReadRates(t.Context(), modelstest.Owner, "us", file)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAFileOfRatesIsSetAsAWhole(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	file := "\ufeffregion;class;name;percent;valid_from\r\n" +
		"CA;standard;CA sales tax;7,5;2027-01-01\r\n" +
		"CA;standard;CA sales tax;7.75;2027-07-01T00:00\r\n" +
		"NY;standard;NY sales tax;4 %;2005-06-01\r\n" + // holds already
		"MA;standard;\"MA; sales tax\";6.25;\r\n"
	found := read(t, s, file)
	if len(found.Faults) > 0 || len(found.Rates) != 3 || found.Same != 1 {
		t.Fatalf("%+v", found)
	}
	if ppmAt(t, s, "2027-02-01T00:00:00Z", "CA") != 72500 {
		t.Error("a look has changed the rates")
	}
	s.Time.Set(modelstest.Start)
	if err := s.Setup.ImportRates(t.Context(), modelstest.Owner, "us", file); err != nil {
		t.Fatal(err)
	}
	s.Exec(t, "UPDATE regions SET nexus = 1 WHERE code = 'MA' AND market_id = (SELECT id FROM markets WHERE code = 'us')")
	for _, row := range []struct {
		at, region string
		want       int64
	}{
		{"2027-01-01T04:59:59.999Z", "CA", 72500}, {"2027-01-01T05:00:00Z", "CA", 75000}, // midnight in New York
		{"2027-07-01T03:59:59.999Z", "CA", 75000}, {"2027-07-01T04:00:00Z", "CA", 77500},
		{"2027-01-01T00:00:00Z", "NY", 40000}, {"2026-11-20T12:00:00Z", "MA", 62500},
	} {
		if got := ppmAt(t, s, row.at, row.region); got != row.want {
			t.Errorf("%s at %s: %d", row.region, row.at, got)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM trail WHERE subject = 'rate' AND reason LIKE 'imported, line %'"); n != 3 {
		t.Errorf("%d lines in the trail", n)
	}
	s.Time.Set(modelstest.Start)
	if again := read(t, s, file); len(again.Rates)+len(again.Faults) != 0 || again.Same != 4 {
		t.Errorf("the same file again: %+v", again)
	}
}

func ppmAt(t *testing.T, s *modelstest.Shop, at, region string) int64 {
	t.Helper()
	s.Time.Set(modelstest.At(at))
	got, _ := ppm(t, s, "us", region, "standard")
	return got
}

func TestEveryFaultOfAFileIsNamedByItsLine(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for name, row := range map[string]struct{ file, want string }{
		"empty":            {"", "1  import.head"},
		"another head":     {"state,rate\nCA,7", "1  import.head"},
		"too large":        {importHead + strings.Repeat("x", market.MaxRateFile), "1  import.large"},
		"no text":          {"\xff\xfe", "1  import.text"},
		"a stray quote":    {importHead + "CA,standard,\"x,7,\n", "2  import.line"},
		"too few columns":  {importHead + "CA,standard,x\n", "2  import.columns"},
		"an unknown state": {importHead + "XX,standard,x,7,\n", "2 region rate.region"},
		"a second line":    {importHead + "MA,standard,x,7,\nMA,reduced,x,101,\n", "3 percent rate.percent"},
		"several":          {importHead + "XX,spells,,x,2020-01-01\n", "2 class rate.class|2 name rate.name|2 percent rate.percent|2 region rate.region|2 valid_from time.past"},
		"the past":         {importHead + "MA,standard,x,7,2020-01-01\n", "2 valid_from time.past"},
		"no such day":      {importHead + "MA,standard,x,7,2027-02-30\n", "2 valid_from time.text"},
		"twice":            {importHead + "MA,standard,x,7,2027-01-01\nMA,standard,x,8,2027-01-01\n", "3 valid_from rate.later"},
		"delivery":         {importHead + "MA,delivery,x,7,2027-01-01\n", ""},
	} {
		var got []string
		found := read(t, s, row.file)
		for _, f := range found.Faults {
			got = append(got, fmt.Sprintf("%d %s %s", f.Line, f.Column, f.Key))
		}
		if strings.Join(got, "|") != row.want {
			t.Errorf("%s: %v", name, got)
		}
		before := s.Number(t, "SELECT COUNT(*) FROM tax_rates")
		err := s.Setup.ImportRates(t.Context(), modelstest.Owner, "us", row.file)
		if wrong := len(got) > 0; wrong != fault.Is(err, fault.Invalid) || wrong && s.Number(t, "SELECT COUNT(*) FROM tax_rates") != before {
			t.Errorf("%s is imported: %v", name, err)
		}
	}
}

// Each place that a market leaves out is left out for a reason, in each of its languages.
func TestPlacesOutsideAreRefusedWithAReason(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for code, typed := range map[string][]string{
		"us": {"00801", "96910", "96799-1234"}, "uk": {"JE2 3AB", "GY1 1AA", "IM1 1AA"}, "de": {"27498", "78266"},
		"fr": {"97400", "98800", "98000"}, "es": {"35001", "38001", "51001", "52001"}, "it": {"23041", "22061"},
	} {
		m := s.Store(t, code).Market
		for _, postcode := range typed {
			e, excluded := m.Excluded(postcode)
			if _, valid, served := m.PostalCode(postcode); !excluded || !valid || served {
				t.Errorf("%s %s: excluded %v, valid %v, served %v", code, postcode, excluded, valid, served)
			}
			for _, l := range m.Languages {
				if e.Reason(l.Language) == "" {
					t.Errorf("%s %s has no reason in %s", code, postcode, l.Language)
				}
			}
		}
	}
	for code, postcode := range map[string]string{"us": "00901", "uk": "BT1 1AA", "de": "27499", "fr": "20000", "es": "07001", "it": "22060"} {
		if _, valid, served := s.Store(t, code).Market.PostalCode(postcode); !valid || !served {
			t.Errorf("%s %s is left out", code, postcode)
		}
	}
}

func TestStaffLeavePlacesOutAndTakeThemBackIn(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	exclude := func(pattern, reason string) error {
		return s.Setup.Exclude(t.Context(), modelstest.Owner, "it", market.ExclusionForm{Pattern: pattern, Reasons: map[string]string{"it": reason}})
	}
	for _, pattern := range []string{"", "(", ".*", strings.Repeat("1", 201)} {
		if err := exclude(pattern, "Perché"); !fault.Is(err, fault.Invalid) {
			t.Errorf("pattern %q: %v", pattern, err)
		}
	}
	if err := exclude(`900\d{2}`, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("no reason: %v", err)
	}
	if err := exclude(`900\d{2}`, "Nessuna consegna a Palermo."); err != nil {
		t.Fatal(err)
	}
	var id int64
	s.Read(t, func(tx db.Tx) error {
		m, err := market.ByCode(tx, "it")
		at := slices.IndexFunc(m.Exclusions, func(e market.PostalExclusion) bool { return e.Pattern == `900\d{2}` })
		id = m.Exclusions[at].ID
		return err
	})
	if e, out := s.Store(t, "it").Market.Excluded("90012"); !out || e.Reason("it") != "Nessuna consegna a Palermo." {
		t.Errorf("Palermo: %+v, %v", e, out)
	}
	if err := s.Setup.Include(t.Context(), modelstest.Owner, "it", id); err != nil {
		t.Fatal(err)
	}
	if _, out := s.Store(t, "it").Market.Excluded("90012"); out {
		t.Error("Palermo is still left out")
	}
}
