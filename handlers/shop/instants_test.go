package shop_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// seen is what a shopper sees of a product: the market's phase, and whether it can be bought.
type seen struct {
	phase string
	sells bool
}

// turn is an instant at which what shoppers see of a product changes. At is written in the market's zone.
type turn struct {
	store, slug, sku, at string
	before, after        seen
	prepare              func(*testing.T, *handlerstest.Shop, clock.Instant)
}

// moment is an instant as staff type it in a market.
func moment(t *testing.T, shop *handlerstest.Shop, code string, at clock.Instant) market.Moment {
	t.Helper()
	m, err := shop.Markets.Market(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	return m.Moment(at)
}

// wave plans five units of the plush fox from an instant on. The clock stands an hour before.
func wave(store string, code bool) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, at clock.Instant) {
		t.Helper()
		shop.Time.Set(at.Add(-time.Hour))
		form := launch.WaveForm{OpensAt: moment(t, shop, store, at), Quantity: "5", NeedsCode: code}
		if err := shop.Gate.AddWave(t.Context(), modelstest.Owner, store, "PIP-PLUSH-FOX", form); err != nil {
			t.Fatal(err)
		}
	}
}

// release has smart plugs join a market at an instant.
func release(store string) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, at clock.Instant) {
		t.Helper()
		form := catalog.ListingForm{OnSaleFrom: moment(t, shop, store, at), LimitOrder: "5", LimitBuyer: "5", TestLimitOrder: "0", TestLimitBuyer: "0"}
		if err := shop.Catalog.SetListing(t.Context(), modelstest.Owner, store, "smart-plug", form); err != nil {
			t.Fatal(err)
		}
	}
}

// expire has a band's certification end at an instant.
func expire(store string) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, at clock.Instant) {
		t.Helper()
		shop.Exec(t, `DELETE FROM approvals WHERE market_id = (SELECT id FROM markets WHERE code = ?) AND kind = 'certification'
			AND category_id = (SELECT id FROM categories WHERE slug = 'bands')`, store)
		claim := launch.Claim{Product: "mi-band", Kind: "certification", Evidence: "EX-1", To: moment(t, shop, store, at)}
		if err := shop.Gate.Approve(t.Context(), modelstest.Owner, store, claim); err != nil {
			t.Fatal(err)
		}
	}
}

// pause has staff pause a market: it begins or ends at the instant.
func pause(store string, begins bool) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, at clock.Instant) {
		t.Helper()
		from, until := at, market.Moment{}
		if !begins {
			from, until = at.Add(-time.Hour), moment(t, shop, store, at)
		}
		shop.Time.Set(from)
		if err := shop.Gate.Pause(t.Context(), modelstest.Owner, store, "a test", until); err != nil {
			t.Fatal(err)
		}
	}
}

// reschedule moves Spain's test and launch, given in its zone, to around a change of the clocks.
func reschedule(test, launchAt string) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, _ clock.Instant) {
		t.Helper()
		shop.Time.Set(modelstest.At("2026-10-20T00:00:00Z"))
		times := launch.TimesOf(shop.Store(t, "es").Market)
		times.Test, times.Launch = moment(t, shop, "es", modelstest.At(test)), moment(t, shop, "es", modelstest.At(launchAt))
		if err := shop.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", "a test"); err != nil {
			t.Fatal(err)
		}
	}
}

// longTest has Spain test until December 2027, over the hour that comes twice in October, and then prepares.
func longTest(prepare func(*testing.T, *handlerstest.Shop, clock.Instant)) func(*testing.T, *handlerstest.Shop, clock.Instant) {
	return func(t *testing.T, shop *handlerstest.Shop, at clock.Instant) {
		t.Helper()
		reschedule(testInSpain, "2027-12-01T00:00:00+01:00")(t, shop, at)
		prepare(t, shop, at)
	}
}

const testInSpain = "2026-11-02T00:00:00+01:00"

