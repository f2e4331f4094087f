package shop_test

import (
	"net/url"
	"regexp"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/jobs"
	"softlaunch/models/launch"
	"softlaunch/models/order"
)

// work has the shop do what waits; mails are kept, because there is no mail server.
func work(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	for range 3 { // what is done queues more
		shop.Worker(jobs.Handlers(shop.Shop.Shop, nil, shop.URL)).Round(t.Context())
	}
}

// mail is the newest mail of a kind to an address; found is false when there is none.
func mail(t *testing.T, shop *handlerstest.Shop, kind, to string) (m order.Mail, found bool) {
	t.Helper()
	mails, _, err := shop.Orders.Outgoing(t.Context(), order.MailFilter{Kind: kind}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range mails {
		if one.Recipient != to || one.MailID == 0 {
			continue
		}
		if m, err = shop.Orders.Mail(t.Context(), one.MailID); err != nil {
			t.Fatal(err)
		}
		return m, true
	}
	return m, false
}

var address = regexp.MustCompile(`https?://[^/\s]+(/\S*)`)

// link is the path of the first address in a mail's text, which is its button's.
func link(t *testing.T, m order.Mail) string {
	t.Helper()
	found := address.FindStringSubmatch(m.Plain)
	if found == nil {
		t.Fatalf("no address in %q:\n%s", m.Subject, m.Plain)
	}
	return found[1]
}

// mailed is the newest mail of a kind to an address.
func mailed(t *testing.T, shop *handlerstest.Shop, kind, to string) order.Mail {
	t.Helper()
	m, found := mail(t, shop, kind, to)
	if !found {
		t.Fatalf("no mail %s to %s", kind, to)
	}
	return m
}

// join puts an address on a list of interest as its holder does: by form, mail and button.
func join(t *testing.T, shop *handlerstest.Shop, store, product, email string) {
	t.Helper()
	visit := shop.Visit(t)
	visit.Post("/"+store+"/interest", url.Values{"product": {product}, "email": {email}})
	visit.Answered(200)
	work(t, shop)
	visit.Open(link(t, mailed(t, shop, launch.MailConfirm, email)))
	visit.Post(visit.Path(), nil)
	visit.Answered(200)
}
