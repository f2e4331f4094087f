package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"softlaunch/models/job"
	"softlaunch/models/order"
	"softlaunch/views/i18n"
)

// Mailer sends a mail, or says why it did not. Its errors are logged and shown to staff: they name no recipient.
type Mailer interface {
	Send(ctx context.Context, m order.Mail) error
}

const (
	// timeout is how long a mail server may take to greet, and again to take a mail.
	timeout = 30 * time.Second
	// grace is how long a mail that is on its way may still take when the shop stops.
	grace = 5 * time.Second
)

// server is a mail server and the address that mails come from.
type server struct {
	host    string
	options []mail.Option
	from    netmail.Address
}

// Send delivers a mail. Those of several recipients whom the server knows get theirs even if it refuses another.
func (s server) Send(ctx context.Context, m order.Mail) error {
	err := s.hand(ctx, m)
	all := strings.Split(m.Recipient, ", ")
	if len(all) == 1 || !errors.Is(err, errRecipient) {
		return err
	}
	taken := false
	for _, one := range all {
		m.Recipient = one
		if alone := s.hand(ctx, m); alone == nil {
			taken = true
		}
	}
	if taken {
		return nil
	}
	return err
}

// hand gives a mail to the server. When ctx ends it is given a little longer: cut off, it might have gone out and go out
// again.
func (s server) hand(ctx context.Context, m order.Mail) error {
	message, err := s.message(m)
	if err != nil {
		return err
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("smtp: %w", err)
	}
	delivered := make(chan error, 1)
	go func() { delivered <- deliver(context.WithoutCancel(ctx), client, message) }()
	select {
	case err := <-delivered:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-delivered:
		return err
	case <-time.After(grace):
		return ctx.Err()
	}
}

// deliver recovers because a panic on its goroutine would end the shop.
func deliver(ctx context.Context, client *mail.Client, message *mail.Msg) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("smtp: panic: %v", cause)
		}
	}()
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // the server has it; only the farewell went wrong
	}
	return judged(err)
}

// judged is an error without the words of the server, which may repeat the recipient's address. A recipient or a mail that
// the server refuses for good (RFC 5321 section 4.2.1: 5yz) is final; what it has against this shop is not, because that
// can be mended here.
func judged(err error) error {
	var refused *mail.SendError
	if !errors.As(err, &refused) {
		return fmt.Errorf("smtp: %w", err)
	}
	if refused.ErrorCode() == 0 {
		return errors.New("smtp: the connection broke")
	}
	said := fmt.Errorf("smtp: %w: %d %s", step(refused.Reason), refused.ErrorCode(), refused.EnhancedStatusCode())
	if refused.ErrorCode() >= 500 && about[refused.Reason] && !strings.HasPrefix(refused.EnhancedStatusCode(), "5.7.") {
		return job.Final(said)
	}
	return said
}

// about are the steps at which a server refuses the mail and not the shop. A policy (RFC 3463: 5.7.x) is about the shop.
var about = map[mail.SendErrReason]bool{mail.ErrSMTPRcptTo: true, mail.ErrSMTPData: true, mail.ErrSMTPDataClose: true}

// errRecipient is that the server does not take mail for a recipient.
var errRecipient = errors.New("the recipient was refused")

// step says to staff what the server refused.
func step(reason mail.SendErrReason) error {
	switch reason {
	case mail.ErrSMTPRcptTo:
		return errRecipient
	case mail.ErrSMTPMailFrom:
		return errors.New("the sender was refused")
	}
	return errors.New("the mail was refused")
}

// message is a mail on the wire. Its id is the same at each try, so that the reader's mail program can tell a second copy;
// that it was made by a program (RFC 3834) keeps holiday notes away.
func (s server) message(m order.Mail) (*mail.Msg, error) {
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	message.FromMailAddress(&s.from)
	if err := recipients(message, m.Recipient); err != nil {
		return nil, errors.New("smtp: the recipient's address can't be used")
	}
	_, domain, _ := strings.Cut(s.from.Address, "@")
	message.SetMessageIDWithValue(m.Key() + "@" + domain)
	message.SetDateWithValue(m.At.Time())
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Language != "" {
		message.SetGenHeader(mail.HeaderContentLang, m.Language)
	}
	message.Subject(m.Subject)
	message.SetBodyString(mail.TypeTextPlain, m.Plain)
	message.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	for _, a := range m.Attachments {
		message.AttachReadSeeker(a.Name, bytes.NewReader(a.Content), mail.WithFileContentType(mail.ContentType(a.ContentType)))
	}
	return message, nil
}

// recipients are one address, or several with commas between.
func recipients(message *mail.Msg, list string) error {
	all, err := netmail.ParseAddressList(list)
	if err != nil {
		return err
	}
	to := make([]string, len(all))
	for i, one := range all {
		to[i] = one.Address
	}
	return message.To(to...)
}

// sign gives an address without a name the shop's.
func sign(from netmail.Address) netmail.Address {
	if from.Name == "" {
		from.Name = i18n.Locale{}.T("shop.name")
	}
	return from
}
