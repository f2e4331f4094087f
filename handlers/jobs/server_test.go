package jobs

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/wneessen/go-mail"
)

// received is a mail as the server got it.
type received struct {
	from, to, raw string
}

func (r received) parse(t *testing.T) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(r.raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// postOffice is a mail server in this process.
type postOffice struct {
	address string
	refuse  string          // a recipient that it does not take mail for
	because *smtp.SMTPError // why it doesn't; nil is that it does not know him
	dislike *smtp.SMTPError // what it says once it has read a mail, nil when it takes it
	drops   int             // how many connections it drops in the middle of a mail
	slow    time.Duration   // how long it thinks before it takes a mail
	began   chan struct{}   // closed when it first thinks
	auth    bool

	mu    sync.Mutex
	mails []received
	once  sync.Once
}

func (p *postOffice) all() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]received(nil), p.mails...)
}

// change changes its mind while it is open.
func (p *postOffice) change(f func(*postOffice)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p)
}

func (p *postOffice) url() string { return "smtp://" + p.address + "?from=shop@example.com" }

// open opens the office; address "" is any free one. change may set it up before that.
func open(t *testing.T, address string, change func(*postOffice, *smtp.Server)) *postOffice {
	t.Helper()
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{address: listener.Addr().String(), began: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &visit{office: p, conn: c}, nil }))
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "post.example.com", true, quiet{}
	if change != nil {
		change(p, server)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return p
}

// vacant is an address at which nobody listens.
func vacant(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// visit is one connection to the office.
type visit struct {
	office   *postOffice
	conn     *smtp.Conn
	from, to string
	known    bool
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "shop" || password != "s3cret" {
			return smtp.ErrAuthFailed
		}
		v.known = true
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if v.office.auth && !v.known {
		return smtp.ErrAuthRequired
	}
	v.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if to == v.office.refuse && v.office.because != nil {
		return v.office.because
	}
	if to == v.office.refuse {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no mailbox " + to}
	}
	v.to = strings.TrimPrefix(v.to+" "+to, " ")
	return nil
}

// drop reports whether the office drops this connection.
func (v *visit) drop() bool {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.drops--
	return v.office.drops >= 0
}

func (v *visit) Data(r io.Reader) error {
	if v.office.slow > 0 {
		v.office.once.Do(func() { close(v.office.began) })
		time.Sleep(v.office.slow)
	}
	if v.drop() {
		_, _ = io.CopyN(io.Discard, r, 200)
		return v.conn.Close()
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if v.office.dislike != nil {
		return v.office.dislike
	}
	v.office.mails = append(v.office.mails, received{from: v.from, to: v.to, raw: string(raw)})
	return nil
}

func (v *visit) Reset() { v.from, v.to = "", "" }

func (v *visit) Logout() error { return nil }

// certificate is one for 127.0.0.1 and whom to trust for it.
func certificate(t *testing.T) (own, trusting *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

// mailer is ParseSMTP's, with more options.
func mailer(t *testing.T, address string, more ...mail.Option) Mailer {
	t.Helper()
	parsed, err := ParseSMTP(address)
	if err != nil {
		t.Fatal(err)
	}
	s := parsed.(server)
	s.options = append(s.options, more...)
	return s
}

// secured is an address at which an office is reached through TLS from the start.
func secured(t *testing.T, p *postOffice, own *tls.Config) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", own)
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &visit{office: p}, nil }))
	server.Domain, server.ErrorLog = "post.example.com", quiet{}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}
