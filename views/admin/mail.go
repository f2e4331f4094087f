package admin

import (
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// MailsPage is the outbox.
type MailsPage struct {
	Frame
	Mails []MailRow
	Older string
}

// MailRow is a mail in the outbox.
type MailRow struct{ Subject, URL, Recipient, Kind, Kept, Sent string }

// NewMailsPage lists mails; more says that there are older ones.
func NewMailsPage(frame Frame, mails []order.Mail, more bool) MailsPage {
	p := MailsPage{Frame: frame}
	for _, m := range mails {
		p.Mails = append(p.Mails, MailRow{Subject: m.Subject, URL: "/admin/mails/" + id(m.ID), Recipient: m.Recipient, Kind: m.Kind, Kept: utc(m.At), Sent: sent(m)})
	}
	if more {
		p.Older = "/admin/mails?before=" + id(mails[len(mails)-1].ID)
	}
	return p
}

func sent(m order.Mail) string {
	if m.SentAt.IsZero() {
		return "kept, not sent"
	}
	return utc(m.SentAt)
}

// MailPage is one mail as text. HTML is where its other form can be seen, as it looks in a mail program.
type MailPage struct {
	Frame
	Facts []components.Row
	Plain string
	HTML  string
}

// NewMailPage shows a mail.
func NewMailPage(frame Frame, m order.Mail) MailPage {
	return MailPage{Frame: frame, Plain: m.Plain, HTML: "/admin/mails/" + id(m.ID) + "/html", Facts: []components.Row{
		{Name: "To", Value: m.Recipient}, {Name: "Subject", Value: m.Subject}, {Name: "Kind", Value: m.Kind}, {Name: "Written", Value: utc(m.At)}, {Name: "Sent", Value: sent(m)},
	}}
}
