package launch_test

import (
	"slices"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// spain opens on 1 June 2027 at midnight in Madrid.
var spain = modelstest.At("2027-05-31T22:00:00Z")

func alarms(s *modelstest.Shop, t *testing.T, kind string) int64 {
	t.Helper()
	must(t, s.Gate.Alarms(t.Context()))
	return s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind = ?", kind)
}

func TestARedLineAlarmsFrom72HoursBeforeOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "DELETE FROM pages WHERE slug = 'terms' AND market_id = (SELECT id FROM markets WHERE code = 'es')")
	s.Time.Set(spain.Add(-72*time.Hour) - 1)
	if n := alarms(s, t, launch.AlarmChecklist); n != 0 {
		t.Errorf("%d alarms a millisecond early", n)
	}
	s.Time.Advance(time.Millisecond)
	if n := alarms(s, t, launch.AlarmChecklist); n != 1 {
		t.Fatalf("%d alarms at 72 hours", n)
	}
	for range 3 {
		s.Time.Advance(time.Hour)
		if n := alarms(s, t, launch.AlarmChecklist); n != 1 {
			t.Errorf("%d alarms later on", n)
		}
	}
	w, still, err := s.Gate.Alarm(t.Context(), s.Number(t, "SELECT subject_id FROM jobs WHERE kind = ?", launch.AlarmChecklist))
	must(t, err)
	if !still || w.Market.Code != "es" || w.At != spain || w.Line.Key != launch.LinePages || w.Line.Missing[0].What != "terms (es)" {
		t.Errorf("the alarm is about %+v", w)
	}
	s.Exec(t, "UPDATE variants SET un_number = '3480' WHERE sku = 'MI-BAND-BLACK'")
	s.Exec(t, "UPDATE delivery_methods SET by_air = 1 WHERE market_id = (SELECT id FROM markets WHERE code = 'es')")
	s.Time.Advance(time.Minute)
	if n := alarms(s, t, launch.AlarmChecklist); n != 2 {
		t.Errorf("%d alarms when another line turns red", n)
	}
}

func TestAnAlarmIsNotSentForWhatWasMended(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Time.Set(spain.Add(-48 * time.Hour))
	s.Exec(t, "UPDATE market_languages SET order_button = '' WHERE market_id = (SELECT id FROM markets WHERE code = 'es')")
	if n := alarms(s, t, launch.AlarmChecklist); n != 1 {
		t.Fatalf("%d alarms", n)
	}
	s.Exec(t, "UPDATE market_languages SET order_button = 'Pedido' WHERE market_id = (SELECT id FROM markets WHERE code = 'es')")
	_, still, err := s.Gate.Alarm(t.Context(), s.Number(t, "SELECT id FROM alarms"))
	must(t, err)
	if still {
		t.Error("it still stands")
	}
}

func TestAPostponedLaunchAlarmsAnewAndNeedsNoGreenList(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "DELETE FROM pages WHERE slug = 'terms' AND market_id = (SELECT id FROM markets WHERE code = 'es')")
	s.Time.Set(spain.Add(-time.Hour))
	if n := alarms(s, t, launch.AlarmChecklist); n != 1 {
		t.Fatalf("%d alarms", n)
	}
	times := launch.Times{Announced: local("2026-10-19T00:00"), Test: local("2026-11-02T00:00"), Launch: local("2027-06-02T00:00")}
	must(t, s.Gate.Reschedule(t.Context(), merchandiser, "es", times, "es", ""))
	s.Time.Advance(time.Minute)
	if n := alarms(s, t, launch.AlarmChecklist); n != 2 {
		t.Errorf("%d alarms after it was put off by a day", n)
	}
	times.Launch = local("2027-06-01T12:00")
	if err := s.Gate.Reschedule(t.Context(), merchandiser, "es", times, "es", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("brought forward with a red line: %v", err)
	}
	s.Time.Set(modelstest.At("2027-06-01T22:00:00Z"))
	if got := phase(t, s, "es"); got != market.Open {
		t.Errorf("with a red line it is %s at its instant", got)
	}
}

func TestAnOwnerOverridesARedListWithAReason(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	s.Exec(t, "DELETE FROM pages WHERE slug = 'terms' AND market_id = (SELECT id FROM markets WHERE code = 'es')")
	times := launch.Times{Announced: local("2026-10-19T00:00"), Test: local("2026-11-02T00:00"), Launch: local("2027-05-01T00:00")}
	plan, err := s.Gate.Plan(ctx, "es", times)
	must(t, err)
	if !plan.Blocked {
		t.Error("the plan says nothing of it")
	}
	if err := s.Gate.Override(ctx, merchandiser, "es", times, "es", "the lawyer is ill"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a merchandiser overrode it: %v", err)
	}
	wantFields(t, s.Gate.Override(ctx, modelstest.Owner, "es", times, "es", "  "), fault.Fields{"reason": "schedule.reason"})
	must(t, s.Gate.Override(ctx, modelstest.Owner, "es", times, "es", "the lawyer is ill"))
	e := last(t, s)
	if e.Reason != "the lawyer is ill" || e.After != "announced 2026-10-18T22:00:00.000Z, test 2026-11-01T23:00:00.000Z, launch 2027-04-30T22:00:00.000Z, in spite of pages" {
		t.Errorf("kept as %+v", e)
	}
}

