package catalog_test

import (
	"testing"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// shelf is a band in the United States, the prices it has beside its own and what they are read with.
type shelf struct {
	*modelstest.Shop
	market, variant int64
}

func band(t *testing.T) shelf {
	s := modelstest.New(t)
	return shelf{s, s.Store(t, "us").Market.ID, s.Number(t, "SELECT id FROM variants WHERE sku = 'MI-BAND-BLACK'")}
}

func (s shelf) add(t *testing.T, amount int64, from, to clock.Instant) {
	t.Helper()
	s.Exec(t, "INSERT INTO prices (market_id, variant_id, amount, currency, valid_from, ends_at) VALUES (?, ?, ?, 'USD', ?, ?)",
		s.market, s.variant, amount, from, to)
}

// at is the price at an instant, 0 for none, and when it turns next.
func (s shelf) at(t *testing.T, now clock.Instant) (amount int64, turns clock.Instant) {
	t.Helper()
	s.Time.Set(now)
	s.Read(t, func(tx db.Tx) error {
		prices, next, err := catalog.PricesAt(tx, s.market)
		amount, turns = prices[s.variant].Amount, next[s.variant]
		return err
	})
	return amount, turns
}

func TestAPriceHoldsFromItsInstantToItsEnd(t *testing.T) {
	t.Parallel()
	s := band(t)
	const day = 24 * 60 * 60 * 1000
	reduced, ends, dearer := modelstest.Start+day, modelstest.Start+2*day, modelstest.Start+3*day
	s.add(t, 1199, reduced, ends)
	s.add(t, 1599, dearer, 0)
	for _, row := range []struct {
		now    clock.Instant
		amount int64
		turns  clock.Instant
	}{
		{modelstest.At("2015-04-30T23:59:59.999Z"), 0, modelstest.At("2015-05-01T00:00:00Z")},
		{modelstest.At("2015-05-01T00:00:00Z"), 1499, reduced},
		{reduced - 1, 1499, reduced}, {reduced, 1199, ends}, {reduced + 1, 1199, ends},
		{ends - 1, 1199, ends}, {ends, 1499, dearer}, {ends + 1, 1499, dearer},
		{dearer - 1, 1499, dearer}, {dearer, 1599, 0}, {dearer + 1, 1599, 0},
	} {
		if amount, turns := s.at(t, row.now); amount != row.amount || turns != row.turns {
			t.Errorf("at %s: %d until %s, want %d until %s", row.now, amount, turns, row.amount, row.turns)
		}
	}
}

func TestOfPricesThatHoldTheLastToBeginCounts(t *testing.T) {
	t.Parallel()
	s := band(t)
	now := modelstest.Start
	s.add(t, 1000, now-2, 0)
	s.add(t, 1100, now-3, 0)
	if amount, _ := s.at(t, now); amount != 1000 {
		t.Errorf("the later one costs %d", amount)
	}
	s.add(t, 1200, now-2, 0)
	if amount, _ := s.at(t, now); amount != 1200 {
		t.Errorf("of the same instant the one typed last costs %d", amount)
	}
	s.add(t, 900, now-1, now)
	if amount, _ := s.at(t, now); amount != 1200 {
		t.Errorf("a reduction that has ended costs %d", amount)
	}
	if other, _ := (shelf{s.Shop, s.Store(t, "uk").Market.ID, s.variant}).at(t, now); other != 1199 {
		t.Errorf("in another market it costs %d", other)
	}
}

// The offer knows when its price turns, so no page is kept past it.
func TestAnOfferHoldsNoLongerThanItsPrice(t *testing.T) {
	t.Parallel()
	s := band(t)
	ends := modelstest.Start + 1000
	s.add(t, 1199, modelstest.Start, ends)
	sale := func(now clock.Instant) launch.Sale {
		t.Helper()
		s.Time.Set(now)
		item, err := s.Gate.Item(t.Context(), s.Store(t, "us"), "mi-band")
		if err != nil {
			t.Fatal(err)
		}
		return item.Sales[0]
	}
	if got := sale(ends - 1); got.Price.Minor != 1199 || got.Offer.Until != ends {
		t.Errorf("%d until %s", got.Price.Minor, got.Offer.Until)
	}
	if got := sale(ends); got.Price.Minor != 1499 || got.Offer.State != launch.OnSale {
		t.Errorf("%d, %s", got.Price.Minor, got.Offer.State)
	}
}
