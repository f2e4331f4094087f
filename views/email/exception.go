package email

import (
	"cmp"

	"softlaunch/models/payment"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// exceptions name what happened to a payment, to staff, who are written to in English.
var exceptions = map[payment.ExceptionKind]string{
	payment.EventParked:    "A message about a payment does not fit",
	payment.SessionSilent:  "A payment has not been heard of",
	payment.PaidHeldAgain:  "A payment came late, its goods were there",
	payment.PaidBack:       "A payment goes back to its buyer",
	payment.RefundStranded: "A refund was not sent",
}

// Exception tells staff of a payment that somebody has to look at. url is the shop's public address.
func Exception(e payment.Exception, url string) Letter {
	l := Letter{Locale: i18n.For("en", "")}
	l.Reference = cmp.Or(e.Number, e.About)
	l.Title = exceptions[e.Kind]
	l.Subject = l.Title + ": " + l.Reference
	l.Text = []string{"Reference " + e.About + ".", e.Finding}
	l.Button = components.Link{Text: "See it in the back-office", URL: url + "/admin/payments"}
	return l
}
