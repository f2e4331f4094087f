package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not take apart into a base letter and a mark.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i")

// Fold is a text as search compares it: lower case, without accents, words parted by single spaces.
func Fold(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(text))
	if err != nil {
		plain = strings.ToLower(text)
	}
	words := strings.FieldsFunc(letters.Replace(plain), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

// Matches reports whether every word of a query begins some word of a folded text.
func Matches(folded, query string) bool {
	if query == "" {
		return true // to fold costs more than all the rest of a list without a search
	}
	for word := range strings.FieldsSeq(Fold(query)) {
		if !strings.Contains(" "+folded, " "+word) {
			return false
		}
	}
	return true
}
