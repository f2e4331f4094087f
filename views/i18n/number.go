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

// Rate writes a rate in parts per million as a percentage: "19 %" and "7,25 %" with a no-break space, "7.25%" in English
// and "22%" in Italian.
func (l Locale) Rate(ppm int64) string {
	text := strings.TrimRight(strconv.FormatFloat(float64(ppm)/10_000, 'f', 4, 64), "0")
	text = l.Decimal(strings.TrimSuffix(text, "."))
	if l.language() == "en" || l.language() == "it" {
		return text + "%"
	}
	return text + nbsp + "%"
}

// Decimal writes a plain decimal with the locale's decimal mark.
func (l Locale) Decimal(plain string) string {
	if l.language() == "en" {
		return plain
	}
	return strings.Replace(plain, ".", ",", 1)
}
