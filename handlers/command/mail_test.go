package command

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"softlaunch/models/modelstest"
)

// postOffice is a mail server that counts what it gets for whom.
type postOffice struct {
	mu    sync.Mutex
	mails map[string]int
}

// openOffice opens one at an address until the test ends.
func openOffice(t testing.TB, address string) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{mails: map[string]int{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{office: p}, nil }))
	server.Domain = "post.example.com"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return p
}

func (p *postOffice) delivered() (people, mails int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, n := range p.mails {
		people, mails = people+1, mails+n
	}
	return people, mails
}

// delivery is one connection to the office.
type delivery struct {
	office *postOffice
	to     string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	d.office.mu.Lock()
	defer d.office.mu.Unlock()
	d.office.mails[d.to]++
	return nil
}

func (d *delivery) Reset() { d.to = "" }

func (d *delivery) Logout() error { return nil }

// Row 11 of GUARANTEES: nobody listens where mails go, and orders go on. When the server is back, an hour later, each buyer
// hears of the order and of the payment.
func TestMailsWaitForAMailServerThatIsDown(t *testing.T) {
	t.Parallel()
	mailLater(t, 5, false)
}

func TestTortureMailsWaitForAMailServerThatIsDown(t *testing.T) {
	modelstest.Torture(t, 1, func(t *testing.T) { mailLater(t, 100, true) })
}

func mailLater(t *testing.T, buyers int, kill bool) {
	dir, kept, address := folder(t), newJournal(t), freeAddress(t)
	smtp := "SHOP_SMTP=smtp://" + address + "?from=shop@example.com"
	p := serve(t, dir, smtp)
	for _, err := range kept.buy(t.Context(), p, buyers) {
		if err != nil {
			t.Errorf("while the mail server is down: %v", err)
		}
	}
	within(t, "a mail was tried in vain", func() bool { return strings.Contains(p.log.String(), "job failed") })
	if kill {
		p.kill()
	} else {
		p.terminate(t)
		p.ends(t)
	}
	office := openOffice(t, address)
	p = serve(t, dir, smtp, "SHOP_CLOCK="+time.Now().Add(time.Hour).Format(time.RFC3339))
	within(t, "all mails are delivered", func() bool {
		people, mails := office.delivered()
		return people == buyers && mails >= 2*buyers
	})
	p.terminate(t)
	p.ends(t)
	if people, mails := office.delivered(); people != buyers || mails != 2*buyers {
		t.Errorf("%d people were sent %d mails", people, mails)
	}
	audited(t, dir)
}
