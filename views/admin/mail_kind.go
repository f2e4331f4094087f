package admin

import (
	"net/url"

	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/email"
	"softlaunch/views/i18n"
)

// MailKindPage shows what a mail of a kind looks like in a store. Problem is why there is nothing to show.
type MailKindPage struct {
	Frame
	Kinds   []components.Link
	Search  Search
	Subject string
	HTML    string
	Plain   string
	Problem string
}

// NewMailKindPage shows a mail that nobody gets.
func NewMailKindPage(frame Frame, kind, store string, stores []market.Store, m email.Message, problem string) MailKindPage {
	query := "?" + url.Values{"store": {store}}.Encode()
	p := MailKindPage{Frame: frame, Subject: m.Subject, Plain: m.Plain, HTML: "/admin/mails/kinds/" + kind + "/html" + query, Problem: problem}
	for _, k := range order.AllMailKinds {
		p.Kinds = append(p.Kinds, components.Link{Text: kindName(k), URL: "/admin/mails/kinds/" + k + query, Current: k == kind})
	}
	var options []components.Option
	for _, s := range stores {
		options = append(options, components.Option{Value: s.Path(), Text: country(s.Market) + ", " + i18n.Name(s.Language)})
	}
	p.Search = Search{Action: "/admin/mails/kinds/" + kind, Lists: []components.Field{list("store", "Store", "", store, options)}}
	return p
}
