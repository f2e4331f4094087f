package jobs

import (
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// parts are the parts of a mail, without their boundaries, in their order.
func parts(t *testing.T, m *netmail.Message) []string {
	t.Helper()
	_, args, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for reader := multipart.NewReader(m.Body, args["boundary"]); ; {
		part, err := reader.NextRawPart()
		if err != nil {
			return all
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, part.Header.Get("Content-Type")+"\n"+string(body))
	}
}

func TestAMailIsSentAgainAsItWasOncePerPress(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	m := mailer(t, office.url())
	placed := band(t, s, "de")
	again := func(seen int) error { return s.Orders.SendAgain(t.Context(), modelstest.Owner, 1, seen) }
	round(t, s.Shop, nil)
	for range 2 { // pressed twice
		if err := again(0); err != nil {
			t.Fatal(err)
		}
	}
	round(t, s.Shop, m)
	if err := again(1); err != nil {
		t.Fatal(err)
	}
	round(t, s.Shop, m)
	got := office.all()
	if len(got) != 2 || got[0].to != placed.Email || got[1].to != placed.Email {
		t.Fatalf("delivered %+v", got)
	}
	one, two := got[0].parse(t), got[1].parse(t)
	if one.Header.Get("Message-ID") == two.Header.Get("Message-ID") {
		t.Error("a mail program would hide the second as a copy of the first")
	}
	if one.Header.Get("Subject") != two.Header.Get("Subject") || strings.Join(parts(t, one), "\n") != strings.Join(parts(t, two), "\n") {
		t.Error("they differ")
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM trail WHERE verb = 'send again' AND subject = 'mail'"); n != 2 {
		t.Errorf("%d lines in the trail", n)
	}
	ways, err := s.Orders.Sendings(t.Context(), 1)
	if err != nil || len(ways) != 3 || ways[0].State() != order.MailKept || ways[2].State() != order.MailSent {
		t.Errorf("went out as %+v, %v", ways, err)
	}
}

func TestOnlyWhoWorksOnOrdersSendsWhatHasGoneOut(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	placed := band(t, s, "us")
	kept, err := s.Orders.KeepMail(t.Context(), order.Mail{JobID: 1, OrderID: &placed.ID, Kind: order.MailReceived, Recipient: placed.Email})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Orders.SendAgain(t.Context(), modelstest.Owner, kept.ID, 0); !fault.Is(err, fault.Conflict) {
		t.Errorf("a mail that waits: %v", err)
	}
	viewer := staff.Actor{ID: 2, Name: "Viewer", Role: staff.Viewer}
	if err := s.Orders.SendAgain(t.Context(), viewer, kept.ID, 0); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
	if err := s.Orders.TryAgain(t.Context(), viewer, 1); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
	if err := s.Orders.SendAgain(t.Context(), modelstest.Owner, 4711, 0); !fault.Is(err, fault.NotFound) {
		t.Errorf("no mail: %v", err)
	}
}

// A sending that fails is tried again as any mail, and is the same mail each time.
func TestASendingOutlastsAServerThatIsDown(t *testing.T) {
	t.Parallel()
	s, address := modelstest.New(t), vacant(t)
	band(t, s, "us")
	round(t, s.Shop, nil)
	if err := s.Orders.SendAgain(t.Context(), modelstest.Owner, 1, 0); err != nil {
		t.Fatal(err)
	}
	m := mailer(t, "smtp://"+address+"?from=shop@example.com")
	round(t, s.Shop, m)
	office := open(t, address, nil)
	s.Time.Advance(30 * time.Second)
	round(t, s.Shop, m)
	got := office.all()
	if len(got) != 1 {
		t.Fatalf("delivered %d times", len(got))
	}
	if date, err := got[0].parse(t).Header.Date(); err != nil || !date.Equal(modelstest.Start.Time()) {
		t.Errorf("dated %v, %v: not as it was asked for", date, err)
	}
}
