package command

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/jobs"
	"softlaunch/models/clock"
	"softlaunch/models/payment"
	"softlaunch/models/payment/sandbox"
	"softlaunch/models/payment/stripe"
	"softlaunch/models/payment/transfer"
)

// config is where and how the shop runs, from the environment or from flags of the same names.
type config struct {
	Env      string `name:"shop-env" env:"SHOP_ENV" default:"development" help:"development or production."`
	Addr     string `name:"shop-addr" env:"SHOP_ADDR" default:"127.0.0.1:8080" help:"Address to listen at."`
	URL      string `name:"shop-url" env:"SHOP_URL" help:"Public address; http:// and SHOP_ADDR when not given."`
	Database string `name:"shop-database" env:"SHOP_DATABASE" default:"store.db" help:"Path of the database."`
	Clock    string `name:"shop-clock" env:"SHOP_CLOCK" help:"RFC 3339 instant at which the shop's clock stands at the start."`
	Secret   string `name:"shop-secret" env:"SHOP_SECRET" help:"At least 32 random characters; production asks for it."`
	SMTP     string `name:"shop-smtp" env:"SHOP_SMTP" help:"Mail server, like smtp://user:password@host:587?from=shop@example.com."`
	Stripe   string `name:"shop-stripe-key" env:"SHOP_STRIPE_KEY" help:"Secret key of a Stripe account, to take cards."`
	Webhook  string `name:"shop-stripe-webhook-secret" env:"SHOP_STRIPE_WEBHOOK_SECRET" help:"Secrets that sign Stripe's webhooks, with commas between."`
	API      string `name:"shop-stripe-api" env:"SHOP_STRIPE_API" help:"Another address of Stripe's API, for tests."`
	Proxies  string `name:"shop-proxies" env:"SHOP_PROXIES" help:"Networks of proxies whose X-Forwarded-For counts, with commas between."`

	now func() time.Time
}

// settings are a configuration that has been checked.
type settings struct {
	handlers.Config
	address  string
	database string
	clock    clock.Clock
	machine  clock.Clock
	gateways payment.Gateways
	mailer   jobs.Mailer
}

// check answers every fault of the configuration at once, one line each.
func (c config) check() (s settings, err error) {
	var faults []string
	refuse := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	s = settings{address: c.Addr, database: c.Database, machine: clock.Machine(c.now), gateways: payment.Gateways{transfer.Gateway{}}}
	s.clock = s.machine
	s.Production = c.Env == "production"
	if !s.Production {
		s.gateways = payment.Gateways{sandbox.Gateway{}, transfer.Gateway{}}
	}
	if c.Env != "development" && c.Env != "production" {
		refuse("SHOP_ENV is %q; it must be development or production.", c.Env)
	}
	if strings.HasPrefix(c.Database, "postgres") {
		refuse("SHOP_DATABASE names a PostgreSQL server; this version keeps its data in a file.")
	}
	c.checkAddress(&s, refuse)
	c.checkClock(&s, refuse)
	s.Secret, s.Watch = c.Secret, c.now
	if s.Production && len(c.Secret) < 32 {
		refuse("SHOP_SECRET must have at least 32 characters in production.")
	}
	if s.Proxies, err = proxies(c.Proxies); err != nil {
		refuse("SHOP_PROXIES is not a list of networks like 10.0.0.0/8: %v.", err)
	}
	if s.mailer, err = jobs.ParseSMTP(c.SMTP); err != nil {
		refuse("SHOP_SMTP can't be used: %v.", err)
	}
	c.checkStripe(&s, refuse)
	if len(faults) > 0 {
		return s, errors.New("the configuration can't be used:\n  " + strings.Join(faults, "\n  "))
	}
	return s, nil
}

func (c config) checkAddress(s *settings, refuse func(string, ...any)) {
	host, _, err := net.SplitHostPort(c.Addr)
	switch {
	case err != nil:
		refuse("SHOP_ADDR is %q; it must be an address with a port, like 127.0.0.1:8080.", c.Addr)
	case !s.Production && !loopback(host):
		refuse("SHOP_ADDR %s can be reached from outside; development listens on this machine only.", c.Addr)
	case c.URL == "":
		c.URL = "http://" + c.Addr
	}
	if c.URL != "" {
		c.checkURL(s, refuse)
	}
}

func (c config) checkURL(s *settings, refuse func(string, ...any)) {
	public, err := url.Parse(strings.TrimSuffix(c.URL, "/"))
	if err != nil || public.Host == "" || public.Path != "" || public.RawQuery != "" || !slices.Contains([]string{"http", "https"}, public.Scheme) {
		refuse("SHOP_URL is %q; it must be a scheme and a host, like https://shop.example.com.", c.URL)
		return
	}
	s.URL = public
	switch {
	case s.Production && public.Scheme != "https":
		refuse("SHOP_URL is %q; production needs https.", c.URL)
	case !s.Production && !loopback(public.Hostname()):
		refuse("SHOP_URL %s is not on this machine; development is.", c.URL)
	}
}

func (c config) checkClock(s *settings, refuse func(string, ...any)) {
	if c.Clock == "" {
		return
	}
	start, err := time.Parse(time.RFC3339Nano, c.Clock)
	switch {
	case s.Production:
		refuse("SHOP_CLOCK moves the clock; production refuses it.")
	case err != nil:
		refuse("SHOP_CLOCK is %q; it must be an instant like 2015-05-31T23:59:30-04:00.", c.Clock)
	default:
		s.clock = clock.Starting(s.machine, clock.Of(start))
	}
}

// checkStripe adds Stripe to the ways to pay when there is a key. Production takes real money and nothing else does: a shop that
// sells for test money, and a developer's machine that charges cards, are mistakes.
func (c config) checkStripe(s *settings, refuse func(string, ...any)) {
	switch {
	case c.Stripe == "" && c.Webhook == "" && c.API == "":
		return
	case c.Stripe == "":
		refuse("SHOP_STRIPE_WEBHOOK_SECRET and SHOP_STRIPE_API need SHOP_STRIPE_KEY, which is not set.")
		return
	case c.Webhook == "":
		refuse("SHOP_STRIPE_KEY needs SHOP_STRIPE_WEBHOOK_SECRET: without it the shop could not know that Stripe's word is Stripe's.")
		return
	case s.Production && !stripe.Live(c.Stripe):
		refuse("SHOP_STRIPE_KEY is a key for test money; production takes keys for real money only.")
	case !s.Production && stripe.Live(c.Stripe):
		refuse("SHOP_STRIPE_KEY is a key for real money; development takes keys for test money only.")
	case s.Production && c.API != "":
		refuse("SHOP_STRIPE_API is for tests; production refuses it.")
	}
	if s.URL == nil {
		return // which has been refused
	}
	gateway, err := stripe.New(stripe.Options{Key: c.Stripe, Secrets: strings.Split(strings.ReplaceAll(c.Webhook, " ", ""), ","), API: c.API, URL: s.URL.String()})
	if err != nil {
		refuse("%s can't be used: %v.", stripeSettings[err], err)
		return
	}
	s.gateways = append(s.gateways, gateway)
}

// stripeSettings are the settings that Stripe's gateway refuses, by its faults.
var stripeSettings = map[error]string{stripe.ErrKey: "SHOP_STRIPE_KEY", stripe.ErrSecret: "SHOP_STRIPE_WEBHOOK_SECRET", stripe.ErrAPI: "SHOP_STRIPE_API"}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

func proxies(list string) ([]netip.Prefix, error) {
	var found []netip.Prefix
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		found = append(found, prefix)
	}
	return found, nil
}
