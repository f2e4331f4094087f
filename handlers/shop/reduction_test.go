package shop_test

import (
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/clock"
	"softlaunch/models/modelstest"
)

// lamp is the example's reduced product as each store tells of it.
var lamp = map[string]struct{ price, before, text, until string }{
	"us":    {"$39.99", "$49.99", "−20% Lowest price of the 30 days before: $49.99", "Until Dec 1, 2026, 12:00 AM"},
	"uk":    {"£35.99", "£44.99", "−20% Lowest price of the 30 days before: £44.99", "Until 1 December 2026, 00:00"},
	"de":    {"39,99 €", "49,99 €", "−20 % Niedrigster Preis der 30 Tage davor: 49,99 €", "Bis 1. Dezember 2026, 00:00 Uhr"},
	"de-en": {"€39.99", "€49.99", "−20% Lowest price of the 30 days before: €49.99", "Until 1 December 2026, 00:00"},
	"fr":    {"39,99 €", "49,99 €", "−20 % Prix le plus bas des 30 jours précédents : 49,99 €", "Jusqu’au 1er décembre 2026, 00:00"},
}

func TestAReductionIsToldWithTheLowestPriceFromItsInstantToItsEnd(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for store, want := range lamp {
		zone := shop.Store(t, store).Market.Location()
		from, to := clock.Day("2026-11-16").Start(zone), clock.Day("2026-12-01").Start(zone)
		for _, at := range []clock.Instant{from - 1, from, to - 1, to} {
			shop.Time.Set(at)
			reduced := at >= from && at < to
			visit := shop.Visit(t)
			for _, path := range []string{"/products/bedside-lamp", "/products?category=home", "/cart"} {
				if path == "/cart" {
					add(visit, store, "BEDSIDE-LAMP-WHITE")
				}
				visit.Open("/" + store + path)
				visit.Answered(200)
				if !reduced {
					visit.See(want.before)
					visit.NotSee(want.text, want.price)
					continue
				}
				visit.See(want.price, want.text)
				if strings.HasSuffix(path, "lamp") {
					visit.See(want.until)
				}
			}
		}
	}
}

func TestSearchEnginesAreToldWhatAReductionIsComparedWith(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Open("/de/products/bedside-lamp")
	offers := dataOf(t, visit).Offers
	if offers.Price != "39.99" || offers.PriceSpecification.Price != "49.99" || offers.PriceValidUntil != "2026-12-01T00:00:00+01:00" ||
		offers.PriceSpecification.PriceType != "https://schema.org/StrikethroughPrice" {
		t.Errorf("offers are %+v", offers)
	}
	shop.Time.Set(modelstest.At("2026-11-30T23:00:00Z"))
	visit.Open("/de/products/bedside-lamp")
	if offers = dataOf(t, visit).Offers; offers.Price != "49.99" || offers.PriceSpecification.Price != "" || offers.PriceValidUntil != "" {
		t.Errorf("after its end offers are %+v", offers)
	}
}

// The smart-home goods were not sold before 29 June 2015: a price that was only typed in is nothing to compare with.
func TestAPriceThatWasNeverAskedIsNoPriceBefore(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Exec(t, `INSERT INTO prices (market_id, variant_id, amount, currency, valid_from, ends_at)
		SELECT m.id, v.id, 999, 'USD', ?, ? FROM markets m, variants v WHERE m.code = 'us' AND v.sku = 'SMART-PLUG-WHITE'`,
		modelstest.At("2015-07-29T00:00:00-04:00"), modelstest.At("2015-08-29T00:00:00-04:00"))
	shop.Exec(t, `INSERT INTO prices (market_id, variant_id, amount, currency, valid_from, ends_at)
		SELECT m.id, v.id, 999, 'USD', ?, ? FROM markets m, variants v WHERE m.code = 'us' AND v.sku = 'CLIMATE-SENSOR-WHITE'`,
		modelstest.At("2015-07-30T00:00:00-04:00"), modelstest.At("2015-08-29T00:00:00-04:00"))
	visit := shop.Visit(t)
	shop.Time.Set(modelstest.At("2015-08-01T12:00:00-04:00"))
	visit.Open("/us/products/smart-plug")
	visit.See("$9.99")
	visit.NotSee("30 days before")
	visit.Open("/us/products/climate-sensor")
	visit.See("$9.99", "Lowest price of the 30 days before: $12.99")
}
