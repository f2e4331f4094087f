package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

func TestAScheduleIsPreviewedAndChanged(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es")
	visit.Follow("Change schedule")
	visit.Fill("Launch", "2026-12-01T09:00")
	visit.Press("Preview")
	visit.Answered(200)
	visit.See("2026-12-01 08:00 UTC", "The market stays in test for now.", "1 December 2026, 09:00")
	visit.Fill("Type “es” to confirm", "de")
	visit.Press("Change the schedule")
	visit.Answered(422)
	visit.See("Type the market's code to confirm.")
	if !strings.HasPrefix(visit.Title(), "Error: ") || visit.Value("launch_at") != "2026-12-01T09:00" {
		t.Errorf("the refused form is titled %q and keeps %q", visit.Title(), visit.Value("launch_at"))
	}
	visit.Fill("Type “es” to confirm", "es")
	visit.Press("Change the schedule")
	visit.See("The schedule is changed.", "1 December 2026, 09:00")
	wantTrail(t, shop, "reschedule", "market", "es", "")
	visit.Open("/admin/markets/es")
	visit.NotSee("The schedule is changed.")
}

func TestAScheduleAsksWhichOfTwoTimes(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	form := url.Values{"announced_at": {"2026-10-01T00:00"}, "test_at": {"2026-11-02T00:00"}, "launch_at": {"2027-03-28T02:30"}, "confirm": {"it"}}
	visit.Post("/admin/markets/it/schedule", form)
	visit.Answered(422)
	visit.See("Clocks skip this time")
	form.Set("launch_at", "2027-10-31T02:30")
	visit.Post("/admin/markets/it/schedule", form)
	visit.Answered(422)
	visit.See("Clocks show this time twice", "The later one")
	visit.Choose("launch_at_fold", "later")
	visit.Press("Change the schedule")
	visit.See("The schedule is changed.", "2027-10-31 01:30 UTC")
}

func TestAMarketIsPausedAndResumed(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/de")
	visit.Press("Pause sales now")
	visit.Answered(422)
	visit.See("Say why the market pauses")
	visit.Fill("Why sales pause", "wrong labels <b>")
	visit.Press("Pause sales now")
	visit.See("Sales are paused.", "wrong labels <b>", "Paused")
	wantTrail(t, shop, "pause", "market", "de", "wrong labels <b>")
	visit.Post("/admin/markets/de/pauses", url.Values{"reason": {"again"}})
	visit.Answered(409)
	visit.See("The market is paused already.")
	visit.Open("/admin/markets/de")
	visit.Press("Resume sales now")
	visit.See("Sales go on.", "Open")
	wantTrail(t, shop, "resume", "market", "de", "")
}

func TestWavesAreAddedChangedAndRemoved(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/launches/es")
	visit.Fill("sku", "MI-BAND-BLUE")
	visit.Fill("Units", "none")
	visit.Press("Add wave")
	visit.Answered(422)
	visit.See("Enter a whole number from 1 to 1,000,000.")
	visit.Fill("Begins", "2026-12-24T10:00")
	visit.Fill("Units", "77")
	visit.Press("Add wave")
	visit.See("The wave is added.", "77 from 24 December 2026, 10:00")
	wantTrail(t, shop, "add", "wave", "es MI-BAND-BLUE", "")
	visit.Open("/admin/launches/es/waves/" + waveOf(t, shop, 77))
	visit.Fill("Units", "78")
	visit.Press("Save wave")
	visit.See("The wave is changed.", "78 from 24 December 2026, 10:00")
	wantTrail(t, shop, "change", "wave", "es MI-BAND-BLUE", "")
	visit.Open("/admin/launches/es/waves/" + waveOf(t, shop, 78))
	visit.Press("Remove wave")
	visit.See("The wave is removed.")
	visit.NotSee("78 from 24 December")
	wantTrail(t, shop, "remove", "wave", "es MI-BAND-BLUE", "")
}

func TestApprovalsAreGrantedAndWithdrawn(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	product, kind := missingApproval(t, shop, "de")
	visit.Open("/admin/launches/de")
	visit.Press("Save approval")
	visit.Answered(422)
	visit.See("Say what proves it")
	visit.Fill("product", product)
	visit.Fill("kind", kind)
	visit.Fill("What proves it", "certificate 123")
	visit.Fill("Valid until", "2027-06-01T00:00")
	visit.Press("Save approval")
	visit.See("The approval is granted.", "Granted until 1 June 2027, 00:00", "certificate 123")
	wantTrail(t, shop, "approve", "approval", "de "+product+" "+kind, "certificate 123")
	visit.Open("/admin/launches/de/approvals/" + grantOf(t, shop, "de", "certificate 123"))
	visit.Fill("Why", "recalled")
	visit.Press("Withdraw approval")
	visit.See("The approval is withdrawn.", "Refused or withdrawn")
	wantTrail(t, shop, "withdraw", "approval", "de "+product+" "+kind, "recalled")
}

func TestAChangedScheduleOpensTheMarketAtItsInstant(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Post("/admin/markets/es/schedule", url.Values{"announced_at": {"2026-10-01T00:00"}, "test_at": {"2026-11-02T00:00"},
		"launch_at": {"2026-11-20T13:05"}, "confirm": {"es"}})
	visit.Answered(200)
	shop.Time.Set(modelstest.At("2026-11-20T12:04:59.999Z"))
	if got := phaseOf(t, shop, "es"); got != market.Test {
		t.Errorf("a millisecond before: %s", got)
	}
	shop.Time.Advance(time.Millisecond)
	if got := phaseOf(t, shop, "es"); got != market.Open {
		t.Errorf("at the instant: %s", got)
	}
	visit.Open("/admin/markets/es")
	visit.See("Open")
}
