package catalog_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"softlaunch/models/catalog"
)

func TestFoldTakesAwayCaseAccentsAndMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "",
		"  ":                            "",
		"Mi Band":                       "mi band",
		"MI-BAND":                       "mi band",
		"  power\t\nbank  ":             "power bank",
		"10 500 mAh":                    "10 500 mah",
		"Écouteurs légers":              "ecouteurs legers",
		"E\u0301couteurs":               "ecouteurs",
		"Kopfhörer":                     "kopfhorer",
		"Straße":                        "strasse",
		"STRASSE":                       "strasse",
		"GROẞ":                          "gross",
		"batería añil":                  "bateria anil",
		"Łódź":                          "lodz",
		"ŁÓDŹ":                          "lodz",
		"Smørrebrød på Færøerne, œuvre": "smorrebrod pa faeroerne oeuvre",
		"ÆØÅ":                           "aeoa",
		"Çelik ılık İyi":                "celik ilik iyi",
		"peluche “Pip” — l'ours !":      "peluche pip l ours",
		"<b>&amp;":                      "b amp",
		"小米手环":                          "小米手环",
		"Μι Band Ω":                     "μι band ω",
	} {
		if got := catalog.Fold(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestMatchesAsksForEveryWord(t *testing.T) {
	t.Parallel()
	folded := catalog.Fold("Mi Band fitness band, Straße, Écouteurs, Łódź, 5000 mAh")
	for query, want := range map[string]bool{
		"": true, "   ": true, "-": true, "band": true, "BAND": true, "ban": true, "b": true, "mi band": true, "band mi": true,
		"fit ban": true, "écou": true, "ecouteurs": true, "ÉCOUTEURS": true, "strasse": true, "STRAẞE": true, "straß": true, "lodz": true,
		"łó": true, "5000": true, "50": true, "mah 5000": true, "mi-band": true, "band, band": true, "e\u0301cou": true,
		"and": false, "ands": false, "band phone": false, "phone band": false, "000": false, "bandfitness": false, "miband": false,
		"%": true, "_": true, "ba%d": false,
	} {
		if got := catalog.Matches(folded, query); got != want {
			t.Errorf("%q: %v", query, got)
		}
	}
	if catalog.Matches("", "band") || !catalog.Matches("", "") {
		t.Error("a text without words matches a word")
	}
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		folded := catalog.Fold(text)
		if again := catalog.Fold(folded); again != folded {
			t.Fatalf("%q, then %q", folded, again)
		}
		if !utf8.ValidString(folded) || strings.Contains(folded, "  ") || strings.TrimSpace(folded) != folded {
			t.Fatalf("%q is no line of words", folded)
		}
		if !catalog.Matches(folded, text) {
			t.Fatalf("%q does not find itself in %q", text, folded)
		}
	})
}
