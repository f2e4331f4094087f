package shop

import (
	"slices"
	"strings"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
	"softlaunch/views/layouts"
)

func german() layouts.Frame {
	return layouts.Frame{Locale: i18n.For("de", "DE"), Store: &layouts.Store{Code: "de"}}
}

func TestAnAddressIsWrittenAsItsMarketDoes(t *testing.T) {
	d := cart.Details{Name: "Ada Lovelace", Line1: "1 Main Street", PostalCode: "12345", City: "Town", Region: "NY"}
	for country, want := range map[string]string{
		"US": "Ada Lovelace|1 Main Street|Town, NY 12345", "GB": "Ada Lovelace|1 Main Street|Town|12345",
		"DE": "Ada Lovelace|1 Main Street|12345 Town", "IT": "Ada Lovelace|1 Main Street|12345 Town NY",
	} {
		if got := strings.Join(addressLines(country, d), "|"); got != want {
			t.Errorf("%s: got %s, want %s", country, got, want)
		}
	}
}

func TestTheFormAsksInTheOrderOfTheAddress(t *testing.T) {
	for _, c := range []struct{ country, regions, want string }{
		{"US", "state", "name line1 line2 city postal_code region phone"},
		{"GB", "none", "name line1 line2 city postal_code phone"},
		{"DE", "none", "name line1 line2 postal_code city phone"},
		{"ES", "province", "name line1 line2 postal_code city region phone"},
	} {
		a := addressOf(german(), market.Market{Country: c.country, RegionKind: c.regions}, cart.Details{}, Asked{})
		var names []string
		for _, field := range slices.Concat(a.First, a.Pair, a.Last) {
			names = append(names, field.Name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.country, got, c.want)
		}
	}
}

func TestLongListsShowFirstLastAndNearPages(t *testing.T) {
	pages := pageLinks(german(), launch.Query{Category: "audio", Sort: "-price"}, launch.Shelf{Page: 5, Pages: 9})
	var texts []string
	for _, link := range pages.Numbers {
		texts = append(texts, link.Text)
	}
	if got := strings.Join(texts, " "); got != "1  4 5 6  9" {
		t.Errorf("got %q", got)
	}
	if want := "/de/products?category=audio&page=4&sort=-price"; pages.Previous.URL != want {
		t.Errorf("previous page is %s, want %s", pages.Previous.URL, want)
	}
}

func TestWhatAPartOfTheReviewDoesNotAskItKeeps(t *testing.T) {
	d := cart.Details{Email: "ada@example.com", City: "Town", Payment: "transfer"}
	var names []string
	for _, row := range kept(d, CheckoutForm{Contact: []components.Field{{Name: "email"}}}) {
		names = append(names, row.Name)
	}
	if want := "name line1 line2 postal_code city region phone delivery payment"; strings.Join(names, " ") != want {
		t.Errorf("kept %v", names)
	}
}

func TestEveryStateOfAnOfferHasWordsAndALook(t *testing.T) {
	for _, s := range []launch.State{launch.Ended, launch.Blocked, launch.Paused, launch.Announced, launch.SoldOut, launch.Code} {
		if key := "offer.words." + string(s); !german().Has(key) {
			t.Errorf("%s has no words", s)
		}
		if noticeLooks[s] == [2]string{} || availability[s] == "" {
			t.Errorf("%s has no look or no word for search engines", s)
		}
	}
}
