package report_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/report"
)

// spain opens on 1 June 2027 at midnight in Madrid; its headphones have a wave of 50 now.
var spain = modelstest.At("2027-05-31T22:00:00Z")

func TestALaunchInFigures(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	for range 50 {
		s.Time.Advance(time.Second)
		s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 1}))
	}
	soldOut := s.Time.Now()
	s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
	store := s.Store(t, "es")
	for range 3 {
		s.Refusals.Count(store.Market, "MI-HEADPHONES-BLACK", s.Carts.Add(ctx, "another", store, "MI-HEADPHONES-BLACK", 1))
	}
	s.Refusals.Count(store.Market, "MI-BAND-BLACK", s.Carts.Add(ctx, "another", store, "MI-BAND-BLACK", 2))
	s.Refusals.Count(store.Market, "NOBODYS", s.Carts.Add(ctx, "another", store, "NOBODYS", 1))
	s.Time.Set(spain)
	open := s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-HEADPHONES-BLACK": 2, "PIP-PLUSH-FOX": 1}))
	gone := s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"PIP-PLUSH-FOX": 1}))
	if err := s.Orders.Cancel(ctx, modelstest.Owner, gone.Number, "sent back"); err != nil {
		t.Fatal(err)
	}
	if err := s.Refusals.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	l, err := s.Reports.Launch(ctx, "es")
	if err != nil {
		t.Fatal(err)
	}
	test := report.Phase{From: modelstest.At("2026-11-01T23:00:00Z"), To: spain, Orders: 50, Units: 50, Revenue: 50 * (7999 + 450), Expired: 1, Refused: 4, LimitsHit: 1}
	if l.Test != test {
		t.Errorf("the test phase: %+v", l.Test)
	}
	if want := (report.Phase{From: spain, To: spain, Orders: 1, Units: 3, Revenue: open.TotalAmount, Cancelled: 1, Refunded: gone.TotalAmount}); l.Open != want {
		t.Errorf("the open phase: %+v", l.Open)
	}
	if want := (report.Good{SKU: "MI-HEADPHONES-BLACK", TestUnits: 50, TestRevenue: 50 * 7999, OpenUnits: 2, OpenRevenue: 2 * 7999}); len(l.Goods) != 2 || l.Goods[0] != want {
		t.Errorf("goods: %+v", l.Goods)
	}
	checkWaves(t, l, soldOut)
	checkRefusals(t, l)
	checkSeries(t, l)
}

func checkWaves(t *testing.T, l report.Launch, soldOut clock.Instant) {
	t.Helper()
	found := 0
	for _, w := range l.Waves {
		if w.SKU != "MI-HEADPHONES-BLACK" {
			continue
		}
		found++
		if first := w.OpensAt == l.Market.TestAt; first != w.SoldOut() || (first && (w.SoldOutAt != soldOut || w.ToSellOut() != soldOut.Sub(l.Market.TestAt) || w.Taken != 50)) {
			t.Errorf("wave %+v", w)
		}
	}
	if found != 2 {
		t.Errorf("%d waves", found)
	}
}

func checkRefusals(t *testing.T, l report.Launch) {
	t.Helper()
	want := []report.Refusal{
		{Reason: "offer.reason.sold_out_wave", Phase: "test", SKU: "MI-HEADPHONES-BLACK", Requests: 3},
		{Reason: "offer.limit_order", Phase: "test", SKU: "MI-BAND-BLACK", Requests: 1},
	}
	if fmt.Sprint(l.Refusals) != fmt.Sprint(want) || l.Refusals[0].Limit() || !l.Refusals[1].Limit() {
		t.Errorf("refused: %+v", l.Refusals)
	}
}

func checkSeries(t *testing.T, l report.Launch) {
	t.Helper()
	if len(l.Hours) != 2 || l.Hours[0].Orders != 50 || l.Hours[0].Refused != 4 || l.Hours[1].At != spain || l.Hours[1].Units != 3 {
		t.Errorf("hours: %+v", l.Hours)
	}
	series := l.Series(spain.Add(-90*time.Minute), spain.Add(time.Millisecond))
	if len(series) != 3 || series[0].At != spain.Add(-2*time.Hour) || series[1].Units != 0 || series[2].Units != 3 {
		t.Errorf("series: %+v", series)
	}
	rows := l.Rows()
	for i, row := range rows {
		if len(row) != len(report.Header) {
			t.Errorf("row %d: %q", i, row)
		}
	}
	if got := fmt.Sprint(rows[2]); got != "[revenue test    2026-11-01T23:00:00.000Z 422450 EUR minor units]" {
		t.Errorf("a row: %s", got)
	}
}

func TestOnlyUnmetDemandIsCounted(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := s.Store(t, "us").Market
	for _, c := range []struct {
		err  error
		want int64
	}{
		{nil, 0}, {errors.New("broken"), 0}, {fault.New(fault.NotFound, "fault.product"), 0}, {fault.New(fault.Conflict, "fault.total_changed"), 0},
		{fault.New(fault.NotOpen, "offer.reason.announced"), 1}, {fault.New(fault.Conflict, "offer.limit_buyer"), 1},
		{fault.New(fault.Conflict, "cart.problem.left"), 1}, {fault.New(fault.Busy, "fault.busy"), 1},
	} {
		before := s.Number(t, "SELECT COALESCE(SUM(requests), 0) FROM refusals")
		s.Refusals.Count(m, "MI-BAND-BLACK", c.err)
		if err := s.Refusals.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := s.Number(t, "SELECT COALESCE(SUM(requests), 0) FROM refusals") - before; got != c.want {
			t.Errorf("%v counted %d", c.err, got)
		}
	}
}

func TestRefusalsOfAnHourAreOneRowAndNoneIsLost(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := s.Store(t, "us").Market
	refused := fault.New(fault.NotOpen, "offer.reason.sold_out")
	ended, end := context.WithCancel(t.Context())
	end()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 1000 {
				s.Refusals.Count(m, "MI-BAND-BLACK", refused)
			}
			ctx := t.Context()
			if i%2 == 0 {
				ctx = ended // this flush fails, and what it had is kept
			}
			_ = s.Refusals.Flush(ctx)
		})
	}
	all.Wait()
	s.Time.Set(modelstest.At("2026-11-20T13:00:00Z") - 1)
	s.Refusals.Count(m, "", refused)
	s.Time.Advance(time.Millisecond)
	s.Refusals.Count(m, "", refused)
	if err := s.Refusals.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, rows := s.Number(t, "SELECT SUM(requests) FROM refusals"), s.Number(t, "SELECT COUNT(*) FROM refusals"); n != 8002 || rows != 3 {
		t.Errorf("%d requests in %d rows", n, rows)
	}
}

func TestTheCountOfRefusalsIsBounded(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := s.Store(t, "us").Market
	refused := fault.New(fault.NotOpen, "offer.reason.sold_out")
	for i := range 20_000 {
		s.Refusals.Count(m, fmt.Sprint("SKU-", i), refused)
	}
	if err := s.Refusals.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.Number(t, "SELECT SUM(requests) FROM refusals"); n != 20_000 {
		t.Errorf("%d requests", n)
	}
}
