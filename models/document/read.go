package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"softlaunch/models/db"
	"softlaunch/models/job"
)

const columns = `id, market_id, series, ordinal, number, kind, order_id, credit_id, issued_at, keep_until,
	EXISTS (SELECT 1 FROM document_files f WHERE f.document_id = documents.id)`

func (d *Document) fields() []any {
	return []any{&d.ID, &d.MarketID, &d.Series, &d.Ordinal, &d.Number, &d.Kind, &d.OrderID, &d.CreditID, &d.IssuedAt, &d.KeepUntil, &d.Printed}
}

func list(tx db.Tx, condition string, args ...any) ([]Document, error) {
	return db.List(tx, (*Document).fields, "SELECT "+columns+" FROM documents WHERE "+condition+" ORDER BY issued_at, id", args...)
}

// OfOrder are an order's documents, oldest first.
func (d *Documents) OfOrder(ctx context.Context, orderID int64) (found []Document, err error) {
	err = d.data.Read(ctx, func(tx db.Tx) error {
		found, err = list(tx, "order_id = ?", orderID)
		return err
	})
	return found, err
}

// Content is what a document says.
func (d *Documents) Content(ctx context.Context, id int64) (c Content, err error) {
	err = d.data.Read(ctx, func(tx db.Tx) error {
		c, err = contentOf(tx, id)
		return err
	})
	return c, err
}

func contentOf(tx db.Tx, id int64) (c Content, err error) {
	var text string
	err = tx.QueryRow("SELECT content FROM documents WHERE id = ?", id).Scan(&text)
	if db.NotFound(err) {
		return c, errUnknown
	}
	if err != nil {
		return c, err
	}
	err = json.Unmarshal([]byte(text), &c)
	return c, err
}

// File is a document of an order as it was printed, by its number. One that is another order's, or is not printed yet, is
// not found.
func (d *Documents) File(ctx context.Context, orderID int64, number string) (File, error) {
	return d.file(ctx, "documents.order_id = ? AND documents.number = ?", orderID, number)
}

// InvoiceFile is the invoice of an order as it was printed.
func (d *Documents) InvoiceFile(ctx context.Context, orderID int64) (File, error) {
	return d.file(ctx, "documents.order_id = ? AND documents.kind = 'invoice'", orderID)
}

func (d *Documents) file(ctx context.Context, condition string, args ...any) (f File, err error) {
	err = d.data.Read(ctx, func(tx db.Tx) error {
		fields := append(f.fields(), &f.PDF, &f.SHA256)
		return tx.QueryRow("SELECT "+columns+", f.pdf, f.sha256 FROM documents JOIN document_files f ON f.document_id = documents.id WHERE "+condition, args...).Scan(fields...)
	})
	if db.NotFound(err) {
		return File{}, errUnknown
	}
	return f, err
}

// Keep keeps a document as it was printed. One that is kept already stays as it is.
func (d *Documents) Keep(ctx context.Context, id int64, pdf []byte) error {
	return d.data.Write(ctx, func(tx db.Tx) error { return keep(tx, id, pdf) })
}

// Printed keeps a document as it was printed and ends the job that printed it.
func (d *Documents) Printed(ctx context.Context, j job.Job, pdf []byte) error {
	return d.data.Write(ctx, func(tx db.Tx) error {
		if err := keep(tx, j.SubjectID, pdf); err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

func keep(tx db.Tx, id int64, pdf []byte) error {
	sum := sha256.Sum256(pdf)
	_, err := tx.Exec("INSERT INTO document_files (document_id, pdf, sha256, printed_at) VALUES (?, ?, ?, ?) ON CONFLICT (document_id) DO NOTHING",
		id, pdf, hex.EncodeToString(sum[:]), tx.Now())
	return err
}
