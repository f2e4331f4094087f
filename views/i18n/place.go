package i18n

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Place is a country's name in the locale's language: as the message files have it, else as CLDR does.
func (l Locale) Place(country string) string {
	if key := "place." + country; l.Has(key) {
		return l.T(key)
	}
	region, err := language.ParseRegion(country)
	if err != nil {
		return country
	}
	if name := display.Regions(language.Make(l.language())).Name(region); name != "" {
		return name
	}
	return country
}

// beforePlace stands before a country whose preposition the message files don't know. French has one for each gender, so it
// speaks of the market.
var beforePlace = map[string]string{"en": "in ", "de": "in ", "fr": "sur le marché ", "es": "en ", "it": "in "}

// In is a country's name as it follows a verb: "in Germany", "aux États-Unis", "en Portugal".
func (l Locale) In(country string) string {
	if key := "place_in." + country; l.Has(key) {
		return l.T(key)
	}
	return beforePlace[l.language()] + l.Place(country)
}
