package email

import (
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// Links answers whoever asked for the links of his orders, which are the newest first. It goes to the address that the
// orders were placed with.
func Links(s Sender, orders []order.Order) Letter {
	l := s.letter()
	l.Title = l.T("mail.links.title")
	l.Subject = l.Title
	l.Text = []string{l.T("mail.links.text", "Months", order.LookupMonths, "In", l.In(s.Store.Market.Country)), l.T("mail.links.next")}
	l.LinksTitle = l.T("mail.links.orders")
	for _, o := range orders {
		l.Links = append(l.Links, components.Link{URL: s.to("/orders/" + o.Token), Text: l.T("mail.links.order", "Number", o.Number,
			"Date", l.Date(o.PlacedAt, s.Store.Market.Location()), "Sum", l.Money(o.Total()), "State", l.T("order.state."+string(o.State)))})
	}
	if len(orders) == 1 {
		l.Button = components.Link{Text: l.T("mail.button.order"), URL: l.Links[0].URL}
	}
	s.withdraw(&l, "")
	return l
}
