package jobs

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// outgoing are the shop's mails in a state.
func outgoing(t *testing.T, s *modelstest.Shop, state order.MailState) []order.Outgoing {
	t.Helper()
	found, _, err := s.Orders.Outgoing(t.Context(), order.MailFilter{State: state}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func said(code, class, subject, detail int) *smtp.SMTPError {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{class, subject, detail}, Message: "no"}
}

func TestWhatIsRefusedForGoodIsGivenUpAtOnceWithItsReason(t *testing.T) {
	t.Parallel()
	for want, refuse := range map[string]func(p *postOffice, to string){
		"smtp: the recipient was refused: 550 5.1.1": func(p *postOffice, to string) { p.refuse = to },
		"smtp: the mail was refused: 552 5.3.4":      func(p *postOffice, _ string) { p.dislike = said(552, 5, 3, 4) },
	} {
		s, office := modelstest.New(t), open(t, "", nil)
		placed := band(t, s, "us")
		office.change(func(p *postOffice) { refuse(p, placed.Email) })
		m := mailer(t, office.url())
		round(t, s.Shop, m)
		s.Time.Advance(100 * time.Hour)
		round(t, s.Shop, m)
		dead := outgoing(t, s, order.MailDead)
		if len(dead) != 1 || dead[0].LastError != want || dead[0].Attempts != 1 || dead[0].Recipient != placed.Email {
			t.Fatalf("given up: %+v", dead)
		}
		if duties, err := s.Orders.Duties(t.Context()); err != nil || duties.DeadJobs != 1 {
			t.Errorf("staff are shown %d, %v", duties.DeadJobs, err)
		}
		office.change(func(p *postOffice) { p.refuse, p.dislike = "", nil })
		for range 2 { // pressed twice
			if err := s.Orders.TryAgain(t.Context(), modelstest.Owner, dead[0].JobID); err != nil {
				t.Fatal(err)
			}
		}
		round(t, s.Shop, m)
		if got := office.all(); len(got) != 1 || len(outgoing(t, s, order.MailSent)) != 1 {
			t.Errorf("delivered %d times", len(got))
		}
		if n := s.Number(t, "SELECT COUNT(*) FROM trail WHERE verb = 'try again'"); n != 1 {
			t.Errorf("%d lines in the trail", n)
		}
	}
}

// A refusal for now, and one of the shop itself, which its owner can mend, are tried again.
func TestWhatIsRefusedForNowIsTriedAgain(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func(p *postOffice, to string){
		"the mailbox is full": func(p *postOffice, to string) { p.refuse, p.because = to, said(452, 4, 2, 2) },
		"the shop is blocked": func(p *postOffice, to string) { p.refuse, p.because = to, said(550, 5, 7, 1) },
		"the mail looks odd":  func(p *postOffice, _ string) { p.dislike = said(451, 4, 7, 1) },
		"it breaks off":       func(p *postOffice, _ string) { p.drops = 1 },
	} {
		s, office := modelstest.New(t), open(t, "", nil)
		placed := band(t, s, "us")
		office.change(func(p *postOffice) { refuse(p, placed.Email) })
		m := mailer(t, office.url())
		round(t, s.Shop, m)
		waiting := outgoing(t, s, order.MailWaiting)
		if len(waiting) != 1 || waiting[0].Attempts != 1 || waiting[0].RunAt != s.Time.Now().Add(30*time.Second) {
			t.Fatalf("%s: waiting: %+v", name, waiting)
		}
		if reason := waiting[0].LastError; !strings.HasPrefix(reason, "smtp: ") || strings.Contains(reason, placed.Email) {
			t.Errorf("%s: %s", name, reason)
		}
		office.change(func(p *postOffice) { p.refuse, p.dislike = "", nil })
		s.Time.Advance(30 * time.Second)
		round(t, s.Shop, m)
		if got := office.all(); len(got) != 1 || len(outgoing(t, s, order.MailSent)) != 1 {
			t.Errorf("%s: delivered %d times", name, len(got))
		}
	}
}

func TestAWrongPasswordIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	office := open(t, "", func(p *postOffice, _ *smtp.Server) { p.auth = true })
	band(t, s, "us")
	round(t, s.Shop, mailer(t, "smtp://shop:wrong@"+office.address+"?from=shop@example.com"))
	waiting := outgoing(t, s, order.MailWaiting)
	if len(waiting) != 1 || !strings.Contains(waiting[0].LastError, "535") || strings.Contains(waiting[0].LastError, "wrong@") {
		t.Fatalf("waiting: %+v", waiting)
	}
	s.Time.Advance(30 * time.Second)
	round(t, s.Shop, mailer(t, "smtp://shop:s3cret@"+office.address+"?from=shop@example.com"))
	if got := office.all(); len(got) != 1 {
		t.Errorf("delivered %d times", len(got))
	}
}

// An alarm goes to all who may do something about it, even if the server refuses one of them.
func TestOneRefusedRecipientKeepsTheMailFromNobodyElse(t *testing.T) {
	t.Parallel()
	office := open(t, "", func(p *postOffice, _ *smtp.Server) { p.refuse = "gone@example.com" })
	m := letter
	m.Recipient = "ada@example.com, gone@example.com, bob@example.com"
	if err := mailer(t, office.url()).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	var to []string
	for _, one := range office.all() {
		to = append(to, one.to)
	}
	if strings.Join(to, " ") != "ada@example.com bob@example.com" {
		t.Errorf("delivered to %v", to)
	}
	office.change(func(p *postOffice) { p.refuse = "" })
	if err := mailer(t, office.url()).Send(t.Context(), m); err != nil || office.all()[2].to != "ada@example.com gone@example.com bob@example.com" {
		t.Errorf("%v, delivered %+v", err, office.all())
	}
}
