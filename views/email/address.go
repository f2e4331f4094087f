package email

import (
	"slices"
	"strings"

	"softlaunch/models/order"
)

// address is the delivery address as the country writes it.
func (l *Letter) address(o order.Order) Part {
	lines := []string{o.Name, o.Line1, o.Line2}
	switch o.Country {
	case "US":
		lines = append(lines, o.City+", "+o.Region+" "+o.PostalCode)
	case "GB":
		lines = append(lines, o.City, o.PostalCode)
	case "IT":
		lines = append(lines, o.PostalCode+" "+o.City+" "+o.Region)
	default:
		lines = append(lines, o.PostalCode+" "+o.City, o.RegionName)
	}
	lines = append(lines, l.Place(o.Country))
	return Part{Title: l.T("review.address"), Text: slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })}
}