var turns = map[string]turn{
	"test start in New York":                        {"us", "mi-band", band, "2015-05-19T00:00:00-04:00", seen{"announced", false}, seen{"test", true}, nil},
	"test start in Berlin":                          {"de", "mi-band", band, "2015-05-19T00:00:00+02:00", seen{"announced", false}, seen{"test", true}, nil},
	"test start after the clocks went on":           {"es", "mi-band", band, "2027-03-28T03:00:00+02:00", seen{"announced", false}, seen{"test", true}, reschedule("2027-03-28T03:00:00+02:00", "2027-06-01T00:00:00+02:00")},
	"test start in the first of two equal hours":    {"es", "mi-band", band, "2027-10-31T02:30:00+02:00", seen{"announced", false}, seen{"test", true}, reschedule("2027-10-31T02:30:00+02:00", "2027-12-01T00:00:00+01:00")},
	"test start in the second of them":              {"es", "mi-band", band, "2027-10-31T02:30:00+01:00", seen{"announced", false}, seen{"test", true}, reschedule("2027-10-31T02:30:00+01:00", "2027-12-01T00:00:00+01:00")},
	"wave in the first of two equal hours":          {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-10-31T02:30:00+02:00", seen{"test", false}, seen{"test", true}, longTest(wave("es", false))},
	"wave in the second of them":                    {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-10-31T02:30:00+01:00", seen{"test", false}, seen{"test", true}, longTest(wave("es", false))},
	"wave at midnight in London":                    {"uk", "pip-plush", "PIP-PLUSH-FOX", "2015-05-28T00:00:00+01:00", seen{"test", false}, seen{"test", true}, wave("uk", false)},
	"launch in the first of two equal hours":        {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-10-31T02:30:00+02:00", seen{"test", false}, seen{"open", true}, reschedule(testInSpain, "2027-10-31T02:30:00+02:00")},
	"launch in the second of them":                  {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-10-31T02:30:00+01:00", seen{"test", false}, seen{"open", true}, reschedule(testInSpain, "2027-10-31T02:30:00+01:00")},
	"release in the second of two equal hours":      {"de", "smart-plug", "SMART-PLUG-WHITE", "2027-10-31T02:30:00+01:00", seen{"open", false}, seen{"open", true}, release("de")},
	"release at midnight in London":                 {"uk", "smart-plug", "SMART-PLUG-WHITE", "2027-06-02T00:00:00+01:00", seen{"open", false}, seen{"open", true}, release("uk")},
	"approval ends in the first of two equal hours": {"de", "mi-band", band, "2027-10-31T02:30:00+02:00", seen{"open", true}, seen{"open", false}, expire("de")},
	"approval ends at midnight in London":           {"uk", "mi-band", band, "2027-04-01T00:00:00+01:00", seen{"open", true}, seen{"open", false}, expire("uk")},
	"pause ends in the second of two equal hours":   {"de", "mi-band", band, "2027-10-31T02:30:00+01:00", seen{"paused", false}, seen{"open", true}, pause("de", false)},
	"pause begins at midnight in London":            {"uk", "mi-band", band, "2027-04-01T00:00:00+01:00", seen{"open", true}, seen{"paused", false}, pause("uk", true)},
	"wave in New York":                              {"us", "pip-plush", "PIP-PLUSH-FOX", "2015-05-28T10:00:00-04:00", seen{"test", false}, seen{"test", true}, wave("us", false)},
	"wave in Berlin":                                {"de", "pip-plush", "PIP-PLUSH-FOX", "2015-05-28T10:00:00+02:00", seen{"test", false}, seen{"test", true}, wave("de", false)},
	"wave after the clocks went on":                 {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-03-28T03:00:00+02:00", seen{"test", false}, seen{"test", true}, wave("es", false)},
	"launch in New York":                            {"us", "pip-plush", "PIP-PLUSH-FOX", "2015-06-01T00:00:00-04:00", seen{"test", false}, seen{"open", true}, nil},
	"launch in Berlin":                              {"de", "pip-plush", "PIP-PLUSH-FOX", "2015-06-01T00:00:00+02:00", seen{"test", false}, seen{"open", true}, nil},
	"launch in London":                              {"uk", "pip-plush", "PIP-PLUSH-FOX", "2015-06-01T00:00:00+01:00", seen{"test", false}, seen{"open", true}, nil},
	"launch after the clocks went on":               {"es", "pip-plush", "PIP-PLUSH-FOX", "2027-03-28T03:00:00+02:00", seen{"test", false}, seen{"open", true}, reschedule(testInSpain, "2027-03-28T03:00:00+02:00")},
	"release in New York":                           {"us", "smart-plug", "SMART-PLUG-WHITE", "2027-03-14T03:00:00-04:00", seen{"open", false}, seen{"open", true}, release("us")},
	"release in Berlin":                             {"de", "smart-plug", "SMART-PLUG-WHITE", "2027-10-31T03:00:00+01:00", seen{"open", false}, seen{"open", true}, release("de")},
	"approval ends in New York":                     {"us", "mi-band", band, "2027-11-07T02:00:00-05:00", seen{"open", true}, seen{"open", false}, expire("us")},
	"approval ends in Berlin":                       {"de", "mi-band", band, "2027-01-01T00:00:00+01:00", seen{"open", true}, seen{"open", false}, expire("de")},
	"approval ends in Madrid":                       {"es", "mi-band", band, "2027-03-28T03:00:00+02:00", seen{"test", true}, seen{"test", false}, expire("es")},
	"pause begins in New York":                      {"us", "mi-band", band, "2027-03-14T03:00:00-04:00", seen{"open", true}, seen{"paused", false}, pause("us", true)},
	"pause begins in Berlin":                        {"de", "mi-band", band, "2027-03-28T03:00:00+02:00", seen{"open", true}, seen{"paused", false}, pause("de", true)},
	"pause ends in New York":                        {"us", "mi-band", band, "2027-11-07T02:00:00-05:00", seen{"paused", false}, seen{"open", true}, pause("us", false)},
	"pause ends in Berlin":                          {"de", "mi-band", band, "2027-10-31T03:00:00+01:00", seen{"paused", false}, seen{"open", true}, pause("de", false)},
	"pause ends in Madrid":                          {"es", "mi-band", band, "2027-03-28T03:00:00+02:00", seen{"paused", false}, seen{"test", true}, pause("es", false)},
}

func TestEachInstantIsKeptToTheMillisecond(t *testing.T) {
	t.Parallel()
	for name, row := range turns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop, at := handlerstest.New(t), modelstest.At(row.at)
			if row.prepare != nil {
				row.prepare(t, shop, at)
			}
			for now, want := range map[clock.Instant]seen{at - 1: row.before, at: row.after} {
				shop.Time.Set(now)
				visit := shop.Visit(t)
				visit.Open("/" + row.store + "/products/" + row.slug)
				visit.Answered(http.StatusOK)
				if got := (seen{phase(visit), buyForm.MatchString(visit.Body)}); got != want {
					t.Errorf("at %s the page says %+v, want %+v", now, got, want)
				}
				add(visit, row.store, row.sku)
				if bought := visit.Status == http.StatusOK; bought != want.sells {
					t.Errorf("at %s the cart answers %d", now, visit.Status)
				}
				visit.Open("/" + row.store + "/")
				if got := phase(visit); got != want.phase {
					t.Errorf("at %s the home page says %s", now, got)
				}
			}
		})
	}
}

// A wave for holders of a code opens to them, and to nobody else, at its instant.
func TestACodeWaveIsKeptToTheMillisecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		store, local string
		prepare      func(*testing.T, *handlerstest.Shop, clock.Instant)
	}{
		{"us", "2015-05-28T00:00:00-04:00", wave("us", true)}, {"uk", "2015-05-28T00:00:00+01:00", wave("uk", true)},
		{"de", "2015-05-28T00:00:00+02:00", wave("de", true)}, {"es", "2027-03-28T03:00:00+02:00", wave("es", true)},
		{"es", "2027-10-31T02:30:00+02:00", longTest(wave("es", true))}, {"es", "2027-10-31T02:30:00+01:00", longTest(wave("es", true))},
	} {
		shop, at, store := handlerstest.New(t), modelstest.At(c.local), c.store
		c.prepare(t, shop, at)
		code := shop.AccessCodes(t, store, "pip-plush", 1, 1)[0]
		holder, other := shop.Visit(t), shop.Visit(t)
		holder.Post("/"+store+"/cart/code", url.Values{"code": {code}})
		holder.Answered(http.StatusOK)
		for _, now := range []clock.Instant{at - 1, at} {
			shop.Time.Set(now)
			holder.Open("/" + store + "/products/pip-plush")
			other.Open("/" + store + "/products/pip-plush")
			if got := buyForm.MatchString(holder.Body); got != (now == at) {
				t.Errorf("%s: at %s the holder may buy: %t", store, now, got)
			}
			if buyForm.MatchString(other.Body) || other.Has("/"+store+"/cart/code") != (now == at) {
				t.Errorf("%s: at %s others see no wave for codes", store, now)
			}
			add(other, store, "PIP-PLUSH-FOX")
			other.Answered(http.StatusConflict)
		}
	}
}
