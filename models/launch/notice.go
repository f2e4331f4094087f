package launch

import (
	"context"
	"crypto/rand"
	"fmt"

	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/market"
)

// The kinds of jobs that mail people on a list of interest. The subject is the entry, of MailInvited the access code.
const (
	MailConfirm = "interest.confirm"
	MailOpened  = "interest.opened"
	MailMoved   = "interest.moved"
	MailInvited = "code.invited"
)

// NoticeKinds are the jobs that mail people on a list of interest.
var NoticeKinds = []string{MailConfirm, MailOpened, MailMoved, MailInvited}

// Notice is what a mail to somebody on a list of interest says.
type Notice struct {
	Kind    string
	Email   string
	Store   market.Store
	Product string // slug, empty for the market alone
	Name    string // of the product, in the store's language
	Token   string // secret of the link that confirms and leaves; not of MailOpened, after which there is nothing to leave
	Code    string // access code, of MailInvited
	Draw    string // name of the draw that was won, of MailInvited when there was one
}

// Notice reads what a job's mail says. found is false when nobody is to be mailed any more: he has left the list, or the
// code was revoked. Either way the job ends with Mailed. A job's second try gets the same link as its first.
func (i *Interests) Notice(ctx context.Context, j job.Job) (n Notice, found bool, err error) {
	err = i.data.Write(ctx, func(tx db.Tx) (err error) {
		n, found = Notice{Kind: j.Kind}, false
		entry := j.SubjectID
		if j.Kind == MailInvited {
			if entry, err = n.invitation(tx, j.SubjectID); err != nil || entry == 0 {
				return err
			}
		}
		found, err = n.address(tx, entry)
		return err
	})
	return n, found, err
}

// invitation fills in the code and answers the entry it is for, 0 for none.
func (n *Notice) invitation(tx db.Tx, codeID int64) (entry int64, err error) {
	var seed []byte
	var number int
	err = tx.QueryRow(`SELECT COALESCE(c.interest_id, 0), c.number, b.seed, COALESCE(d.name, '')
		FROM access_codes c JOIN code_batches b ON b.id = c.batch_id LEFT JOIN draws d ON d.id = b.draw_id
		WHERE c.id = ? AND c.mailed_at IS NULL AND c.revoked_at IS NULL AND b.seed IS NOT NULL`, codeID).Scan(&entry, &number, &seed, &n.Draw)
	if db.NotFound(err) {
		return 0, nil
	}
	n.Code = codeText(seed, number)
	return entry, err
}

// address fills in whom the mail goes to and what it is about.
func (n *Notice) address(tx db.Tx, entry int64) (found bool, err error) {
	entries, err := interestsWhere(tx, "i.id = ?", entry)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	e := entries[0]
	if n.Kind == MailMoved && !e.ToldAt.IsZero() {
		return false, nil
	}
	n.Email, n.Product, n.Store.Language = e.Email, e.Product, e.Language
	if n.Store.Market, err = market.ByID(tx, e.MarketID); err != nil {
		return false, err
	}
	if e.ProductID != nil {
		err = tx.QueryRow("SELECT name FROM product_texts WHERE product_id = ? AND language = ?", *e.ProductID, e.Language).Scan(&n.Name)
		if err != nil && !db.NotFound(err) {
			return false, err
		}
	}
	if n.Kind != MailOpened {
		n.Token, err = secret(tx, e.ID)
	}
	return err == nil, err
}

// secret is the token of an entry's newest mail: the one it has while that mail waits, else a new one, which makes the
// links of older mails worthless.
func secret(tx db.Tx, entry int64) (string, error) {
	fresh := rand.Text()
	var token string
	err := tx.QueryRow(`UPDATE interests SET token_hash = CASE WHEN token IS NULL THEN ? ELSE token_hash END, token = COALESCE(token, ?)
		WHERE id = ? RETURNING token`, tokenHash(fresh), fresh, entry).Scan(&token)
	return token, err
}

// Mailed ends a notice's job, in place of order.FinishMail: sent says whether a mail server took the mail. What was mailed
// is then forgotten, because it holds the address and a secret; without a mail server it stays to be read. Somebody who
// was told that it is open is taken off the list, and leaves a trace. Between the sending and this mark a crash makes the mail go out twice.
func (i *Interests) Mailed(ctx context.Context, j job.Job, sent bool) error {
	return i.data.Write(ctx, func(tx db.Tx) error {
		if sent {
			if _, err := tx.Exec("DELETE FROM mails WHERE job_id = ?", j.ID); err != nil {
				return err
			}
		}
		if err := conclude(tx, j); err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

func conclude(tx db.Tx, j job.Job) error {
	var err error
	switch j.Kind {
	case MailConfirm, MailMoved:
		_, err = tx.Exec("UPDATE interests SET token = NULL WHERE id = ?", j.SubjectID)
	case MailOpened:
		err = finish(tx, j.SubjectID)
	case MailInvited:
		err = concludeInvitation(tx, j.SubjectID)
	default:
		err = fmt.Errorf("launch: job %q is no notice", j.Kind)
	}
	return err
}

// concludeInvitation notes that a code is out, or revokes the code of somebody who left. After a batch's last one its seed is
// erased.
func concludeInvitation(tx db.Tx, codeID int64) error {
	var batchID int64
	err := tx.QueryRow(`UPDATE access_codes SET mailed_at = CASE WHEN interest_id IS NULL THEN mailed_at ELSE ? END,
			revoked_at = CASE WHEN interest_id IS NULL THEN ? ELSE revoked_at END
		WHERE id = ? AND mailed_at IS NULL AND revoked_at IS NULL
			AND batch_id IN (SELECT id FROM code_batches WHERE revoked_at IS NULL) RETURNING batch_id`, tx.Now(), tx.Now(), codeID).Scan(&batchID)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE interests SET token = NULL WHERE id = (SELECT interest_id FROM access_codes WHERE id = ?)", codeID); err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE code_batches SET seed = NULL WHERE id = ? AND made = wanted
		AND NOT EXISTS (SELECT 1 FROM access_codes WHERE batch_id = ? AND mailed_at IS NULL AND revoked_at IS NULL)`, batchID, batchID)
	return err
}
