package launch_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

var merchandiser = staff.Actor{Name: "Mia", Role: staff.Merchandiser}

func last(t *testing.T, s *modelstest.Shop) staff.Entry {
	t.Helper()
	h, err := s.Staff.History(t.Context(), staff.Filter{})
	if err != nil || len(h.Entries) == 0 {
		t.Fatalf("no trail: %v", err)
	}
	return h.Entries[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantFields says what is wrong with err unless it refuses exactly these fields.
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

func phase(t *testing.T, s *modelstest.Shop, code string) market.Phase {
	t.Helper()
	m, err := s.Markets.Market(t.Context(), code)
	must(t, err)
	return m.Phase(s.Time.Now())
}

func TestAScheduleIsChangedByWhoeverTypesTheCode(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	times := launch.Times{Announced: local("2026-10-01T00:00"), Test: local("2026-11-02T00:00"), Launch: local("2026-12-01T09:00")}

	plan, err := s.Gate.Plan(ctx, "es", times)
	must(t, err)
	if got := plan.Schedule.LaunchAt; got != modelstest.At("2026-12-01T08:00:00Z") {
		t.Errorf("09:00 in Madrid is %s", got)
	}
	wantFields(t, s.Gate.Reschedule(ctx, merchandiser, "es", times, "", ""), fault.Fields{"confirm": "schedule.confirm"})
	wantFields(t, s.Gate.Reschedule(ctx, merchandiser, "es", times, "ES", ""), fault.Fields{"confirm": "schedule.confirm"})
	must(t, s.Gate.Reschedule(ctx, merchandiser, "es", times, "es", ""))
	e := last(t, s)
	if e.Verb != "reschedule" || e.Subject != "market" || e.Name != "es" || e.Actor != "Mia" ||
		!strings.HasSuffix(e.Before, "launch 2027-05-31T22:00:00.000Z") || !strings.HasSuffix(e.After, "launch 2026-12-01T08:00:00.000Z") {
		t.Errorf("kept as %+v", e)
	}
	s.Time.Set(modelstest.At("2026-12-01T07:59:59.999Z"))
	if got := phase(t, s, "es"); got != market.Test {
		t.Errorf("a millisecond before the new launch: %s", got)
	}
	s.Time.Advance(time.Millisecond)
	if got := phase(t, s, "es"); got != market.Open {
		t.Errorf("at the new launch: %s", got)
	}
	wantFields(t, s.Gate.Reschedule(ctx, merchandiser, "es", times, "es", ""), fault.Fields{"launch_at": "schedule.unchanged"})
}

func TestTimesThatCannotBeAreRefused(t *testing.T) {
	s := modelstest.New(t)
	for name, test := range map[string]struct {
		times launch.Times
		want  fault.Fields
	}{
		"gap":    {launch.Times{Launch: local("2027-03-28T02:30")}, fault.Fields{"launch_at": "time.gap"}},
		"double": {launch.Times{Launch: local("2027-10-31T02:30")}, fault.Fields{"launch_at": "time.double"}},
		"text":   {launch.Times{Test: local("soon"), Announced: local("2026-13-01T00:00")}, fault.Fields{"test_at": "time.text", "announced_at": "time.text"}},
		"order": {launch.Times{Test: local("2027-01-02T00:00"), Launch: local("2027-01-01T00:00")},
			fault.Fields{"launch_at": "schedule.launch_before_test"}},
	} {
		t.Run(name, func(t *testing.T) {
			before := phase(t, s, "it")
			_, err := s.Gate.Plan(t.Context(), "it", test.times)
			wantFields(t, err, test.want)
			wantFields(t, s.Gate.Reschedule(t.Context(), merchandiser, "it", test.times, "it", ""), test.want)
			if phase(t, s, "it") != before {
				t.Error("the market has changed")
			}
		})
	}
}

func TestADoubledTimeIsChosen(t *testing.T) {
	s := modelstest.New(t)
	for fold, want := range map[market.Fold]string{market.Earlier: "2027-10-31T00:30:00Z", market.Later: "2027-10-31T01:30:00Z"} {
		must(t, s.Gate.Reschedule(t.Context(), merchandiser, "it", launch.Times{Launch: market.Moment{Local: "2027-10-31T02:30", Fold: fold}}, "it", ""))
		m, err := s.Markets.Market(t.Context(), "it")
		must(t, err)
		if m.LaunchAt != modelstest.At(want) {
			t.Errorf("the %s one is %s", fold, m.LaunchAt)
		}
		if got := launch.TimesOf(m).Launch; got != (market.Moment{Local: "2027-10-31T02:30", Fold: fold}) {
			t.Errorf("the %s one is shown again as %+v", fold, got)
		}
	}
}

func TestAPauseStopsAMarketUntilItIsResumed(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	wantFields(t, s.Gate.Pause(ctx, merchandiser, "de", " ", local("2026-11-20T12:00")), fault.Fields{"reason": "pause.reason", "until": "time.past"})
	must(t, s.Gate.Pause(ctx, merchandiser, "de", "wrong labels", local("")))
	if e := last(t, s); e.Verb != "pause" || e.Name != "de" || e.Before != "open" || e.After != "paused until further notice" || e.Reason != "wrong labels" {
		t.Errorf("kept as %+v", e)
	}
	if err := s.Gate.Pause(ctx, merchandiser, "de", "again", local("")); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second pause: %v", err)
	}
	s.Time.Advance(time.Hour)
	if got := phase(t, s, "de"); got != market.Paused {
		t.Errorf("an hour later: %s", got)
	}
	must(t, s.Gate.Resume(ctx, merchandiser, "de", ""))
	if e := last(t, s); e.Verb != "resume" || e.Before != "paused" || e.After != "open" {
		t.Errorf("kept as %+v", e)
	}
	if got := phase(t, s, "de"); got != market.Open {
		t.Errorf("resumed: %s", got)
	}
	if err := s.Gate.Resume(ctx, merchandiser, "de", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("resumed twice: %v", err)
	}
	must(t, s.Gate.Pause(ctx, merchandiser, "de", "an hour", local("2026-11-20T15:00")))
	s.Time.Set(modelstest.At("2026-11-20T14:00:00Z"))
	if got := phase(t, s, "de"); got != market.Open {
		t.Errorf("at the planned end: %s", got)
	}
}

func TestWavesAreAddedAndChangedBeforeTheyBegin(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	form := launch.WaveForm{OpensAt: local("2026-12-01T10:00"), Quantity: "25", NeedsCode: true}
	must(t, s.Gate.AddWave(ctx, merchandiser, "es", "MI-BAND-BLACK", form))
	if e := last(t, s); e.Verb != "add" || e.Subject != "wave" || e.Name != "es MI-BAND-BLACK" || e.Before != "" || e.After != "25 from 2026-12-01T09:00:00.000Z with code" {
		t.Errorf("kept as %+v", e)
	}
	wave := december(t, s)
	form.Quantity, form.NeedsCode = "30", false
	must(t, s.Gate.ChangeWave(ctx, merchandiser, "es", wave.ID, form))
	if e := last(t, s); e.Verb != "change" || e.Before != "25 from 2026-12-01T09:00:00.000Z with code" || e.After != "30 from 2026-12-01T09:00:00.000Z" {
		t.Errorf("kept as %+v", e)
	}
	if err := s.Gate.ChangeWave(ctx, merchandiser, "it", wave.ID, form); !fault.Is(err, fault.NotFound) {
		t.Errorf("another market's wave: %v", err)
	}
	must(t, s.Gate.RemoveWave(ctx, merchandiser, "es", wave.ID))
	if e := last(t, s); e.Verb != "remove" || e.Before != "30 from 2026-12-01T09:00:00.000Z" || e.After != "" {
		t.Errorf("kept as %+v", e)
	}

	must(t, s.Gate.AddWave(ctx, merchandiser, "es", "MI-BAND-BLACK", form))
	wave = december(t, s)
	s.Time.Set(wave.OpensAt)
	if err := s.Gate.RemoveWave(ctx, merchandiser, "es", wave.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a wave that has begun is removed: %v", err)
	}
	form.OpensAt = local("")
	if err := s.Gate.ChangeWave(ctx, merchandiser, "es", wave.ID, form); !fault.Is(err, fault.Conflict) {
		t.Errorf("a wave that has begun is changed: %v", err)
	}
}

func TestWavesAreChecked(t *testing.T) {
	s := modelstest.New(t)
	good := launch.WaveForm{OpensAt: local("2026-12-01T10:00"), Quantity: "25"}
	for name, test := range map[string]struct {
		sku    string
		change func(*launch.WaveForm)
		want   fault.Fields
	}{
		"unknown":      {"NOTHING", func(*launch.WaveForm) {}, fault.Fields{"sku": "wave.sku"}},
		"none":         {"MI-BAND-BLACK", func(f *launch.WaveForm) { f.Quantity = "0" }, fault.Fields{"quantity": "wave.quantity"}},
		"negative":     {"MI-BAND-BLACK", func(f *launch.WaveForm) { f.Quantity = "-5" }, fault.Fields{"quantity": "wave.quantity"}},
		"past":         {"MI-BAND-BLACK", func(f *launch.WaveForm) { f.OpensAt = local("2026-11-20T12:59") }, fault.Fields{"opens_at": "time.past"}},
		"after launch": {"MI-BAND-BLACK", func(f *launch.WaveForm) { f.OpensAt = local("2027-06-01T00:00") }, fault.Fields{"opens_at": "wave.after_launch"}},
	} {
		t.Run(name, func(t *testing.T) {
			form := good
			test.change(&form)
			wantFields(t, s.Gate.AddWave(t.Context(), merchandiser, "es", test.sku, form), test.want)
		})
	}
}

// december is the wave that the test planned for December.
func december(t *testing.T, s *modelstest.Shop) launch.PlannedWave {
	t.Helper()
	overview, err := s.Gate.Overview(t.Context(), "es")
	must(t, err)
	for _, g := range overview.Goods {
		for _, w := range g.Waves {
			if w.OpensAt == modelstest.At("2026-12-01T09:00:00Z") {
				return w
			}
		}
	}
	t.Fatal("there is no wave in December")
	return launch.PlannedWave{}
}

func TestAnApprovalIsGrantedAndWithdrawn(t *testing.T) {
	s := modelstest.New(t)
	ctx := t.Context()
	need := missing(t, s, "de")
	claim := launch.Claim{Product: need.Product.Slug, Kind: need.Kind, Evidence: "certificate 123", To: local("2027-06-01T00:00")}
	must(t, s.Gate.Approve(ctx, merchandiser, "de", claim))
	name := "de " + need.Product.Slug + " " + need.Kind
	if e := last(t, s); e.Verb != "approve" || e.Subject != "approval" || e.Name != name || e.After != "granted from none to 2027-05-31T22:00:00.000Z" || e.Reason != "certificate 123" {
		t.Errorf("kept as %+v", e)
	}
	granted := need1(t, s, "de", need.Product.Slug, need.Kind)
	if !granted.Met {
		t.Fatal("the approval is granted and not met")
	}
	id := granted.Grants[len(granted.Grants)-1].ID
	wantFields(t, s.Gate.Withdraw(ctx, merchandiser, "de", id, ""), fault.Fields{"reason": "approval.reason"})
	if err := s.Gate.Refuse(ctx, merchandiser, "de", id, "late"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a granted approval is refused: %v", err)
	}
	if err := s.Gate.Withdraw(ctx, merchandiser, "us", id, "late"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another market's approval: %v", err)
	}
	must(t, s.Gate.Withdraw(ctx, merchandiser, "de", id, "recalled"))
	if e := last(t, s); e.Verb != "withdraw" || e.Name != name || e.After != "refused" || e.Reason != "recalled" {
		t.Errorf("kept as %+v", e)
	}
	if need1(t, s, "de", need.Product.Slug, need.Kind).Met {
		t.Error("a withdrawn approval is met")
	}
	wantFields(t, s.Gate.Approve(ctx, merchandiser, "de", launch.Claim{Product: need.Product.Slug, Kind: "magic", To: local("2020-01-01T00:00")}),
		fault.Fields{"kind": "approval.kind", "evidence": "approval.evidence", "valid_to": "time.order"})
}

func missing(t *testing.T, s *modelstest.Shop, code string) launch.Needed {
	t.Helper()
	overview, err := s.Gate.Overview(t.Context(), code)
	must(t, err)
	for _, n := range overview.Needed {
		if !n.Met {
			return n
		}
	}
	t.Fatal("the example has no missing approval")
	return launch.Needed{}
}

func need1(t *testing.T, s *modelstest.Shop, code, slug, kind string) launch.Needed {
	t.Helper()
	overview, err := s.Gate.Overview(t.Context(), code)
	must(t, err)
	for _, n := range overview.Needed {
		if n.Product.Slug == slug && n.Kind == kind {
			return n
		}
	}
	t.Fatalf("%s does not need %s", slug, kind)
	return launch.Needed{}
}

func TestOnlyWhoMayChangesALaunch(t *testing.T) {
	s := modelstest.New(t)
	ctx := context.Background()
	for _, role := range []staff.Role{staff.Viewer, staff.Support, ""} {
		by := staff.Actor{Role: role}
		for name, err := range map[string]error{
			"reschedule":  s.Gate.Reschedule(ctx, by, "de", launch.Times{}, "de", ""),
			"pause":       s.Gate.Pause(ctx, by, "de", "because", market.Moment{}),
			"resume":      s.Gate.Resume(ctx, by, "de", ""),
			"add wave":    s.Gate.AddWave(ctx, by, "es", "MI-BAND-BLACK", launch.WaveForm{}),
			"change wave": s.Gate.ChangeWave(ctx, by, "es", 1, launch.WaveForm{}),
			"remove wave": s.Gate.RemoveWave(ctx, by, "es", 1),
			"approve":     s.Gate.Approve(ctx, by, "de", launch.Claim{}),
			"refuse":      s.Gate.Refuse(ctx, by, "de", 1, "because"),
			"withdraw":    s.Gate.Withdraw(ctx, by, "de", 1, "because"),
		} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s as %q: %v", name, role, err)
			}
		}
	}
}
