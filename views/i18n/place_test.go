package i18n_test

import (
	"testing"

	"softlaunch/views/i18n"
)

func TestACountryHasANameInEachLanguage(t *testing.T) {
	for language, want := range map[string][4]string{
		"en": {"Germany", "in Germany", "Portugal", "in Portugal"}, "de": {"Deutschland", "in Deutschland", "Portugal", "in Portugal"},
		"fr": {"Allemagne", "en Allemagne", "Portugal", "sur le marché Portugal"}, "es": {"Alemania", "en Alemania", "Portugal", "en Portugal"},
		"it": {"Germania", "in Germania", "Portogallo", "in Portogallo"},
	} {
		l := i18n.For(language, "PT")
		if got := [4]string{l.Place("DE"), l.In("DE"), l.Place("PT"), l.In("PT")}; got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	if got := i18n.For("en", "").Place("nowhere"); got != "nowhere" {
		t.Errorf("no country is called %q", got)
	}
}
