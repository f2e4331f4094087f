package launch

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Codes makes access codes in batches. A batch is named by a seed from which its codes follow, so that making can go on
// where it stopped and only hashes are kept. The seed lasts until the codes were exported, or their mails are out; then
// nobody can tell the codes any more.
type Codes struct{ data *db.DB }

// NewCodes makes codes in a database.
func NewCodes(data *db.DB) *Codes { return &Codes{data: data} }

// JobMakeCodes is the kind of job that makes a batch's codes; Fill does it. Its subject is the batch.
const JobMakeCodes = "codes.make"

// Bounds of a batch, and how many of its codes are made in one transaction.
const (
	maxCodes  = 100_000
	maxUses   = 10_000
	maxLabel  = 100
	codesAHop = 500
)

// CodeForm is a batch as staff type it. Product is a slug, or empty for all products of the market; Quantity and Uses are
// whole numbers.
type CodeForm struct {
	Product  string
	Label    string
	Quantity string
	Uses     string
}

// CodeBatch is codes that were made together. Used counts live uses and Mailed the codes that were sent; Making reports
// whether Made is still growing, Exportable whether the codes can be exported.
type CodeBatch struct {
	ID          int64
	MarketID    int64
	ProductID   *int64
	Product     string // slug
	DrawID      *int64
	Label       string
	UsesAllowed int
	ByMail      bool
	Wanted      int
	Made        int
	Used        int
	Mailed      int
	CreatedAt   clock.Instant
	ExportedAt  clock.Instant
	RevokedAt   clock.Instant
	Exportable  bool
}

// Making reports whether codes are still being made.
func (b CodeBatch) Making() bool { return b.Made < b.Wanted && b.RevokedAt.IsZero() }

// Make queues a batch of codes and answers its id. The fault's fields are product, label, quantity and uses.
func (c *Codes) Make(ctx context.Context, by staff.Actor, code string, form CodeForm) (id int64, err error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return 0, err
	}
	err = c.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		b, err := form.read(tx, m)
		if err != nil {
			return err
		}
		if id, err = begin(tx, b); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "make codes", Subject: "codes", Name: code + " " + b.Label,
			After: fmt.Sprintf("%d codes, %d uses each", b.Wanted, b.UsesAllowed)})
	})
	return id, err
}

func (f CodeForm) read(tx db.Tx, m market.Market) (CodeBatch, error) {
	b := CodeBatch{MarketID: m.ID, Label: strings.TrimSpace(f.Label)}
	wrong := fault.Fields{}
	var err error
	if b.ProductID, err = listedProduct(tx, m, f.Product, wrong); err != nil {
		return b, err
	}
	if b.Label == "" || len(b.Label) > maxLabel {
		wrong.Add("label", "codes.label")
	}
	if b.Wanted, err = strconv.Atoi(f.Quantity); err != nil || b.Wanted < 1 || b.Wanted > maxCodes {
		wrong.Add("quantity", "codes.quantity")
	}
	if b.UsesAllowed, err = strconv.Atoi(f.Uses); err != nil || b.UsesAllowed < 1 || b.UsesAllowed > maxUses {
		wrong.Add("uses", "codes.uses")
	}
	return b, wrong.Err()
}

// listedProduct is the id of a product that is listed in a market, nil for no slug. Any other is wrong in the field product.
func listedProduct(tx db.Tx, m market.Market, slug string, wrong fault.Fields) (*int64, error) {
	if slug == "" {
		return nil, nil
	}
	var id int64
	err := tx.QueryRow(`SELECT p.id FROM products p JOIN listings l ON l.product_id = p.id
		WHERE p.slug = ? AND l.market_id = ?`, slug, m.ID).Scan(&id)
	if db.NotFound(err) {
		wrong.Add("product", "codes.product")
		return nil, nil
	}
	return &id, err
}

