package order_test

import (
	"bytes"
	"strings"
	"testing"

	"softlaunch/models/job"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

func TestAttachmentsAreKeptWithTheirMail(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	placed := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	j := s.Job(t, order.MailReceived)
	draft := mailOf(j, placed)
	draft.Attachments = []order.Attachment{{Name: "US-1.pdf", ContentType: "application/pdf", Content: []byte("%PDF\x00\xff")}, {Name: "Größe.txt", ContentType: "text/plain; charset=utf-8", Content: []byte{}}}
	for range 2 { // a second try finds what the first one kept
		kept, err := s.Orders.KeepMail(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		draft.Attachments = nil
		if len(kept.Attachments) != 2 || kept.Attachments[0].Name != "US-1.pdf" || !bytes.Equal(kept.Attachments[0].Content, []byte("%PDF\x00\xff")) {
			t.Errorf("kept %+v", kept.Attachments)
		}
	}
}

func TestAnAttachmentHasAnHonestName(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	placed := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	j := s.Job(t, order.MailReceived)
	for _, a := range []order.Attachment{
		{Name: "", ContentType: "application/pdf"}, {Name: ".profile", ContentType: "text/plain"}, {Name: "../a.pdf", ContentType: "application/pdf"},
		{Name: "a\r\nBcc: eve@example.com", ContentType: "application/pdf"}, {Name: `a".pdf`, ContentType: "application/pdf"},
		{Name: strings.Repeat("a", 121), ContentType: "application/pdf"}, {Name: "a.pdf", ContentType: ""}, {Name: "a.pdf", ContentType: "pdf\r\nBcc: eve"},
	} {
		m := mailOf(j, placed)
		m.Attachments = []order.Attachment{a}
		if _, err := s.Orders.KeepMail(t.Context(), m); err == nil {
			t.Errorf("kept %q %q", a.Name, a.ContentType)
		}
	}
}

func mailOf(j job.Job, o order.Order) order.Mail {
	return order.Mail{JobID: j.ID, OrderID: &o.ID, Kind: j.Kind, Recipient: o.Email}
}
