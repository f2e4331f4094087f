package jobs

import (
	"context"

	"softlaunch/models/job"
	"softlaunch/views/paper"
)

// document prints an invoice or a credit note, once: what was printed is kept and sent wherever the document is asked for.
func (d desk) document(ctx context.Context, j job.Job) error {
	content, err := d.shop.Documents.Content(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	pdf, err := paper.Print(paper.Document(content))
	if err != nil {
		return err
	}
	return d.shop.Documents.Printed(ctx, j, pdf)
}
