package jobs

import (
	"encoding/base64"
	"errors"
	"mime"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/wneessen/go-mail"

	"softlaunch/models/clock"
	"softlaunch/models/order"
)

var letter = order.Mail{ID: 7, Recipient: "ada@example.com", Subject: "Ihre Bestellung ist bestätigt", Plain: "Grüße", HTML: "<p>Grüße</p>", At: clock.Instant(1_795_000_000_000)}

func TestAMailIsWhatItShouldBeOnTheWire(t *testing.T) {
	t.Parallel()
	office := open(t, "", nil)
	if err := mailer(t, office.url()).Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := office.all()
	if len(got) != 1 || got[0].from != "shop@example.com" || got[0].to != "ada@example.com" {
		t.Fatalf("got %+v", got)
	}
	m := got[0].parse(t)
	for name, want := range map[string]string{
		"From": `"Softlaunch" <shop@example.com>`, "To": "<ada@example.com>", "Message-ID": "<mail-7-1795000000000@example.com>",
		"Auto-Submitted": "auto-generated", "Subject": letter.Subject, "Date": "Wed, 18 Nov 2026 11:06:40 +0000", "User-Agent": "", "X-Mailer": "",
	} {
		if value, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name)); err != nil || value != want {
			t.Errorf("%s is %q, %v", name, value, err)
		}
	}
	for _, part := range []string{"multipart/alternative", "text/plain; charset=UTF-8", "text/html; charset=UTF-8", "<p>Gr=C3=BC=C3=9Fe</p>"} {
		if !strings.Contains(got[0].raw, part) {
			t.Errorf("no %q in\n%s", part, got[0].raw)
		}
	}
}

func TestAttachmentsGoWithTheirMail(t *testing.T) {
	t.Parallel()
	office := open(t, "", nil)
	m := letter
	content := []byte("%PDF-1.7\r\n.\r\n\x00\xff")
	m.Language, m.Attachments = "de-DE", []order.Attachment{{Name: "DE-R-1 Größe.pdf", ContentType: "application/pdf", Content: content}}
	if err := mailer(t, office.url()).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := office.all()[0].parse(t)
	if got.Header.Get("Content-Language") != "de-DE" || !strings.HasPrefix(got.Header.Get("Content-Type"), "multipart/mixed") {
		t.Errorf("headers %v", got.Header)
	}
	all := parts(t, got)
	if len(all) != 2 || !strings.HasPrefix(all[0], "multipart/alternative") || !strings.HasPrefix(all[1], "application/pdf") {
		t.Fatalf("parts %q", all)
	}
	if !strings.Contains(all[1], base64.StdEncoding.EncodeToString(content)) {
		t.Errorf("attached %q", all[1])
	}
}

func TestLineBreaksMakeNoHeaders(t *testing.T) {
	t.Parallel()
	office := open(t, "", nil)
	to := mailer(t, office.url())
	for _, breaks := range []string{"\r\n", "\n", "\r", "\r\n ", "\u2028"} {
		m := letter
		m.Subject = "Hello" + breaks + "Bcc: eve@example.com" + breaks + breaks + "Body"
		if err := to.Send(t.Context(), m); err != nil {
			t.Errorf("subject with %q: %v", breaks, err)
		}
		m = letter
		m.Recipient = "ada@example.com" + breaks + "Bcc: eve@example.com"
		if err := to.Send(t.Context(), m); err == nil || strings.Contains(err.Error(), "ada") {
			t.Errorf("recipient with %q: %v", breaks, err)
		}
	}
	got := office.all()
	if len(got) != 5 {
		t.Errorf("%d mails", len(got))
	}
	for _, one := range got {
		if m := one.parse(t); m.Header.Get("Bcc") != "" || m.Header.Get("Content-Type") == "" || one.to != "ada@example.com" {
			t.Errorf("got %+v", m.Header)
		}
	}
}

func TestTLSIsRequired(t *testing.T) {
	t.Parallel()
	own, trusting := certificate(t)
	offices := map[string]*postOffice{
		"none": open(t, "", func(p *postOffice, _ *smtp.Server) { p.auth = true }),
		"TLS":  open(t, "", func(p *postOffice, s *smtp.Server) { p.auth, s.TLSConfig, s.AllowInsecureAuth = true, own, false }),
	}
	required := []mail.Option{mail.WithTLSPolicy(mail.TLSMandatory), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover)}
	for _, c := range []struct {
		name, office string
		options      []mail.Option
		delivered    bool
	}{
		{"no TLS to be had", "none", append(required, mail.WithTLSConfig(trusting)), false},
		{"a certificate that nobody vouches for", "TLS", required, false},
		{"TLS", "TLS", append(required, mail.WithTLSConfig(trusting)), true},
	} {
		address := "smtp://shop:s3cret@" + offices[c.office].address + "?from=shop@example.com"
		err := mailer(t, address, c.options...).Send(t.Context(), letter)
		if (err == nil) != c.delivered || len(offices[c.office].all()) > 0 != c.delivered {
			t.Errorf("%s: %v, %d mails", c.name, err, len(offices[c.office].all()))
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error tells the password: %v", c.name, err)
		}
	}
}

