package jobs

import (
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"

	"github.com/wneessen/go-mail"
)

// What ParseSMTP refuses. None repeats the address, which holds a password.
var (
	errAddress  = errors.New("it must be an address like smtp://user:password@host:587?from=shop@example.com")
	errScheme   = errors.New("it must begin with smtp:// (STARTTLS) or smtps:// (TLS from the start)")
	errPort     = errors.New("its port must be a number from 1 to 65535")
	errFrom     = errors.New("it must say from which address mails come: ?from=shop@example.com")
	errPassword = errors.New("it has a user and no password")
)

// ParseSMTP reads a mail server's address: smtp://user:password@host:port?from=shop@example.com, or smtps:// for TLS from
// the start. The ports are 587 and 465 when it names none. Over smtp:// TLS is required, except to this machine itself. An
// empty address is no mailer.
func ParseSMTP(address string) (Mailer, error) {
	if address == "" {
		return nil, nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Hostname() == "" || (parsed.Path != "" && parsed.Path != "/") {
		return nil, errAddress
	}
	from, err := netmail.ParseAddress(parsed.Query().Get("from"))
	if err != nil {
		return nil, errFrom
	}
	s := server{host: parsed.Hostname(), from: sign(*from)}
	if s.options, err = options(parsed); err != nil {
		return nil, err
	}
	if _, err := mail.NewClient(s.host, s.options...); err != nil {
		return nil, fmt.Errorf("its settings don't fit together: %w", err)
	}
	return s, nil
}

func options(address *url.URL) ([]mail.Option, error) {
	security, port, err := security(address)
	if err != nil {
		return nil, err
	}
	if text := address.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
			return nil, errPort
		}
	}
	all := []mail.Option{security, mail.WithPort(port), mail.WithTimeout(timeout)}
	if address.User.Username() == "" {
		return all, nil
	}
	password, set := address.User.Password()
	if !set {
		return nil, errPassword
	}
	method := mail.SMTPAuthAutoDiscover
	if loopback(address.Hostname()) {
		method = mail.SMTPAuthPlain // automatic choice would refuse it without TLS
	}
	return append(all, mail.WithSMTPAuth(method), mail.WithUsername(address.User.Username()), mail.WithPassword(password)), nil
}

// security is how a connection is kept from strangers, and the usual port for it.
func security(address *url.URL) (option mail.Option, port int, err error) {
	switch {
	case address.Scheme == "smtps":
		return mail.WithSSL(), 465, nil
	case address.Scheme != "smtp":
		return nil, 0, errScheme
	case loopback(address.Hostname()):
		return mail.WithTLSPolicy(mail.NoTLS), 587, nil
	}
	return mail.WithTLSPolicy(mail.TLSMandatory), 587, nil
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
