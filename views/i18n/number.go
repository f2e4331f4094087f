package i18n

import (
	"strconv"
	"strings"
)

const (
	nbsp       = "\u00a0" // no-break space
	narrowNBSP = "\u202f" // narrow no-break space
)

// Number writes a whole number with the locale's group marks: 20,000, 20.000, 20 000.
func (l Locale) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	if len(digits) <= 3 || (len(digits) == 4 && l.groupsLate()) {
		return sign + digits
	}
	var out strings.Builder
	out.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteString(l.groupMark())
		}
		out.WriteRune(d)
	}
	return out.String()
}

// groupsLate reports whether the language groups from five digits on (CLDR, minimum grouping digits).
func (l Locale) groupsLate() bool { return l.language() == "es" || l.language() == "it" }

func (l Locale) groupMark() string {
	switch l.language() {
	case "en":
		return ","
	case "fr":
		return narrowNBSP
	}
	return "."
}

// Percent writes a percentage: 20% in English and Italian, 20 % with a no-break space elsewhere.
func (l Locale) Percent(n int64) string {
	switch l.language() {
	case "en", "it":
		return l.Number(n) + "%"
	}
	return l.Number(n) + nbsp + "%"
}
