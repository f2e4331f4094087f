// Package i18n writes text, money, numbers and dates as a reader of a store expects them. The texts are in the message
// files beside this code, {language}.json; en-US.json holds only what American English says differently.
package i18n

import (
	"embed"
	"fmt"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"softlaunch/models/money"
)

//go:embed *.json
var files embed.FS

// sources are the message files of a locale's source, each read when a text of it is first wanted: a shop at rest has the
// back-office's English alone in memory. Every language has every message, so none looks into another's file.
var sources = map[string]func() *goi18n.Bundle{
	"en": bundle("en"), "en-US": bundle("en", "en-US"), "de": bundle("de"), "fr": bundle("fr"), "es": bundle("es"), "it": bundle("it"),
}

func bundle(names ...string) func() *goi18n.Bundle {
	return sync.OnceValue(func() *goi18n.Bundle {
		b := goi18n.NewBundle(language.Make(names[0]))
		for _, name := range names {
			if _, err := b.LoadMessageFileFS(files, name+".json"); err != nil {
				panic(fmt.Sprintf("i18n: %s: %v", name, err)) // a broken message file; the tests read them all
			}
		}
		return b
	})
}

// Languages are those the shop speaks, by ISO 639 code.
var Languages = []string{"en", "de", "fr", "es", "it"}

var names = map[string]string{"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "it": "Italiano"}

// Name is what a language calls itself.
func Name(lang string) string { return names[lang] }

// Locale is a language as it is written in a country. The zero Locale is English.
type Locale struct {
	Language string // ISO 639, one of Languages
	Country  string // ISO 3166, upper case; empty outside a store
	texts    *voice
}

// voice reads messages for a locale. plain are the texts without placeholders that were asked for before.
type voice struct {
	*goi18n.Localizer
	plain *sync.Map
}

var locales sync.Map // [2]string{language, country} -> Locale

// For is the locale of a language in a country. A language that the shop does not speak becomes English.
func For(lang, country string) Locale {
	if _, known := calendars[lang]; !known {
		lang = "en"
	}
	key := [2]string{lang, country}
	if kept, ok := locales.Load(key); ok {
		return kept.(Locale)
	}
	l := Locale{Language: lang, Country: country}
	l.texts = &voice{goi18n.NewLocalizer(sources[l.source()](), l.source()), new(sync.Map)}
	locales.Store(key, l)
	return l
}

// Tag is the BCP 47 tag of what is written: "de-DE", "en-US". English outside the United States is British, also in a
// store of another country.
func (l Locale) Tag() string {
	switch {
	case l.american():
		return "en-US"
	case l.language() == "en":
		return "en-GB"
	case l.Country == "":
		return l.language()
	}
	return l.language() + "-" + l.Country
}

func (l Locale) language() string {
	if l.Language == "" {
		return "en"
	}
	return l.Language
}

// source is the message file to read first.
func (l Locale) source() string {
	if l.american() {
		return "en-US"
	}
	return l.language()
}

func (l Locale) american() bool { return l.language() == "en" && l.Country == "US" }

// Money writes an amount with its currency: "$1,299.99", "1.299,99 €" with no-break spaces.
func (l Locale) Money(a money.Amount) string { return a.Format(l.Tag()) }
