package order

import (
	"fmt"
	"mime"
	"strings"
	"unicode"

	"softlaunch/models/db"
)

// Attachment is a file that goes out with a mail: "DE-R-1001.pdf", "application/pdf", its bytes.
type Attachment struct {
	ID          int64
	MailID      int64
	Name        string
	ContentType string
	Content     []byte
}

// TableName is where attachments are kept.
func (Attachment) TableName() string { return "mail_attachments" }

// maxName is how long the name of a file may be.
const maxName = 120

// check refuses names that a reader's computer could take for something else, and types that are none.
func (a Attachment) check() error {
	odd := func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) }
	if a.Name == "" || len(a.Name) > maxName || strings.HasPrefix(a.Name, ".") || strings.ContainsFunc(a.Name, odd) {
		return fmt.Errorf("order: %q can't be the name of an attachment", a.Name)
	}
	if _, _, err := mime.ParseMediaType(a.ContentType); err != nil {
		return fmt.Errorf("order: attachment %s: %w", a.Name, err)
	}
	return nil
}

// attach keeps a new mail's attachments.
func (m *Mail) attach(tx db.Tx) error {
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if err := a.check(); err != nil {
			return err
		}
		a.ID, a.MailID = 0, m.ID
		if err := tx.Gorm().Create(a).Error; err != nil {
			return err
		}
	}
	return nil
}

// attached reads a kept mail's attachments, in their order.
func (m *Mail) attached(tx db.Tx) error {
	return tx.Gorm().Where("mail_id = ?", m.ID).Order("id").Find(&m.Attachments).Error
}
