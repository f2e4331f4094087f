package email

import (
	"softlaunch/models/order"
	"softlaunch/views/i18n"
)

// address is the delivery address as the country writes it.
func (l *Letter) address(o order.Order) Part {
	return Part{Title: l.T("review.address"), Text: l.Address(i18n.Address{Name: o.Name, Line1: o.Line1, Line2: o.Line2,
		PostalCode: o.PostalCode, City: o.City, Region: o.Region, RegionName: o.RegionName, Country: o.Country})}
}
