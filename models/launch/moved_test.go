package launch_test

import (
	"testing"
	"time"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// wait puts an address on a list and confirms it.
func wait(t *testing.T, s *modelstest.Shop, product, email string) {
	t.Helper()
	store := s.Store(t, "es")
	if err := s.Interests.Ask(t.Context(), store, launch.Wish{Product: product, Email: email, TextVersion: "1"}, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	for _, n := range s.Work(t) {
		if _, err := s.Interests.Confirm(t.Context(), store.Market.ID, n.Token); err != nil {
			t.Fatal(err)
		}
	}
}

// moved are the addresses that were told of a change, once each.
func moved(t *testing.T, s *modelstest.Shop) map[string]int {
	t.Helper()
	told := map[string]int{}
	for _, n := range s.Work(t) {
		if n.Kind == launch.MailMoved && n.Token != "" {
			told[n.Email]++
		}
	}
	return told
}

func TestWhoWaitsIsToldThatALaunchMoved(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	wait(t, s, "", "market@example.com")
	wait(t, s, "pip-plush", "plush@example.com")
	times := launch.TimesOf(s.Store(t, "es").Market)
	times.Launch = market.Moment{Local: "2027-07-01T00:00"}
	if err := s.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", "more time"); err != nil {
		t.Fatal(err)
	}
	// A second change before the mail went out needs no second mail.
	times.Launch = market.Moment{Local: "2027-07-02T00:00"}
	if err := s.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", "more time"); err != nil {
		t.Fatal(err)
	}
	if told := moved(t, s); told["market@example.com"] != 1 || told["plush@example.com"] != 1 || len(told) != 2 {
		t.Errorf("told %v", told)
	}
	if err := s.Gate.Pause(t.Context(), modelstest.Owner, "es", "a storm", market.Moment{}); err != nil {
		t.Fatal(err)
	}
	if told := moved(t, s); len(told) != 2 {
		t.Errorf("of the pause %v", told)
	}
	s.Time.Advance(time.Hour)
	if err := s.Gate.Resume(t.Context(), modelstest.Owner, "es", ""); err != nil {
		t.Fatal(err)
	}
	if told := moved(t, s); len(told) != 2 {
		t.Errorf("of the end of the pause %v", told)
	}
}

func TestAnAnnouncementThatMovesNobodysWaitIsNotMailed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	wait(t, s, "", "market@example.com")
	times := launch.TimesOf(s.Store(t, "es").Market)
	times.Announced = market.Moment{Local: "2026-10-18T00:00"}
	if err := s.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", ""); err != nil {
		t.Fatal(err)
	}
	if told := moved(t, s); len(told) != 0 {
		t.Errorf("told %v", told)
	}
}
