package jobs

import (
	"context"

	"softlaunch/models/document"
	"softlaunch/models/job"
	"softlaunch/models/order"
	"softlaunch/views/paper"
)

// document prints an invoice or a credit note, once: what was printed is kept and sent wherever the document is asked for.
func (d desk) document(ctx context.Context, j job.Job) error {
	pdf, err := d.set(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	return d.shop.Documents.Printed(ctx, j, pdf)
}

// set sets a document by its id.
func (d desk) set(ctx context.Context, id int64) ([]byte, error) {
	content, err := d.shop.Documents.Content(ctx, id)
	if err != nil {
		return nil, err
	}
	return paper.Print(paper.Document(content))
}

// attached are the documents that a mail about an order goes out with: the invoice when it is paid, the credit note of what
// went back. One that was issued and not printed yet is printed now; the mail does not wait for one that was not issued.
func (d desk) attached(ctx context.Context, kind string, subject int64, o order.Order) ([]order.Attachment, error) {
	documents, err := d.shop.Documents.OfOrder(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	var files []order.Attachment
	for _, one := range documents {
		if !belongs(kind, subject, one) {
			continue
		}
		if err := d.print(ctx, one); err != nil {
			return nil, err
		}
		file, err := d.shop.Documents.File(ctx, o.ID, one.Number)
		if err != nil {
			return nil, err
		}
		files = append(files, order.Attachment{Name: file.Number + ".pdf", ContentType: "application/pdf", Content: file.PDF})
	}
	return files, nil
}

// belongs reports whether a document goes with a mail of a kind about a subject.
func belongs(kind string, subject int64, d document.Document) bool {
	switch kind {
	case order.MailPaid:
		return d.Kind == document.Invoice
	case order.MailRefunded:
		return d.CreditID != nil && *d.CreditID == subject
	case order.MailCancelled:
		return d.Kind == document.CreditNote
	}
	return false
}

// print prints a document that is not printed yet.
func (d desk) print(ctx context.Context, one document.Document) error {
	if one.Printed {
		return nil
	}
	pdf, err := d.set(ctx, one.ID)
	if err != nil {
		return err
	}
	return d.shop.Documents.Keep(ctx, one.ID, pdf)
}