func TestTLSFromTheStart(t *testing.T) {
	t.Parallel()
	own, trusting := certificate(t)
	office := open(t, "", func(p *postOffice, s *smtp.Server) { p.auth = true })
	secure := secured(t, office, own)
	address := "smtps://shop:s3cret@" + secure + "?from=shop@example.com"
	if err := mailer(t, address).Send(t.Context(), letter); err == nil {
		t.Error("a certificate that nobody vouches for was taken")
	}
	if err := mailer(t, address, mail.WithTLSConfig(trusting)).Send(t.Context(), letter); err != nil || len(office.all()) != 1 {
		t.Errorf("%v, %d mails", err, len(office.all()))
	}
}

func TestAddressesOfMailServers(t *testing.T) {
	t.Parallel()
	if none, err := ParseSMTP(""); none != nil || err != nil {
		t.Errorf("without an address: %v, %v", none, err)
	}
	const from = "?from=shop@example.com"
	for address, want := range map[string]struct{ at, security string }{
		"smtp://mail.example.com" + from:                  {"mail.example.com:587", "TLSMandatory"},
		"smtp://mail.example.com:25/" + from:              {"mail.example.com:25", "TLSMandatory"},
		"smtp://shop:p%40ss@mail.example.com:2525" + from: {"mail.example.com:2525", "TLSMandatory"},
		"smtps://mail.example.com" + from:                 {"mail.example.com:465", "TLSMandatory"},
		"smtp://localhost:1025" + from:                    {"localhost:1025", "NoTLS"},
		"smtp://[::1]:1025" + from:                        {"::1:1025", "NoTLS"},
		"smtp://127.0.0.1" + from:                         {"127.0.0.1:587", "NoTLS"},
		"smtp://10.0.0.1" + from:                          {"10.0.0.1:587", "TLSMandatory"},
	} {
		parsed, err := ParseSMTP(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		client, err := mail.NewClient(parsed.(server).host, parsed.(server).options...)
		if err != nil || strings.NewReplacer("[", "", "]", "").Replace(client.ServerAddr()) != want.at || client.TLSPolicy() != want.security {
			t.Errorf("%s: %s %s, %v", address, client.ServerAddr(), client.TLSPolicy(), err)
		}
	}
	for address, want := range map[string]error{
		"mail.example.com":                                errAddress,
		"smtp://s3cret:%zz@mail.example.com":              errAddress,
		"smtp://" + from:                                  errAddress,
		"smtp://mail.example.com/inbox" + from:            errAddress,
		"http://shop:s3cret@mail.example.com" + from:      errScheme,
		"smtp://mail.example.com":                         errFrom,
		"smtp://mail.example.com?from=shop":               errFrom,
		"smtp://mail.example.com?from=a@b.c%0d%0aBcc:%20": errFrom,
		"smtp://mail.example.com:70000" + from:            errPort,
		"smtp://shop@mail.example.com" + from:             errPassword,
	} {
		if parsed, err := ParseSMTP(address); !errors.Is(err, want) || parsed != nil {
			t.Errorf("%s: %v, %v", address, parsed, err)
		}
	}
}

func TestAMailerNamesItself(t *testing.T) {
	t.Parallel()
	parsed, err := ParseSMTP("smtp://localhost?from=Band%20%26%20Co%20%3Cshop@example.com%3E")
	if err != nil || parsed.(server).from.Name != "Band & Co" {
		t.Errorf("%v, %v", parsed, err)
	}
}

// A server that is there and says nothing useful must not stop the shop for long, nor crash it.
func TestAnImpoliteServerIsAnError(t *testing.T) {
	t.Parallel()
	for _, greeting := range []string{"", "\r\n", "500\r\n", "220 hello\r\n\r\n", "\x00\xff\r\n"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if conn, err := listener.Accept(); err == nil {
				_, _ = conn.Write([]byte(greeting))
				_ = conn.Close()
			}
			_ = listener.Close()
		}()
		if err := mailer(t, "smtp://"+listener.Addr().String()+"?from=shop@example.com").Send(t.Context(), letter); err == nil {
			t.Errorf("greeted with %q: no error", greeting)
		}
	}
}
