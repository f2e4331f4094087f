package i18n

import (
	"testing"
	"time"
	_ "time/tzdata"

	"softlaunch/models/clock"
	"softlaunch/models/money"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loaded, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// stores are the locales of the example shop with how each writes the same things (MARKETS §3).
var stores = []struct {
	language, country, currency, zone string
	tag, price, date, moment, days    string
	number, percent                   string
}{
	{"en", "US", "USD", "America/New_York", "en-US", "$1,299.99", "Jun 1, 2027", "Jun 1, 2027, 12:00 AM (New York, EDT)", "Nov 24–26", "20,000", "20%"},
	{"en", "GB", "GBP", "Europe/London", "en-GB", "£1,299.99", "1 June 2027", "1 June 2027, 00:00 (London, BST)", "24–26 November", "20,000", "20%"},
	{"en", "DE", "EUR", "Europe/Berlin", "en-GB", "€1,299.99", "1 June 2027", "1 June 2027, 00:00 (Berlin, CEST)", "24–26 November", "20,000", "20%"},
	{"de", "DE", "EUR", "Europe/Berlin", "de-DE", "1.299,99\u00a0€", "1. Juni 2027", "1. Juni 2027, 00:00\u00a0Uhr (Berlin, MESZ)", "24.–26. November", "20.000", "20\u00a0%"},
	{"fr", "FR", "EUR", "Europe/Paris", "fr-FR", "1\u202f299,99\u00a0€", "1er juin 2027", "1er juin 2027, 00:00 (Paris, CEST)", "24–26 novembre", "20\u202f000", "20\u00a0%"},
	{"es", "ES", "EUR", "Europe/Madrid", "es-ES", "1299,99\u00a0€", "1 de junio de 2027", "1 de junio de 2027, 00:00 (Madrid, CEST)", "24–26 de noviembre", "20.000", "20\u00a0%"},
	{"it", "IT", "EUR", "Europe/Rome", "it-IT", "1299,99\u00a0€", "1º giugno 2027", "1º giugno 2027, 00:00 (Roma, CEST)", "24–26 novembre", "20.000", "20%"},
}

func TestEachLocaleWritesAsItsReadersDo(t *testing.T) {
	for _, s := range stores {
		l := For(s.language, s.country)
		place := zone(t, s.zone)
		launch := clock.Of(time.Date(2027, 6, 1, 0, 0, 0, 0, place))
		for what, pair := range map[string][2]string{
			"tag":    {l.Tag(), s.tag},
			"price":  {l.Money(money.Of(129999, s.currency)), s.price},
			"date":   {l.Date(launch, place), s.date},
			"moment": {l.DateTime(launch, place), s.moment},
			"days":   {l.DateRange("2026-11-24", "2026-11-26"), s.days},
			"number": {l.Number(20000), s.number},
			"rate":   {l.Rate(200000), s.percent},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s-%s %s: got %q, want %q", s.language, s.country, what, pair[0], pair[1])
			}
		}
	}
}

func TestARangeNamesOnlyWhatDiffers(t *testing.T) {
	german := For("de", "DE")
	for _, c := range []struct {
		from, to clock.Day
		want     string
	}{
		{"2026-11-24", "2026-11-24", "24. November"},
		{"2026-11-28", "2026-12-02", "28. November – 2. Dezember"},
		{"2026-12-30", "2027-01-04", "30. Dezember 2026 – 4. Januar 2027"},
	} {
		if got := german.DateRange(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestSecondsAreShownWhenThereAreSome(t *testing.T) {
	place := zone(t, "America/New_York")
	at := clock.Of(time.Date(2015, 5, 31, 23, 59, 30, 0, place))
	if got := For("en", "US").Time(at, place); got != "11:59:30 PM" {
		t.Errorf("got %q", got)
	}
}

func TestARateShowsTheDecimalsItHas(t *testing.T) {
	for ppm, want := range map[int64]string{190000: "19\u00a0%", 72500: "7,25\u00a0%", 5500: "0,55\u00a0%", 100000: "10\u00a0%"} {
		if got := For("de", "DE").Rate(ppm); got != want {
			t.Errorf("%d: got %q, want %q", ppm, got, want)
		}
	}
}

func TestSmallNumbersAreNotGrouped(t *testing.T) {
	for n, want := range map[int64]string{7: "7", 999: "999", -1500: "−1,500", 1234567: "1,234,567"} {
		if got := For("en", "US").Number(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestTextsFollowLanguageCountryAndCount(t *testing.T) {
	for got, want := range map[string]string{
		For("en", "US").T("field.postal_code"):            "ZIP code",
		For("en", "US").T("cart.title"):                   "Cart",
		For("en", "GB").T("field.postal_code"):            "Postcode",
		For("en", "DE").T("field.city"):                   "Town",
		For("de", "DE").T("field.postal_code"):            "Postleitzahl",
		For("tlh", "").T("cart.title"):                    "Cart",
		For("fr", "FR").N("list.found", 1):                "1 produit",
		For("fr", "FR").N("list.found", 2000):             "2\u202f000 produits",
		For("it", "IT").T("cart.each", "Price", "9,99 €"): "9,99 € l’uno",
		Locale{}.T("cart.remove"):                         "Remove",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
