package admin

import (
	"net/url"

	"softlaunch/models/launch"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/views/components"
)

// MailsPage is the outbox.
type MailsPage struct {
	Frame
	Search Search
	Mails  *Table
	Older  string
}

// mailKinds name the kinds of mails to staff.
var mailKinds = map[string]string{
	order.MailReceived: "Order received", order.MailPaid: "Order paid", order.MailShipped: "Order shipped", order.MailCancelled: "Order cancelled",
	order.MailRefunded: "Money back", order.MailReturn: "Return answered", order.MailRefundSent: "Refund sent", order.MailLate: "Order late", order.MailWithdrawal: "Withdrawal acknowledged",
	order.MailLinks: "Links of orders", order.MailAgain: "Sent again", launch.MailConfirm: "Interest: confirm", launch.MailOpened: "Interest: it is open",
	launch.MailMoved: "Interest: new date", launch.MailInvited: "Invitation with a code",
	launch.AlarmChecklist: "Alarm: red line", launch.AlarmApproval: "Alarm: approval ends", payment.AlarmException: "Alarm: payment", order.MailPaidBack: "Paid back",
}

// kindName is a kind of mail, or of another job, in words.
func kindName(kind string) string {
	if name, known := mailKinds[kind]; known {
		return name
	}
	return kind
}

var mailStates = map[order.MailState]components.State{
	order.MailSent: {Kind: "open", Words: "Sent"}, order.MailWaiting: {Kind: "test", Words: "Waiting"},
	order.MailDead: {Kind: "blocked", Words: "Given up"}, order.MailKept: {Kind: "paused", Words: "Kept, not sent"},
}

// NewMailsPage lists mails; more says that there are older ones, may that the reader may have them tried again.
func NewMailsPage(frame Frame, f order.MailFilter, mails []order.Outgoing, more, may bool) MailsPage {
	p := MailsPage{Frame: frame, Search: Search{Action: "/admin/mails", Label: "Recipient or order number", Text: f.Text,
		Narrowed: f.Kind != "" || f.State != "" || f.Text != ""}}
	p.Search.Lists = []components.Field{list("kind", "Kind", "All kinds", f.Kind, kindOptions(append([]string{order.MailAgain}, order.AllMailKinds...))),
		list("state", "State", "All states", string(f.State), stateChoices())}
	p.Mails = &Table{Label: "Mails", Heads: heads("Mail", "State", "To", "Kind", "Queued")}
	for _, m := range mails {
		p.Mails.Rows = append(p.Mails.Rows, outgoingRow(m, may))
	}
	if more {
		p.Older = "/admin/mails?" + url.Values{"q": {f.Text}, "kind": {f.Kind}, "state": {string(f.State)}, "before": {id(mails[len(mails)-1].JobID)}}.Encode()
	}
	return p
}

func kindOptions(kinds []string) []components.Option {
	var options []components.Option
	for _, kind := range kinds {
		options = append(options, components.Option{Value: kind, Text: kindName(kind)})
	}
	return options
}

func stateChoices() []components.Option {
	var options []components.Option
	for _, state := range order.MailStates {
		options = append(options, components.Option{Value: string(state), Text: mailStates[state].Words})
	}
	return options
}

func outgoingRow(m order.Outgoing, may bool) []Cell {
	subject := Cell{Text: m.Subject, URL: "/admin/mails/" + id(m.MailID)}
	if m.MailID == 0 {
		subject = Cell{Text: "Not written yet"}
	}
	return []Cell{subject, outgoingState(m, may), {Text: m.Recipient, More: m.OrderNumber}, {Text: kindName(m.Kind)}, {Text: utc(m.QueuedAt)}}
}

// outgoingState says how far a mail has come, what went wrong, and when it is tried next.
func outgoingState(m order.Outgoing, may bool) Cell {
	state := m.State()
	c := Cell{State: mailStates[state]}
	if m.LastError != "" {
		c.Lines = append(c.Lines, tries(m.Attempts)+": "+m.LastError)
	}
	switch {
	case state == order.MailSent:
		c.Lines = append(c.Lines, utc(m.SentAt))
	case state == order.MailWaiting && m.Attempts > 0:
		c.Lines = append(c.Lines, "Next try "+utc(m.RunAt))
	case state == order.MailDead && may:
		c.Form = &Form{Action: "/admin/jobs/" + id(m.JobID) + "/attempt", Button: "Try again", Quiet: true}
	}
	return c
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return count(n) + " tries"
}

// NewMailPage shows a mail with the ways it went out: its own first, then each time it was sent again.
func NewMailPage(frame Frame, m order.Mail, ways []order.Outgoing, may bool) SectionsPage {
	base := "/admin/mails/" + id(m.ID)
	facts := Section{Title: "Mail", Rows: []components.Row{
		{Name: "To", Value: m.Recipient}, {Name: "Subject", Value: m.Subject}, {Name: "Kind", Value: kindName(m.Kind)},
		{Name: "Language", Value: m.Language}, {Name: "Written", Value: utc(m.At)},
	}}
	for _, a := range m.Attachments {
		facts.Links = append(facts.Links, components.Link{Text: a.Name, URL: base + "/attachments/" + id(a.ID)})
	}
	sent := Section{Title: "How it went out", Table: &Table{Label: "How it went out", Heads: heads("Asked for", "State")}}
	done := true
	for _, way := range ways {
		sent.Table.Rows = append(sent.Table.Rows, []Cell{{Text: utc(way.QueuedAt), More: kindName(way.Kind)}, outgoingState(way, may)})
		done = done && !way.DoneAt.IsZero()
	}
	if may && done {
		sent.Form = &Form{Action: base + "/sending", Button: "Send again", Quiet: true, Hidden: []Hidden{{Name: "seen", Value: id(int64(len(ways) - 1))}}}
		sent.Notes = []string{"The button sends it to " + m.Recipient + " once more, as it is."}
	}
	return SectionsPage{Frame: frame, Sections: []Section{facts, sent,
		{Title: "As a mail program shows it", Chart: letterFrame(base + "/html"), Links: []components.Link{{Text: "See it alone", URL: base + "/html"}}},
		{Title: "As text", Chart: letterText(m.Plain)}}}
}
