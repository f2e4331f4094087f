package i18n

import (
	"slices"
	"strings"
)

// Address is a name and a place in the parts that forms ask for. Region is its code, RegionName its name.
type Address struct{ Name, Line1, Line2, PostalCode, City, Region, RegionName, Country string }

// Address writes an address as its country does (MARKETS §3), with the country's name in the locale's language.
func (l Locale) Address(a Address) []string {
	lines := []string{a.Name, a.Line1, a.Line2}
	switch a.Country {
	case "US":
		lines = append(lines, a.City+", "+a.Region+" "+a.PostalCode)
	case "GB":
		lines = append(lines, a.City, a.PostalCode)
	case "IT":
		lines = append(lines, a.PostalCode+" "+a.City+" "+a.Region)
	default:
		lines = append(lines, a.PostalCode+" "+a.City, a.RegionName)
	}
	lines = append(lines, l.Place(a.Country))
	return slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
}
