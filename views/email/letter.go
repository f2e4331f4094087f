// Package email writes the shop's mails: one message and one button each, as HTML and as the same in plain text. A mail
// is read for years, outside the shop and without it: addresses are absolute, and nothing is loaded from anywhere.
package email

import (
	"bytes"
	"context"
	"net/url"
	"slices"

	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// Pages are the slugs of the store's pages that mails rest on.
var Pages = []string{"terms", "withdrawal", "imprint"}

// Sender is what every mail of a store rests on.
type Sender struct {
	Store market.Store
	Pages []market.Page // those of Pages that there are, with their bodies
	URL   string        // the shop's public address without a slash at its end
}

// Letter is a mail before it is written down. Its texts are ready to read.
type Letter struct {
	i18n.Locale
	Subject    string
	Reference  string // "Order US-10001"
	Title      string
	Greeting   string
	Text       []string // what has happened and what happens next
	Button     components.Link
	Box        Box // what the reader needs at hand: where to transfer, what to track
	Goods      Goods
	Parts      []Part
	LinksTitle string
	Links      []components.Link // terms and withdrawal, orders, or the way off a list
	Withdraw   components.Link   // where a contract is withdrawn from, in mails about orders
	Texts      []Text            // what the reader keeps: terms and withdrawal in full
	Seller     string            // name and address on one line
	Imprint    components.Link

	Attachments []order.Attachment // files that go with it: the letter names them
}

// Box is a short table that stands out.
type Box struct {
	Title string
	Rows  []components.Row
}

// Goods are an order's lines and what they come to.
type Goods struct {
	Title  string
	Lines  []components.Line
	Totals components.Totals
}

// Part is a title with a few lines: the delivery, the address, the payment.
type Part struct {
	Title string
	Text  []string
}

// Text is a text of the store in full.
type Text struct{ Title, Plain, HTML string }

// Message is a mail as it is sent.
type Message struct {
	Language             string // BCP 47
	Subject, Plain, HTML string
	Attachments          []order.Attachment
}

// Write writes a letter down, both ways. It names the files that go with it.
func (l Letter) Write(ctx context.Context) (Message, error) {
	if len(l.Attachments) > 0 {
		l.Parts = append(slices.Clip(l.Parts), l.attached())
	}
	var html bytes.Buffer
	err := sheet(l).Render(ctx, &html)
	return Message{Language: l.Tag(), Subject: l.Subject, Plain: l.plain(), HTML: html.String(), Attachments: l.Attachments}, err
}

func (l Letter) attached() Part {
	files := Part{Title: l.T("mail.attached")}
	for _, a := range l.Attachments {
		files.Text = append(files.Text, a.Name)
	}
	return files
}

// letter is an empty sheet with the store's head and foot.
func (s Sender) letter() Letter {
	l := Letter{Locale: i18n.For(s.Store.Language, s.Store.Market.Country)}
	if imprint, found := s.page("imprint"); found {
		l.Seller = address(imprint.Body)
		l.Imprint = s.link(imprint)
	}
	return l
}

// withdraw leads to where a contract is withdrawn from (Directive 2011/83/EU, art. 11a), with the order's number filled in when
// there is one.
func (s Sender) withdraw(l *Letter, number string) {
	l.Withdraw = components.Link{Text: l.T("footer.withdrawal"), URL: s.to("/withdrawal")}
	if number != "" {
		l.Withdraw.URL += "?order=" + url.QueryEscape(number)
	}
}

// lawful are the slugs of the pages that are part of a contract, in the order in which they are given.
var lawful = []string{"terms", "withdrawal"}

// law adds the ways to the terms and to withdrawal, and the texts in full when the mail is the contract's confirmation on
// a durable medium (Directive 2011/83/EU, art. 8(7)).
func (s Sender) law(l *Letter, inFull bool) {
	l.LinksTitle = l.T("mail.rights")
	for _, slug := range lawful {
		page, found := s.page(slug)
		if !found {
			continue
		}
		l.Links = append(l.Links, s.link(page))
		if inFull {
			l.Texts = append(l.Texts, Text{Title: page.Title, Plain: s.plainText(page.Body), HTML: s.html(page.Body)})
		}
	}
}

func (s Sender) page(slug string) (market.Page, bool) {
	at := slices.IndexFunc(s.Pages, func(p market.Page) bool { return p.Slug == slug })
	if at < 0 {
		return market.Page{}, false
	}
	return s.Pages[at], true
}

func (s Sender) link(page market.Page) components.Link {
	return components.Link{Text: page.Title, URL: s.to("/pages/" + page.Slug)}
}

// to is the absolute address of a path in the store.
func (s Sender) to(path string) string { return s.URL + "/" + s.Store.Path() + path }
