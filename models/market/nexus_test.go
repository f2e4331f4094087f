package market_test

import (
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

var viewer = staff.Actor{ID: 1, Name: "Viewer", Role: staff.Viewer}

func TestTaxIsChargedOnlyWhereTheSellerCollectsIt(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	set := func(code, region string, nexus bool) error {
		return s.Setup.SetNexus(t.Context(), modelstest.Owner, code, region, nexus)
	}
	for _, step := range []struct {
		nexus bool
		want  int64
	}{{false, 0}, {true, 72500}} {
		if err := set("us", "CA", step.nexus); err != nil {
			t.Fatal(err)
		}
		if got, _ := ppm(t, s, "us", "CA", "standard"); got != step.want {
			t.Errorf("with nexus %v the rate is %d", step.nexus, got)
		}
	}
	if err := set("us", "XX", true); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown state: %v", err)
	}
	if err := set("es", "M", false); !fault.Is(err, fault.Conflict) {
		t.Errorf("a province where prices include tax: %v", err)
	}
	if err := s.Setup.SetNexus(t.Context(), viewer, "us", "CA", false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM trail WHERE subject = 'nexus'"); n != 2 {
		t.Errorf("%d lines in the trail", n)
	}
}

// A place where tax is collected needs a rate for each class of goods that the market sells; the checklist says so.
func TestAClassWithoutARateIsRed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	red := func() []string {
		t.Helper()
		list, err := s.Gate.Checklist(t.Context(), "us")
		if err != nil {
			t.Fatal(err)
		}
		var gaps []string
		for _, l := range launch.Red(list) {
			for _, g := range l.Missing {
				if l.Key == launch.LineTaxes {
					gaps = append(gaps, g.What)
				}
			}
		}
		return gaps
	}
	if got := red(); len(got) != 0 {
		t.Fatalf("the example lacks %v", got)
	}
	if err := s.Setup.SetNexus(t.Context(), modelstest.Owner, "us", "MA", true); err != nil {
		t.Fatal(err)
	}
	if got := red(); len(got) != 1 {
		t.Errorf("with nexus in Massachusetts it lacks %v", got)
	}
	if err := s.Setup.SetRate(t.Context(), modelstest.Owner, "us", market.RateForm{Region: "MA", Class: "standard", Name: "MA", Percent: "0"}); err != nil {
		t.Fatal(err)
	}
	if got := red(); len(got) != 0 {
		t.Errorf("with a rate of 0 %% it lacks %v", got)
	}
	if err := s.Setup.SetTaxClass(t.Context(), modelstest.Owner, market.TaxClass{Code: "toys", Name: "Toys"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Setup.Classify(t.Context(), modelstest.Owner, "pip-plush", "toys"); err != nil {
		t.Fatal(err)
	}
	if got := red(); len(got) != 8 { // the seven states of the example, and Massachusetts
		t.Errorf("without a rate for toys it lacks %v", got)
	}
	for _, class := range []string{"delivery", "spells", ""} {
		if err := s.Setup.Classify(t.Context(), modelstest.Owner, "pip-plush", class); !fault.Is(err, fault.Invalid) {
			t.Errorf("class %q: %v", class, err)
		}
	}
}
