package command

import (
	"strings"
	"testing"
	"time"
)

// fine is a configuration that production accepts.
var fine = config{Env: "production", Addr: "0.0.0.0:443", URL: "https://shop.example.com", Database: "store.db",
	Secret: strings.Repeat("x", 32), now: time.Now}

const (
	live    = "sk_live_canary"
	signing = "whsec_canary0123456789"
)

func TestAConfigurationIsRefusedForEachFault(t *testing.T) {
	t.Parallel()
	development := config{Env: "development", Addr: "127.0.0.1:8080", Database: "store.db", now: time.Now}
	for name, row := range map[string]struct {
		from   config
		change func(*config)
		says   []string
	}{
		"production":               {fine, func(*config) {}, nil},
		"development":              {development, func(*config) {}, nil},
		"development on localhost": {development, func(c *config) { c.Addr, c.URL = "localhost:1", "http://[::1]:1/" }, nil},
		"a moved clock":            {development, func(c *config) { c.Clock = "2015-05-31T23:59:30-04:00" }, nil},
		"an unknown environment":   {development, func(c *config) { c.Env = "staging" }, []string{"SHOP_ENV"}},
		"an open address":          {development, func(c *config) { c.Addr = ":8080" }, []string{"SHOP_ADDR"}},
		"a public URL":             {development, func(c *config) { c.URL = "http://shop.example.com" }, []string{"SHOP_URL"}},
		"a URL with a path":        {development, func(c *config) { c.URL = "http://localhost/shop" }, []string{"SHOP_URL"}},
		"a clock that is no time":  {development, func(c *config) { c.Clock = "tomorrow" }, []string{"SHOP_CLOCK"}},
		"PostgreSQL":               {development, func(c *config) { c.Database = "postgres://x" }, []string{"SHOP_DATABASE"}},
		"no mail server":           {development, func(c *config) { c.SMTP = "mail.example.com" }, []string{"SHOP_SMTP"}},
		"cards":                    {fine, func(c *config) { c.Stripe, c.Webhook = live, signing }, nil},
		"cards on trial":           {development, func(c *config) { c.Stripe, c.Webhook = "sk_test_51", signing+","+signing }, nil},
		"no signing secret":        {fine, func(c *config) { c.Stripe = live }, []string{"SHOP_STRIPE_KEY needs SHOP_STRIPE_WEBHOOK_SECRET"}},
		"a secret without a key":   {fine, func(c *config) { c.Webhook = signing }, []string{"need SHOP_STRIPE_KEY"}},
		"a secret that is none":    {fine, func(c *config) { c.Stripe, c.Webhook = live, "whsec_" }, []string{"SHOP_STRIPE_WEBHOOK_SECRET can't be used"}},
		"a key that is none":       {development, func(c *config) { c.Stripe, c.Webhook = "pk_test_51", signing }, []string{"SHOP_STRIPE_KEY can't be used"}},
		"test money in production": {fine, func(c *config) { c.Stripe, c.Webhook = "sk_test_51", signing }, []string{"key for test money"}},
		"real money on trial":      {development, func(c *config) { c.Stripe, c.Webhook = live, signing }, []string{"key for real money"}},
		"another Stripe":           {fine, func(c *config) { c.Stripe, c.Webhook, c.API = live, signing, "https://x.example.com" }, []string{"SHOP_STRIPE_API is for tests"}},
		"no network":               {development, func(c *config) { c.Proxies = "10.0.0.0/8, here" }, []string{"SHOP_PROXIES"}},
		"everything at once": {fine, func(c *config) {
			c.URL, c.Secret, c.Clock, c.Proxies = "http://x", "", "2015-05-31T23:59:30-04:00", "x"
		},
			[]string{"SHOP_URL", "SHOP_SECRET", "SHOP_CLOCK", "SHOP_PROXIES"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := row.from
			row.change(&c)
			_, err := c.check()
			if (err != nil) != (len(row.says) > 0) {
				t.Fatalf("answered %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("%q tells a secret", err)
			}
			for _, said := range row.says {
				if !strings.Contains(err.Error(), said) {
					t.Errorf("%q says nothing of %s", err, said)
				}
			}
		})
	}
}

func TestProductionHasNoSandbox(t *testing.T) {
	t.Parallel()
	s, err := fine.check()
	if err != nil {
		t.Fatal(err)
	}
	if _, found := s.gateways.Find("sandbox"); found {
		t.Error("production takes play money")
	}
}
