package stage_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/stage"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/rehearsal"
)

// Lines about requests that went well would bury what a test has to say.
func init() { slog.SetLogLoggerLevel(slog.LevelError) }

func house(s *modelstest.Shop) stage.House {
	return handlers.House(stage.House{Copy: s.Copy, Clock: s.Time.Now, Machine: s.Machine.Now, Watch: time.Now})
}

func TestARehearsalSellsExactlyWhatThereIsAndTouchesNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	before := [...]int64{s.Number(t, "SELECT COUNT(*) FROM orders"), s.Number(t, "SELECT SUM(on_hand) FROM levels"), s.Number(t, "SELECT COUNT(*) FROM trail"),
		s.Number(t, "SELECT COUNT(*) FROM carts"), s.Number(t, "SELECT COUNT(*) FROM mails")}
	file := digest(t, s.Path)
	seen := 0
	report, err := house(s).Play(t.Context(), rehearsal.Plan{Market: "es", SKU: "MI-HEADPHONES-BLACK", Buyers: 120, Units: 25, AtOnce: 40},
		func(p rehearsal.Progress) { seen = max(seen, p.Done) })
	if err != nil {
		t.Fatal(err)
	}
	if findings := report.Findings(); len(findings) > 0 {
		t.Errorf("%s", strings.Join(findings, "\n"))
	}
	if report.Sold != 25 || report.Refused != 95 || report.Paid != 25 || report.Left != 0 || report.SKU != "MI-HEADPHONES-BLACK" {
		t.Errorf("%+v", report)
	}
	if seen == 0 || report.PeakMemory < 1<<20 || report.Audited == 0 {
		t.Errorf("%d buyers were reported, %d bytes, %d audited", seen, report.PeakMemory, report.Audited)
	}
	requests := 0
	for _, reason := range report.Reasons {
		requests += reason.Requests
	}
	if requests == 0 {
		t.Errorf("%d requests were refused for %v", requests, report.Reasons)
	}
	var told bytes.Buffer
	if err := stage.Write(&told, report); err != nil || !strings.Contains(told.String(), rehearsal.Untouched) || !strings.Contains(told.String(), "Sold out") {
		t.Errorf("%v:\n%s", err, &told)
	}
	after := [...]int64{s.Number(t, "SELECT COUNT(*) FROM orders"), s.Number(t, "SELECT SUM(on_hand) FROM levels"), s.Number(t, "SELECT COUNT(*) FROM trail"),
		s.Number(t, "SELECT COUNT(*) FROM carts"), s.Number(t, "SELECT COUNT(*) FROM mails")}
	if before != after || file != digest(t, s.Path) {
		t.Errorf("the real shop changed from %v to %v", before, after)
	}
}

func TestAnOpenMarketIsRehearsedAsItIsNow(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	report, err := house(s).Play(t.Context(), rehearsal.Plan{Market: "us", Buyers: 8, Units: 10, AtOnce: 8}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if findings := report.Findings(); len(findings) > 0 || report.Sold != 8 || report.Left != 2 || report.LaunchAt != modelstest.Start {
		t.Errorf("%v: %+v", findings, report)
	}
}

func TestEveryMarketWithALaunchCanBeRehearsed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, market := range []string{"us", "uk", "de", "fr", "es", "it"} {
		report, err := house(s).Play(t.Context(), rehearsal.Plan{Market: market, Buyers: 3, Units: 2, AtOnce: 3}, nil)
		if err != nil || report.Sold != 2 || len(report.Findings()) > 0 {
			t.Errorf("%s: %v, %d sold, %v", market, err, report.Sold, report.Findings())
		}
	}
}

func TestWhatCannotBePlayedIsSaid(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	sound := rehearsal.Plan{Market: "es", Buyers: 1, Units: 1, AtOnce: 1}
	for want, change := range map[string]func(*rehearsal.Plan){
		"rehearsal.buyers":  func(p *rehearsal.Plan) { p.Buyers = 0 },
		"rehearsal.units":   func(p *rehearsal.Plan) { p.Units = rehearsal.MaxUnits + 1 },
		"rehearsal.at_once": func(p *rehearsal.Plan) { p.AtOnce = -1 },
		"rehearsal.sku":     func(p *rehearsal.Plan) { p.SKU = "NO-SUCH-SKU" },
		"fault.market":      func(p *rehearsal.Plan) { p.Market = "zz" },
	} {
		plan := sound
		change(&plan)
		_, err := house(s).Play(t.Context(), plan, nil)
		var f *fault.Error
		if !errors.As(err, &f) || (f.Key != want && !slices.Contains(keys(f.Fields), want)) {
			t.Errorf("%s: %v", want, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := house(s).Play(ended, sound, nil); err == nil {
		t.Error("a rehearsal went on for somebody who has gone")
	}
}

func keys(fields fault.Fields) []string {
	var all []string
	for _, key := range fields {
		all = append(all, key)
	}
	return all
}

func digest(t *testing.T, path string) [32]byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(file)
}
