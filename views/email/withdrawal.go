package email

import (
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// Withdrawal acknowledges a declaration on a durable medium, with what it says and when it came in (Directive 2011/83/EU,
// art. 11a(4)). Anybody can declare anything, so nothing typed stands in the subject or reads as the shop's own words.
func Withdrawal(s Sender, w order.Withdrawal) Letter {
	l := s.letter()
	l.Title = l.T("mail.withdrawal.title")
	l.Subject = l.Title
	received := l.DateTime(w.ReceivedAt, s.Store.Market.Location())
	l.Text = []string{l.T("mail.withdrawal.text", "When", received), l.T("mail.withdrawal.next")}
	l.Box = Box{Title: l.T("mail.withdrawal.declared"), Rows: []components.Row{
		{Name: l.T("mail.withdrawal.order"), Value: w.OrderNumber},
		{Name: l.T("field.name"), Value: w.Name},
		{Name: l.T("field.email"), Value: w.Email},
		{Name: l.T("mail.withdrawal.received"), Value: received},
	}}
	if page, found := s.page("withdrawal"); found {
		l.Button = components.Link{Text: l.T("mail.button.withdrawal"), URL: s.link(page).URL}
	}
	return l
}
