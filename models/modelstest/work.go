package modelstest

import (
	"context"
	"strconv"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/document"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/order"
)

// AccessCodes makes access codes of a market, for a product or for all of them when the slug is empty, and exports them.
func (s *Shop) AccessCodes(t testing.TB, market, product string, quantity, uses int) []string {
	t.Helper()
	ctx := context.Background()
	form := launch.CodeForm{Product: product, Label: "for a test", Quantity: strconv.Itoa(quantity), Uses: strconv.Itoa(uses)}
	batch, err := s.Codes.Make(ctx, Owner, market, form)
	if err != nil {
		t.Fatal(err)
	}
	s.Work(t)
	codes, err := s.Codes.Export(ctx, Owner, batch)
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// Work has the shop do what waits, its sweeps and its jobs, until nothing more gets done. It answers what was mailed to people on lists of interest,
// by a mail server that takes everything.
func (s *Shop) Work(t testing.TB) []launch.Notice {
	t.Helper()
	var sent []launch.Notice
	handlers := map[string]job.Handler{document.JobPrint: func(ctx context.Context, j job.Job) error {
		return s.Documents.Printed(ctx, j, []byte("printed"))
	}}
	for _, kind := range order.MailKinds {
		handlers[kind] = s.mailOrder
	}
	for _, kind := range launch.NoticeKinds {
		handlers[kind] = func(ctx context.Context, j job.Job) error {
			n, found, err := s.Interests.Notice(ctx, j)
			if err != nil || !found {
				return orMailed(ctx, s, j, err)
			}
			if _, err := s.Orders.KeepMail(ctx, order.Mail{JobID: j.ID, Kind: n.Kind, Recipient: n.Email, Subject: n.Name, Plain: n.Token + n.Code}); err != nil {
				return err
			}
			sent = append(sent, n)
			return s.Interests.Mailed(ctx, j, true)
		}
	}
	for done, before := int64(0), int64(-1); done != before; {
		s.Worker(handlers).Round(context.Background())
		before, done = done, s.Number(t, "SELECT COUNT(*) FROM jobs WHERE done_at IS NOT NULL")
	}
	return sent
}

// orMailed ends a job that mails nobody.
func orMailed(ctx context.Context, s *Shop, j job.Job, err error) error {
	if err != nil {
		return err
	}
	return s.Interests.Mailed(ctx, j, false)
}

func (s *Shop) mailOrder(ctx context.Context, j job.Job) error {
	o, err := s.Orders.ByMail(ctx, j.Kind, j.SubjectID)
	if err != nil {
		return err
	}
	mail, err := s.Orders.KeepMail(ctx, order.Mail{JobID: j.ID, OrderID: &o.ID, Kind: j.Kind, Recipient: o.Email})
	if err != nil {
		return err
	}
	return s.Orders.FinishMail(ctx, mail, true)
}

// Job is the one job of a kind that waits.
func (s *Shop) Job(t testing.TB, kind string) job.Job {
	t.Helper()
	found := s.Jobs(t, kind)
	if len(found) != 1 {
		t.Fatalf("%d jobs of kind %s wait", len(found), kind)
	}
	return found[0]
}

// Jobs are those of a kind that wait.
func (s *Shop) Jobs(t testing.TB, kind string) []job.Job {
	t.Helper()
	var found []job.Job
	s.Read(t, func(tx db.Tx) error {
		return tx.Gorm().Where("kind = ? AND done_at IS NULL AND dead_at IS NULL", kind).Order("id").Find(&found).Error
	})
	return found
}
