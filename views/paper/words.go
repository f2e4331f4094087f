package paper

import (
	_ "embed" // the fonts
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The fonts are read only while a document is printed.
var (
	//go:embed fonts/OpenSans-Regular.ttf
	regular []byte
	//go:embed fonts/OpenSans-Semibold.ttf
	semibold []byte
)

const family = "OpenSans"

// drawn are the characters that the fonts draw: Latin with all that Europe and Vietnam put on it, Greek, Cyrillic, and what
// money and texts need.
var drawn = &unicode.RangeTable{R16: []unicode.Range16{
	{0x20, 0x7e, 1}, {0xa0, 0x17f, 1}, {0x192, 0x192, 1}, {0x1a0, 0x1a1, 1}, {0x1af, 0x1b0, 1}, {0x218, 0x21b, 1}, {0x384, 0x386, 1},
	{0x388, 0x38a, 1}, {0x38c, 0x38c, 1}, {0x38e, 0x3a1, 1}, {0x3a3, 0x3ce, 1}, {0x400, 0x482, 1}, {0x488, 0x513, 1}, {0x1e80, 0x1e85, 1},
	{0x1ea0, 0x1ef9, 1}, {0x2013, 0x2015, 1}, {0x2018, 0x201e, 1}, {0x2020, 0x2022, 1}, {0x2026, 0x2026, 1}, {0x2030, 0x2030, 1},
	{0x2039, 0x203a, 1}, {0x20ab, 0x20ac, 1}, {0x2116, 0x2116, 1}, {0x2122, 0x2122, 1}, {0x2212, 0x2212, 1}, {0xfffd, 0xfffd, 1},
}}

// alike are characters that the fonts draw as others.
var alike = strings.NewReplacer("\u202f", "\u00a0", "\u2009", "\u00a0", "\u2010", "-", "\u2011", "-", "\t", " ", "\n", " ", "\r", " ")

// plain is a text as the fonts can draw it: characters of other scripts become the sign for an unknown one, those that
// nobody sees are left out.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(drawn, r):
			return r
		case unicode.Is(unicode.C, r) || unicode.Is(unicode.Mn, r):
			return -1
		}
		return unicode.ReplacementChar
	}, alike.Replace(norm.NFC.String(text)))
}

// wrap breaks a text into lines of a width, between words, and within those that are wider than a line. No-break spaces hold
// together what they stand between.
func (s *sheet) wrap(f face, text string, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(plain(text), func(r rune) bool { return r == ' ' }) {
		joined := strings.TrimPrefix(line+" "+word, " ")
		if s.measure(f, joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; s.measure(f, line) > width; {
			head := s.fitting(f, line, width)
			lines, line = append(lines, line[:head]), line[head:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of a word fit a width, at least one character.
func (s *sheet) fitting(f face, word string, width float64) int {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && s.measure(f, word[:next]) > width {
			break
		}
		end = next
	}
	return end
}
