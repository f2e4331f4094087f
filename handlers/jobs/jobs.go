// Package jobs does what the shop queued. A job is a request without a browser: it loads, renders a mail, keeps it, sends
// it and marks itself as done.
package jobs

import (
	"context"
	"strings"

	"softlaunch/models"
	"softlaunch/models/document"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
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
	handlers := map[string]job.Handler{document.JobPrint: d.document, order.MailWithdrawal: d.withdrawal, order.MailAgain: d.again, order.MailLinks: d.links, order.MailRefundSent: d.refund,
		payment.AlarmException: d.exception}
	for _, kind := range order.MailKinds {
		handlers[kind] = d.order
	}
	for _, kind := range launch.NoticeKinds {
		handlers[kind] = d.interest
	}
	for _, kind := range launch.AlarmKinds {
		handlers[kind] = d.alarm
	}
	return handlers
}

// order mails a buyer what has become of the order.
func (d desk) order(ctx context.Context, j job.Job) error {
	o, err := d.shop.Orders.ByMail(ctx, j.Kind, j.SubjectID)
	if err != nil {
		return err
	}
	sender, err := d.sender(ctx, o.Store, o.Language)
	if err != nil {
		return err
	}
	letter := email.Order(sender, j.Kind, o, j.SubjectID)
	if letter.Attachments, err = d.attached(ctx, j.Kind, j.SubjectID, o); err != nil {
		return err
	}
	return d.post(ctx, order.Mail{JobID: j.ID, OrderID: &o.ID, Kind: j.Kind, Recipient: o.Email}, letter)
}

// refund mails a buyer that money was sent back.
func (d desk) refund(ctx context.Context, j job.Job) error {
	o, r, err := d.shop.Orders.Refunded(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	sender, err := d.sender(ctx, o.Store, o.Language)
	if err != nil {
		return err
	}
	return d.post(ctx, order.Mail{JobID: j.ID, OrderID: &o.ID, Kind: j.Kind, Recipient: o.Email}, email.Refund(sender, o, r))
}

// links mails the links of somebody's orders, when there are any.
func (d desk) links(ctx context.Context, j job.Job) error {
	asked, orders, err := d.shop.Lookups.Answer(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	if len(orders) == 0 {
		return d.shop.Lookups.Finish(ctx, j, false)
	}
	sender, err := d.sender(ctx, asked.Store, asked.Language)
	if err != nil {
		return err
	}
	sent, err := d.send(ctx, order.Mail{JobID: j.ID, Kind: j.Kind, Recipient: asked.Email}, email.Links(sender, orders))
	if err != nil {
		return err
	}
	return d.shop.Lookups.Finish(context.WithoutCancel(ctx), j, sent.taken)
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

// again sends a mail as it was kept. Without a mailer it stays unsent.
func (d desk) again(ctx context.Context, j job.Job) error {
	m, found, err := d.shop.Orders.Again(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	if !found || d.mailer == nil {
		return d.shop.Orders.FinishAgain(ctx, j, false)
	}
	if err := d.mailer.Send(ctx, m); err != nil {
		return err
	}
	return d.shop.Orders.FinishAgain(context.WithoutCancel(ctx), j, true)
}

// post keeps a mail before it sends it, so that each try sends the same. The mark that it was sent is made even when the
// shop is about to stop; when it is lost all the same the mail goes out twice, never not at all.
func (d desk) post(ctx context.Context, m order.Mail, letter email.Letter) error {
	sent, err := d.send(ctx, m, letter)
	if err != nil {
		return err
	}
	return d.shop.Orders.FinishMail(context.WithoutCancel(ctx), sent.mail, sent.taken)
}

// sent is a mail as it was kept; taken says that a mail server has it.
type sent struct {
	mail  order.Mail
	taken bool
}

// send keeps a mail and hands it to the mail server, if there is one.
func (d desk) send(ctx context.Context, m order.Mail, letter email.Letter) (sent, error) {
	written, err := letter.Write(ctx)
	if err != nil {
		return sent{}, err
	}
	m.Language, m.Subject, m.Plain, m.HTML, m.Attachments = written.Language, written.Subject, written.Plain, written.HTML, written.Attachments
	if m, err = d.shop.Orders.KeepMail(ctx, m); err != nil || d.mailer == nil {
		return sent{mail: m}, err
	}
	return sent{mail: m, taken: true}, d.mailer.Send(ctx, m)
}

// addresses are those of the staff who have a right, with commas between, so that all see who knows.
func (d desk) addresses(ctx context.Context, right staff.Right) (string, error) {
	members, err := d.shop.Staff.Members(ctx)
	var to []string
	for _, m := range members {
		if !m.Disabled() && m.Actor().May(right) {
			to = append(to, m.Email)
		}
	}
	return strings.Join(to, ", "), err
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
