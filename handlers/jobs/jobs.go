// Package jobs does what the shop queued. A job is a request without a browser: it loads, renders a mail, keeps it, sends
// it and marks itself as done.
package jobs

import (
	"context"
	"strings"

	"softlaunch/models"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/email"
)

// desk is where mails are written.
type desk struct {
	shop   *models.Shop
	mailer Mailer
	url    string
}

// Handlers do the shop's jobs. Without a mailer mails are only kept, for staff to read in the back-office. publicURL is
// the shop's configured address without a slash at its end; links in mails never come from a request.
func Handlers(shop *models.Shop, mailer Mailer, publicURL string) map[string]job.Handler {
	d := desk{shop: shop, mailer: mailer, url: publicURL}
	handlers := map[string]job.Handler{order.MailWithdrawal: d.withdrawal}
	for _, kind := range order.MailKinds {
		handlers[kind] = d.order
	}
	return handlers
}

// order mails a buyer what has become of the order.
func (d desk) order(ctx context.Context, j job.Job) error {
	o, err := d.shop.Orders.ByID(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	sender, err := d.sender(ctx, o.Store, o.Language)
	if err != nil {
		return err
	}
	return d.post(ctx, order.Mail{JobID: j.ID, OrderID: &o.ID, Kind: j.Kind, Recipient: o.Email}, email.Order(sender, j.Kind, o))
}

// withdrawal acknowledges a declaration to the address that was typed.
func (d desk) withdrawal(ctx context.Context, j job.Job) error {
	w, err := d.shop.Orders.Withdrawal(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	sender, err := d.sender(ctx, w.Store, w.Language)
	if err != nil {
		return err
	}
	return d.post(ctx, order.Mail{JobID: j.ID, OrderID: w.OrderID, Kind: j.Kind, Recipient: w.Email}, email.Withdrawal(sender, w))
}

// post keeps a mail before it sends it, so that each try sends the same. The mark that it was sent is made even when the
// shop is about to stop; when it is lost all the same the mail goes out twice, never not at all.
func (d desk) post(ctx context.Context, m order.Mail, letter email.Letter) error {
	written, err := letter.Write(ctx)
	if err != nil {
		return err
	}
	m.Subject, m.Plain, m.HTML = written.Subject, written.Plain, written.HTML
	if m, err = d.shop.Orders.KeepMail(ctx, m); err != nil {
		return err
	}
	if d.mailer != nil {
		if err := d.mailer.Send(ctx, m); err != nil {
			return err
		}
	}
	return d.shop.Orders.FinishMail(context.WithoutCancel(ctx), m, d.mailer != nil)
}

// sender is a store as mails know it, drafts included: what was ordered is mailed about whatever became of the market.
func (d desk) sender(ctx context.Context, path, language string) (email.Sender, error) {
	code, _, _ := strings.Cut(path, "-")
	m, err := d.shop.Markets.Market(ctx, code)
	if err != nil {
		return email.Sender{}, err
	}
	s := email.Sender{Store: market.Store{Market: m, Language: language}, URL: d.url}
	for _, slug := range email.Pages {
		page, err := d.shop.Markets.Page(ctx, s.Store, slug)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return s, err
		}
		if err == nil {
			s.Pages = append(s.Pages, page)
		}
	}
	return s, nil
}
