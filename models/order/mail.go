package order

import (
	"context"
	"fmt"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
)

// The kinds of jobs that mail a buyer. A job's subject is the order, of MailShipped the parcel, of MailRefunded the
// credit and of MailReturn the return.
const (
	MailReceived  = "order.received"
	MailPaid      = "order.paid"
	MailShipped   = "order.shipped"
	MailRefunded  = "order.refunded"
	MailReturn    = "order.return"
	MailCancelled = "order.cancelled"
	MailPaidBack  = "order.paid_back"
	MailLate      = "order.late"
)

// MailKinds are the jobs that mail a buyer about an order.
var MailKinds = []string{MailReceived, MailPaid, MailShipped, MailRefunded, MailReturn, MailCancelled, MailPaidBack, MailLate}

// MailRefundSent is the job that tells a buyer that staff have sent money that was due; its subject is the refund.
const MailRefundSent = "refund.sent"

// Mail is a mail as it went out, or as it would have: without a mail server it is kept unsent. Language is its BCP 47 tag.
type Mail struct {
	ID          int64
	JobID       int64
	OrderID     *int64
	Kind        string
	Recipient   string
	Language    string
	Subject     string
	Plain       string
	HTML        string
	At          clock.Instant
	SentAt      clock.Instant
	Attachments []Attachment `gorm:"-"`
	Sending     int64        `gorm:"-"` // which of the times that staff had it sent again, 0 for the mail itself
}

// Key names what is sent, the same at each try: by it a reader's mail program tells a mail that went out twice. A mail
// that staff had sent again has another, so that it is not taken for one and hidden.
func (m Mail) Key() string {
	if m.Sending != 0 {
		return fmt.Sprintf("mail-%d-%d-again-%d", m.ID, int64(m.At), m.Sending)
	}
	return fmt.Sprintf("mail-%d-%d", m.ID, int64(m.At))
}

// KeepMail keeps a mail with its attachments before it is sent; a job's second try finds the first one's.
func (o *Orders) KeepMail(ctx context.Context, m Mail) (Mail, error) {
	err := o.data.Write(ctx, func(tx db.Tx) error {
		var kept []Mail
		if err := tx.Gorm().Where("job_id = ?", m.JobID).Limit(1).Find(&kept).Error; err != nil {
			return err
		}
		if len(kept) > 0 {
			m = kept[0]
			return m.attached(tx)
		}
		m.At = tx.Now()
		if err := tx.Gorm().Create(&m).Error; err != nil {
			return err
		}
		return m.attach(tx)
	})
	return m, err
}

// FinishMail marks a mail's job as done, and the mail as sent when a mail server took it. Between the sending and this mark
// a crash makes the mail go out twice, never not at all.
func (o *Orders) FinishMail(ctx context.Context, m Mail, sent bool) error {
	return o.data.Write(ctx, func(tx db.Tx) error {
		if sent {
			if _, err := tx.Exec("UPDATE mails SET sent_at = ? WHERE id = ?", tx.Now(), m.ID); err != nil {
				return err
			}
		}
		return job.Done(tx, m.JobID)
	})
}

// Mail is one mail with its bodies and attachments.
func (o *Orders) Mail(ctx context.Context, id int64) (Mail, error) {
	var m Mail
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		m, err = mail(tx, id)
		return err
	})
	return m, err
}

func mail(tx db.Tx, id int64) (Mail, error) {
	var found []Mail
	if err := tx.Gorm().Where("id = ?", id).Limit(1).Find(&found).Error; err != nil {
		return Mail{}, err
	}
	if len(found) == 0 {
		return Mail{}, errNoMail
	}
	return found[0], found[0].attached(tx)
}

var errNoMail = fault.New(fault.NotFound, "fault.mail")