// begin writes a batch with a new seed and queues the making of its codes.
func begin(tx db.Tx, b CodeBatch) (id int64, err error) {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed) // never fails, says its documentation
	err = tx.QueryRow(`INSERT INTO code_batches (market_id, product_id, draw_id, label, uses_allowed, by_mail, wanted, seed, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		b.MarketID, b.ProductID, b.DrawID, b.Label, b.UsesAllowed, b.ByMail, b.Wanted, seed, tx.Now()).Scan(&id)
	if err != nil {
		return 0, err
	}
	return id, job.Queue(tx, JobMakeCodes, id)
}

// Fill makes the codes of a batch, some in each transaction, and goes on where an earlier run stopped. It is the handler of
// JobMakeCodes.
func (c *Codes) Fill(ctx context.Context, j job.Job) error {
	for finished := false; !finished; {
		err := c.data.Write(ctx, func(tx db.Tx) (err error) {
			if finished, err = fill(tx, j.SubjectID); err != nil || !finished {
				return err
			}
			return job.Done(tx, j.ID)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fill makes a batch's next codes; finished means that there are no more to make.
func fill(tx db.Tx, batchID int64) (finished bool, err error) {
	var b CodeBatch
	var seed []byte
	if err := tx.QueryRow("SELECT id, by_mail, uses_allowed, wanted, made, seed, revoked_at FROM code_batches WHERE id = ?", batchID).
		Scan(&b.ID, &b.ByMail, &b.UsesAllowed, &b.Wanted, &b.Made, &seed, &b.RevokedAt); err != nil {
		return false, err
	}
	if !b.Making() {
		return true, nil
	}
	last := min(b.Made+codesAHop, b.Wanted)
	invited, err := takeInvited(tx, b, last)
	if err != nil {
		return false, err
	}
	for number := b.Made + 1; number <= last; number++ {
		if err := b.make(tx, seed, number, invited[number]); err != nil {
			return false, err
		}
	}
	_, err = tx.Exec("UPDATE code_batches SET made = ? WHERE id = ?", last, b.ID)
	return last == b.Wanted, err
}

// make keeps one code and has it mailed to whoever is invited. The code of somebody who left the list meanwhile is of no
// use to anybody.
func (b CodeBatch) make(tx db.Tx, seed []byte, number int, invited *int64) error {
	var revoked clock.Instant
	if b.ByMail && invited == nil {
		revoked = tx.Now()
	}
	var id int64
	err := tx.QueryRow(`INSERT INTO access_codes (batch_id, number, code_hash, uses_allowed, interest_id, revoked_at)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
		b.ID, number, codeHash(codeText(seed, number)), b.UsesAllowed, invited, revoked).Scan(&id)
	if err != nil || invited == nil {
		return err
	}
	return job.Queue(tx, MailInvited, id)
}

// Export answers all codes of a batch, once: its seed is erased with it. Codes that got lost on the way can't be had again;
// revoke the batch then and make another. A batch that is not made yet, was exported, was revoked or goes out by mail is
// a Conflict.
func (c *Codes) Export(ctx context.Context, by staff.Actor, batchID int64) ([]string, error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return nil, err
	}
	var seed []byte
	var made int
	err := c.data.Write(ctx, func(tx db.Tx) error {
		b, err := batch(tx, batchID)
		if err != nil {
			return err
		}
		if err := b.exportable(); err != nil {
			return err
		}
		made = b.Made
		if err := tx.QueryRow("SELECT seed FROM code_batches WHERE id = ?", b.ID).Scan(&seed); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE code_batches SET seed = NULL, exported_at = ? WHERE id = ?", tx.Now(), b.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "export codes", Subject: "codes", Name: b.Label, After: fmt.Sprintf("%d codes", b.Made)})
	})
	if err != nil {
		return nil, err
	}
	codes := make([]string, made)
	for i := range codes {
		codes[i] = codeText(seed, i+1)
	}
	return codes, nil
}

func (b CodeBatch) exportable() error {
	switch {
	case !b.RevokedAt.IsZero():
		return fault.New(fault.Conflict, "codes.revoked")
	case b.ByMail:
		return fault.New(fault.Conflict, "codes.by_mail")
	case b.Making():
		return fault.New(fault.Conflict, "codes.unfinished")
	case !b.ExportedAt.IsZero():
		return fault.New(fault.Conflict, "codes.exported")
	}
	return nil
}
