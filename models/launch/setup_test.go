package launch_test

import (
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

func rules(t *testing.T, s *modelstest.Shop, code string) launch.Rules {
	t.Helper()
	r, err := s.Setup.Rules(t.Context(), code)
	must(t, err)
	return r
}

func TestANewMarketIsADraftThatRequiresPages(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	if err := s.Setup.CreateMarket(ctx, staff.Actor{Role: staff.Support}, portugal(), ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("support made a market: %v", err)
	}
	wantFields(t, s.Setup.CreateMarket(ctx, merchandiser, portugal(), "at"), fault.Fields{"like": "market.like"})
	must(t, s.Setup.CreateMarket(ctx, merchandiser, portugal(), ""))
	wantFields(t, s.Setup.CreateMarket(ctx, merchandiser, portugal(), ""), fault.Fields{"code": "market.code_taken"})
	if e := last(t, s); e.Verb != "create" || e.Subject != "market" || e.Name != "pt" {
		t.Errorf("kept as %+v", e)
	}
	if got := phase(t, s, "pt"); got != market.Draft {
		t.Errorf("it is %s", got)
	}
	r := rules(t, s, "pt")
	if len(r.Required) != len(market.DefaultPages) || len(r.Approvals) == 0 || len(r.Approvals[0].Kinds) != 0 || r.Market.Position != 7 {
		t.Errorf("%+v", r)
	}
	spanish := portugal()
	spanish.Code = "an"
	spanish.Country = "AD"
	must(t, s.Setup.CreateMarket(ctx, merchandiser, spanish, "es"))
	if r := rules(t, s, "an"); len(r.Required) != 6 || r.Approvals[0].Category != "bands" || len(r.Approvals[0].Kinds) != 3 {
		t.Errorf("like Spain: %v, %+v", r.Required, r.Approvals)
	}
}

func TestWhatPricesAndSchedulesRestOnStays(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := rules(t, s, "es").Market
	f := m.FormOf()
	f.Currency, f.TaxIncluded, f.Zone = "USD", false, "Europe/Paris"
	wantFields(t, s.Setup.ChangeMarket(t.Context(), merchandiser, "es", f),
		fault.Fields{"currency": "market.priced", "tax_included": "market.priced", "zone": "market.scheduled"})
	f = m.FormOf()
	f.HoldMinutes, f.Languages = "30", append(f.Languages, market.LanguageForm{Language: "en", OrderButton: "Order with obligation to pay"})
	must(t, s.Setup.ChangeMarket(t.Context(), merchandiser, "es", f))
	after := rules(t, s, "es").Market
	if after.HoldMinutes != 30 || len(after.Languages) != 2 || after.LaunchAt != m.LaunchAt || len(after.Payments) != len(m.Payments) {
		t.Errorf("%+v", after)
	}
	wantRed(t, s, "es", launch.LinePages, launch.LineDelivery)
}

func TestRatesFollowEachOther(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	rate := market.RateForm{Class: "standard", Name: "MwSt.", Percent: "20,5", From: local("2027-01-01T00:00")}
	must(t, s.Setup.SetRate(ctx, merchandiser, "de", rate))
	if e := last(t, s); e.Name != "de standard" || e.Before != "190000 ppm (MwSt.) from 2007-01-01T00:00:00.000Z to none" || e.After != "205000 ppm (MwSt.) from 2026-12-31T23:00:00.000Z to none" {
		t.Errorf("kept as %+v", e)
	}
	ppm := func(at string) int64 {
		t.Helper()
		var rates []market.TaxRate
		s.Time.Set(modelstest.At(at))
		m := rules(t, s, "de").Market
		s.Read(t, func(tx db.Tx) (err error) { rates, err = market.TaxRates(tx, m.ID, ""); return })
		return market.RateFor(rates, "standard").RatePPM
	}
	if before, from := ppm("2026-12-31T22:59:59.999Z"), ppm("2026-12-31T23:00:00Z"); before != 190000 || from != 205000 {
		t.Errorf("%d, then %d", before, from)
	}
	s.Time.Set(modelstest.Start)
	wantFields(t, s.Setup.SetRate(ctx, merchandiser, "de", rate), fault.Fields{"valid_from": "rate.later"})
	var id int64
	for _, r := range rules(t, s, "de").Rates {
		if r.RatePPM == 205000 {
			id = r.ID
		}
	}
	must(t, s.Setup.RemoveRate(ctx, merchandiser, "de", id))
	if from := ppm("2026-12-31T23:00:00Z"); from != 190000 {
		t.Errorf("%d after the new rate was taken back", from)
	}
	for _, r := range rules(t, s, "de").Rates {
		if err := s.Setup.RemoveRate(ctx, merchandiser, "de", r.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a rate that holds was removed: %v", err)
		}
	}
	wantFields(t, s.Setup.SetRate(ctx, merchandiser, "de", market.RateForm{Region: "BY", Class: "Std", Percent: "100.0001", From: local("2020-01-01T00:00")}),
		fault.Fields{"region": "rate.region", "tax_class": "rate.class", "percent": "rate.percent", "name": "rate.name", "valid_from": "time.past"})
}

func TestDeliveryIsSetChangedAndRemoved(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	wantFields(t, s.Setup.SetDelivery(ctx, merchandiser, "us", market.DeliveryForm{Code: "US Air", Kind: "drone", Amount: "-1", DaysMin: "5", DaysMax: "2", CutoffHour: "25", Exclusions: []string{"XX"}}),
		fault.Fields{"code": "delivery.code", "kind": "delivery.kind", "amount": "delivery.amount", "days_max": "delivery.days", "cutoff_hour": "form.number",
			"exclusions": "delivery.region", "names": "delivery.name"})
	air := market.DeliveryForm{Code: "us-air", Kind: "home", Amount: "20", DaysMin: "1", DaysMax: "1", CutoffHour: "12", ByAir: true, Exclusions: []string{"AK"}, Names: map[string]string{"en": "By air"}}
	must(t, s.Setup.SetDelivery(ctx, merchandiser, "us", air))
	air.Amount, air.Exclusions = "18.50", nil
	must(t, s.Setup.SetDelivery(ctx, merchandiser, "us", air))
	if e := last(t, s); e.Before != "home, 2000 minor units, 1-1 days, by air, not to AK" || e.After != "home, 1850 minor units, 1-1 days, by air" {
		t.Errorf("kept as %+v", e)
	}
	methods := rules(t, s, "us").Delivery
	if got := methods[len(methods)-1]; len(methods) != 3 || got.Amount != 1850 || got.Names["en"] != "By air" || len(got.Exclusions) != 0 {
		t.Errorf("%+v", got)
	}
	must(t, s.Setup.RemoveDelivery(ctx, merchandiser, "us", "us-air"))
	if err := s.Setup.RemoveDelivery(ctx, merchandiser, "us", "us-air"); !fault.Is(err, fault.NotFound) {
		t.Errorf("removed twice: %v", err)
	}
	must(t, s.Setup.RemoveDelivery(ctx, merchandiser, "us", "us-ground"))
	wantRed(t, s, "us", launch.LineDelivery)
}

func TestRegionsLocationsPagesAndApprovalsAreSettled(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	wantFields(t, s.Setup.SetRegions(ctx, merchandiser, "de", []market.Region{{Code: "BY", Name: "Bayern"}}), fault.Fields{"regions": "region.none"})
	wantFields(t, s.Setup.SetRegions(ctx, merchandiser, "es", []market.Region{{Code: "M", Name: "Madrid"}, {Code: "m", Name: "Madrid"}}), fault.Fields{"regions": "region.wrong"})
	must(t, s.Setup.SetRegions(ctx, merchandiser, "es", []market.Region{{Code: "m", Name: "Madrid"}}))
	wantFields(t, s.Setup.SetLocations(ctx, merchandiser, "es", []string{"venlo", "atlantis"}), fault.Fields{"locations": "market.locations"})
	must(t, s.Setup.SetLocations(ctx, merchandiser, "es", []string{"daventry", "venlo"}))
	wantFields(t, s.Setup.RequirePages(ctx, merchandiser, "es", []string{"A page"}), fault.Fields{"slugs": "page.slug"})
	must(t, s.Setup.RequirePages(ctx, merchandiser, "es", []string{"terms", "mediation"}))
	wantRed(t, s, "es", launch.LinePages)
	wantFields(t, s.Setup.WritePage(ctx, merchandiser, "es", market.Page{Language: "de", Slug: "?", Title: " ", Body: ""}),
		fault.Fields{"language": "page.language", "slug": "page.slug", "title": "page.title", "body": "page.body"})
	must(t, s.Setup.WritePage(ctx, merchandiser, "es", market.Page{Language: "es", Slug: "mediation", Title: "Mediación", Body: "Texto."}))
	if page, err := s.Markets.Page(ctx, s.Store(t, "es"), "mediation"); err != nil || page.Position != 8 {
		t.Errorf("%+v, %v", page, err)
	}
	wantFields(t, s.Setup.RequireApprovals(ctx, merchandiser, "es", "toys", []string{"blessing"}), fault.Fields{"kinds": "approval.kind"})
	must(t, s.Setup.RequireApprovals(ctx, merchandiser, "es", "toys", []string{"certification"}))
	wantRed(t, s, "es", launch.LineApprovals)
	must(t, s.Setup.Await(ctx, merchandiser, "es", launch.Claim{Product: "pip-plush", Kind: "certification"}))
	wantRed(t, s, "es")
	if err := s.Setup.Await(ctx, merchandiser, "es", launch.Claim{Product: "pip-plush", Kind: "certification"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("applied for twice: %v", err)
	}
	r := rules(t, s, "es")
	if len(r.Regions) != 1 || r.Regions[0].Code != "M" || len(r.Locations) != 2 || r.Locations[0] != "daventry" || len(r.Places) != 3 || len(r.Required) != 2 || r.Kinds["certification"] == "" {
		t.Errorf("%+v", r)
	}
}
