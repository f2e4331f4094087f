package order

import (
	"context"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
)

// The kinds of jobs that mail a buyer. A job's subject is the order, of MailShipped the parcel and of MailRefunded the credit.
const (
	MailReceived  = "order.received"
	MailPaid      = "order.paid"
	MailShipped   = "order.shipped"
	MailRefunded  = "order.refunded"
	MailCancelled = "order.cancelled"
)

// MailKinds are the jobs that mail a buyer.
var MailKinds = []string{MailReceived, MailPaid, MailShipped, MailRefunded, MailCancelled}

// Mail is a mail as it went out, or as it would have: without a mail server it is kept unsent.
type Mail struct {
	ID        int64
	JobID     int64
	OrderID   *int64
	Kind      string
	Recipient string
	Subject   string
	Plain     string
	HTML      string
	At        clock.Instant
	SentAt    clock.Instant
}

// KeepMail keeps a mail before it is sent; a job's second try finds the first one's.
func (o *Orders) KeepMail(ctx context.Context, m Mail) (Mail, error) {
	err := o.data.Write(ctx, func(tx db.Tx) error {
		var kept []Mail
		if err := tx.Gorm().Where("job_id = ?", m.JobID).Limit(1).Find(&kept).Error; err != nil {
			return err
		}
		if len(kept) > 0 {
			m = kept[0]
			return nil
		}
		m.At = tx.Now()
		return tx.Gorm().Create(&m).Error
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

// Mails are the newest mails before an id (0 for the newest of all), without their bodies.
func (o *Orders) Mails(ctx context.Context, before int64, limit int) ([]Mail, error) {
	var mails []Mail
	err := o.data.Read(ctx, func(tx db.Tx) error {
		query := tx.Gorm().Select("id, job_id, order_id, kind, recipient, subject, at, sent_at").Order("id DESC").Limit(limit)
		if before > 0 {
			query = query.Where("id < ?", before)
		}
		return query.Find(&mails).Error
	})
	return mails, err
}

// Mail is one mail with its bodies.
func (o *Orders) Mail(ctx context.Context, id int64) (Mail, error) {
	var mails []Mail
	err := o.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Where("id = ?", id).Limit(1).Find(&mails).Error
	})
	if err == nil && len(mails) == 0 {
		return Mail{}, errUnknown
	}
	if err != nil {
		return Mail{}, err
	}
	return mails[0], nil
}