func TestAnApprovalsEndIsWarnedOfTwice(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ends := modelstest.At("2027-03-01T00:00:00Z")
	s.Exec(t, "UPDATE approvals SET valid_to = ? WHERE kind = 'un383' AND market_id = (SELECT id FROM markets WHERE code = 'de')", int64(ends))
	for _, step := range []struct {
		at   clock.Instant
		want int64
	}{
		{ends.Add(-30*24*time.Hour) - 1, 0}, {ends.Add(-30 * 24 * time.Hour), 1}, {ends.Add(-20 * 24 * time.Hour), 1},
		{ends.Add(-7*24*time.Hour) - 1, 1}, {ends.Add(-7 * 24 * time.Hour), 2}, {ends - 1, 2}, {ends, 2}, {ends.Add(time.Hour), 2},
	} {
		s.Time.Set(step.at)
		if n := alarms(s, t, launch.AlarmApproval); n != step.want {
			t.Errorf("%d warnings at %s, want %d", n, step.at, step.want)
		}
	}
	s.Time.Set(ends - 1)
	warnings, err := s.Gate.Warnings(t.Context())
	must(t, err)
	if len(warnings) != 1 || warnings[0].At != ends || warnings[0].Approval.Days != 7 ||
		!slices.Equal(warnings[0].Approval.Products, []string{"power-bank-5000", "power-bank-10500"}) {
		t.Fatalf("warned of %+v", warnings)
	}
	must(t, s.Gate.Approve(t.Context(), merchandiser, "de", launch.Claim{Product: "power-bank-5000", Kind: "un383", Evidence: "EX", From: local("2027-02-28T00:00")}))
	if warnings, err = s.Gate.Warnings(t.Context()); err != nil || len(warnings) != 1 || !slices.Equal(warnings[0].Approval.Products, []string{"power-bank-10500"}) {
		t.Errorf("after one renewal: %+v, %v", warnings, err)
	}
	must(t, s.Gate.Approve(t.Context(), merchandiser, "de", launch.Claim{Product: "power-bank-10500", Kind: "un383", Evidence: "EX", From: local("2027-02-28T00:00")}))
	if warnings, err = s.Gate.Warnings(t.Context()); err != nil || len(warnings) != 0 {
		t.Errorf("after both renewals: %+v, %v", warnings, err)
	}
}

func TestPartnersOfAProduct(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	form := launch.PartnerForm{Name: "Example Telecom", URL: "https://telecom.example/note", Notes: map[string]string{"de": "mit Vertrag", "fr": "dropped"}}
	wantFields(t, s.Setup.AddPartner(ctx, merchandiser, "de", "mi-note", launch.PartnerForm{URL: "javascript:alert(1)"}),
		fault.Fields{"name": "partner.name", "url": "partner.url"})
	if err := s.Setup.AddPartner(ctx, staff.Actor{Role: staff.Viewer}, "de", "mi-note", form); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
	must(t, s.Setup.AddPartner(ctx, merchandiser, "de", "mi-note", form))
	must(t, s.Setup.AddPartner(ctx, merchandiser, "de", "mi-note", launch.PartnerForm{Name: "Example Retail", URL: "https://retail.example/"}))
	item, err := s.Gate.Item(ctx, s.Store(t, "de"), "mi-note")
	must(t, err)
	german, err := s.Gate.Partners(ctx, s.Store(t, "de"), item.Product.ID)
	must(t, err)
	if len(german) != 2 || german[0].Name != "Example Telecom" || german[0].Note != "mit Vertrag" || german[1].Note != "" {
		t.Errorf("in German: %+v", german)
	}
	if english, err := s.Gate.Partners(ctx, s.Store(t, "de-en"), item.Product.ID); err != nil || len(english) != 2 || english[0].Note != "" {
		t.Errorf("in English: %+v, %v", english, err)
	}
	if french, err := s.Gate.Partners(ctx, s.Store(t, "fr"), item.Product.ID); err != nil || len(french) != 0 {
		t.Errorf("in France: %+v, %v", french, err)
	}
	form.Notes["de"] = "ohne Vertrag"
	must(t, s.Setup.ChangePartner(ctx, merchandiser, "de", german[0].ID, form))
	if e := last(t, s); e.Before != `Example Telecom https://telecom.example/note, de "mit Vertrag"` || e.After != `Example Telecom https://telecom.example/note, de "ohne Vertrag"` {
		t.Errorf("kept as %+v", e)
	}
	if err := s.Setup.RemovePartner(ctx, merchandiser, "fr", german[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("through another market: %v", err)
	}
	must(t, s.Setup.RemovePartner(ctx, merchandiser, "de", german[0].ID))
	all, err := s.Setup.AllPartners(ctx, "mi-note")
	must(t, err)
	if len(all) != 1 || all[0].Name != "Example Retail" {
		t.Errorf("left: %+v", all)
	}
}
