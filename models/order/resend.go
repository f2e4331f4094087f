package order

import (
	"context"
	"fmt"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/staff"
)

// MailAgain is the job that sends a mail once more; its subject is the sending.
const MailAgain = "mail.again"

// sending is a row of mail_sendings.
type sending struct {
	ID      int64
	MailID  int64
	AskedAt clock.Instant
	SentAt  clock.Instant
}

func (sending) TableName() string { return "mail_sendings" }

// SendAgain has a mail go out once more, as it is, to the same recipient. seen is how often it had gone out again when the
// button was shown: pressed twice, by the same person or another, it sends one. A mail whose own job is not done yet is a
// Conflict.
func (o *Orders) SendAgain(ctx context.Context, by staff.Actor, mailID int64, seen int) error {
	if err := by.Require(staff.ManageOrders); err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		m, err := mail(tx, mailID)
		if err != nil {
			return err
		}
		var done bool
		var times int
		err = tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ? AND done_at IS NOT NULL),
			(SELECT COUNT(*) FROM mail_sendings WHERE mail_id = ?)`, m.JobID, m.ID).Scan(&done, &times)
		if err != nil {
			return err
		}
		if !done {
			return fault.New(fault.Conflict, "mail.waiting")
		}
		if times != seen {
			return nil
		}
		s := sending{MailID: m.ID, AskedAt: tx.Now()}
		if err := tx.Gorm().Create(&s).Error; err != nil {
			return err
		}
		if err := job.Queue(tx, MailAgain, s.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "send again", Subject: "mail", Name: fmt.Sprintf("%s %d", m.Kind, m.ID)})
	})
}

// Again is what a job of kind MailAgain sends. found is false when the mail was forgotten meanwhile.
func (o *Orders) Again(ctx context.Context, sendingID int64) (m Mail, found bool, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		var asked []sending
		if err := tx.Gorm().Where("id = ?", sendingID).Limit(1).Find(&asked).Error; err != nil || len(asked) == 0 {
			return err
		}
		if m, err = mail(tx, asked[0].MailID); err != nil {
			return err
		}
		m.At, m.Sending, found = asked[0].AskedAt, sendingID, true
		return nil
	})
	return m, found, err
}

// FinishAgain ends a job of kind MailAgain; sent says whether a mail server took the mail.
func (o *Orders) FinishAgain(ctx context.Context, j job.Job, sent bool) error {
	return o.data.Write(ctx, func(tx db.Tx) error {
		if sent {
			if _, err := tx.Exec("UPDATE mail_sendings SET sent_at = ? WHERE id = ?", tx.Now(), j.SubjectID); err != nil {
				return err
			}
		}
		return job.Done(tx, j.ID)
	})
}

// TryAgain has a job tried again that was given up. Pressed twice it is tried once.
func (o *Orders) TryAgain(ctx context.Context, by staff.Actor, jobID int64) error {
	if err := by.Require(staff.ManageOrders); err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		var kind string
		err := tx.QueryRow("SELECT kind FROM jobs WHERE id = ?", jobID).Scan(&kind)
		if db.NotFound(err) {
			return errNoMail
		}
		if err != nil {
			return err
		}
		retried, err := job.Retry(tx, jobID)
		if err != nil || !retried {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "try again", Subject: "job", Name: fmt.Sprintf("%s %d", kind, jobID)})
	})
}
