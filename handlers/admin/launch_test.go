package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

func TestTheLaunchCentreShowsEveryMarket(t *testing.T) {
	shop := handlerstest.New(t)
	wait(t, shop, "ada@example.com")
	visit := shop.Owner(t)
	visit.Open("/admin/launches")
	visit.See("Open in 192 days 10 hours", "1 June 2027, 00:00 (Madrid, CEST)", "Ready: 13 of 13", "Wave of 750 units", "Release of", "from stock", "1,500")
	for _, part := range []string{`role="img"`, `data-state="test"`, "Open since 1 June 2015", ">Now<"} {
		if !strings.Contains(visit.Body, part) {
			t.Errorf("the line of time lacks %s", part)
		}
	}
	shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	visit.Open("/admin/launches")
	visit.See("1,499 of 1,500")
	visit.Post("/admin/markets/es/pauses", url.Values{"reason": {"labels"}})
	visit.Open("/admin/launches")
	visit.See("Paused", "Resume", "Pause begins: labels")
}

func TestARedLineBlocksUnlessAnOwnerSaysWhy(t *testing.T) {
	shop := handlerstest.New(t)
	wait(t, shop, "ada@example.com")
	shop.Exec(t, "DELETE FROM tax_rates WHERE market_id = (SELECT id FROM markets WHERE code = 'es')")
	sooner := url.Values{"announced_at": {"2026-10-19T00:00"}, "test_at": {"2026-11-02T00:00"}, "launch_at": {"2026-11-22T00:00"}, "confirm": {"es"}, "reason": {"the lawyer is ill"}}
	mia := shop.Member(t, staff.Merchandiser)
	mia.Open("/admin/markets/es/checklist")
	mia.See("12 of 13 ready", "Red", "unless an owner sets one")
	mia.Follow("Taxes")
	mia.See("There is no rate yet.")
	mia.Post("/admin/markets/es/schedule", sooner)
	mia.Answered(409)
	mia.See("lines of its checklist are red", "delivery on 2026-11-22 00:00:00")
	preview := url.Values{"step": {"preview"}}
	for name, value := range sooner {
		preview[name] = value
	}
	visit := shop.Owner(t)
	visit.Post("/admin/markets/es/schedule", preview)
	visit.Answered(200)
	visit.See("One person who asked to be told is mailed.", "Why the market launches in spite of red lines")
	visit.Post("/admin/markets/es/schedule", sooner)
	visit.See("The schedule is changed.")
	wantTrail(t, shop, "reschedule", "market", "es", "the lawyer is ill")
	for _, path := range []string{"/admin", "/admin/launches"} {
		visit.Open(path)
		visit.See("Alarms", "Taxes is red, and the market opens", "in 1 day 11 hours")
	}
}

func TestAnApprovalThatEndsIsWarnedOf(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Exec(t, "UPDATE approvals SET valid_to = ? WHERE market_id = (SELECT id FROM markets WHERE code = 'de') AND kind = 'un383'", int64(modelstest.Start.Add(20*24*time.Hour)))
	visit := shop.Owner(t)
	visit.Open("/admin")
	visit.See("Warning", "Battery transport test of power-bank-5000, power-bank-10500 ends, and stops its sale", "in 20 days")
	visit.Follow("Battery transport test of power-bank-5000, power-bank-10500 ends, and stops its sale")
	visit.See("Launch in Germany")
}

func TestAPostponementAndAResumptionKeepTheirReason(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Post("/admin/markets/es/schedule", url.Values{"announced_at": {"2026-10-19T00:00"}, "test_at": {"2026-11-02T00:00"}, "launch_at": {"2027-07-01T00:00"}, "confirm": {"es"}, "reason": {"no lorries"}})
	visit.See("The schedule is changed.")
	wantTrail(t, shop, "reschedule", "market", "es", "no lorries")
	visit.Post("/admin/markets/es/pauses", url.Values{"reason": {"fire"}})
	visit.Open("/admin/markets/es")
	visit.Fill("Why sales go on", "it is out")
	visit.Press("Resume sales now")
	wantTrail(t, shop, "resume", "market", "es", "it is out")
}

func TestWavesShowWhatIsSoldHeldAndLeft(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1}))
	shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	visit := shop.Owner(t)
	visit.Post("/admin/launches/es/waves", url.Values{"sku": {"MI-HEADPHONES-WHITE"}, "quantity": {"7"}, "needs_code": {"yes"}})
	visit.See("MI-HEADPHONES-BLACK everybody 50 1 1 48", "MI-HEADPHONES-WHITE holders of a code 7 0 0 7", "1 per order, 1 per buyer")
}

func TestTheReportTellsOfRefusalsToo(t *testing.T) {
	shop := handlerstest.New(t)
	shopper := shop.Visit(t)
	shopper.Post("/es/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"2"}})
	shopper.Answered(409)
	shopper.Post("/es/cart/items", url.Values{"sku": {"MI-NOTE-BLACK"}, "quantity": {"1"}})
	shopper.Answered(409)
	shop.Pay(t, shop.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	if err := shop.Refusals.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es/report")
	visit.See("Requests refused 2 not yet", "Of these, by a limit 1 not yet", "Limit per order", "Waits for an approval", "Orders paid for 1 not yet", "1 of 300")
	visit.Follow("All figures as CSV")
	if !strings.HasPrefix(visit.Body, "figure,phase,product,sku,reason,from,value,unit\n") || !strings.Contains(visit.Body, "refused for reason,test,,MI-BAND-BLACK,offer.limit_order,,1,requests\n") {
		t.Errorf("the file:\n%.400s", visit.Body)
	}
	visit.Open("/admin/markets/us/report")
	visit.See("Lasted", "Launch report of United States")
	visit.Open("/admin/markets/xx/report.csv")
	visit.Answered(404)
}

func TestAPreviewBeginsInTheBackOffice(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/launches")
	visit.Press("Look at it")
	visit.Answered(422)
	visit.See("There is no such market.")
	visit.Fill("Market", "Spain")
	visit.Press("Look at it")
	visit.Answered(422)
	visit.See("Enter a date and time")
	visit.Fill("As it is on", "2020-01-01T00:00")
	visit.Press("Look at it")
	visit.Answered(422)
	visit.See("The market is a draft then")
	visit.Open("/admin/markets/es")
	visit.Fill("As it is on", "2027-06-01T00:00")
	visit.Tick("As a buyer with an access code")
	visit.Press("Look at it")
	visit.Answered(200)
	if !strings.HasPrefix(visit.Path(), "/es/") || !strings.Contains(visit.Body, `data-phase="open"`) {
		t.Errorf("the preview is at %s", visit.Path())
	}
}
