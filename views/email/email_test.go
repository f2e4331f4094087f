package email_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/views/email"
)

const public = "https://shop.example.com"

// stores are one of each language, and the second English.
var stores = []string{"us", "uk", "de", "fr", "es", "it", "de-en"}

func sender(t *testing.T, s *modelstest.Shop, path string) email.Sender {
	t.Helper()
	from := email.Sender{Store: s.Store(t, path), URL: public}
	for _, slug := range email.Pages {
		page, err := s.Markets.Page(t.Context(), from.Store, slug)
		if err != nil {
			t.Fatalf("%s: %s: %v", path, slug, err)
		}
		from.Pages = append(from.Pages, page)
	}
	return from
}

func write(t *testing.T, l email.Letter) email.Message {
	t.Helper()
	m, err := l.Write(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// every writes every mail of a store, by name.
func every(t *testing.T, s *modelstest.Shop, path string) map[string]email.Message {
	t.Helper()
	ctx, from := t.Context(), sender(t, s, path)
	code, _, _ := strings.Cut(path, "-")
	goods := modelstest.Goods{"MI-BAND-BLACK": 1, "MI-HEADPHONES-BLACK": 1}
	if from.Store.Market.Phase(s.Time.Now()) == market.Open {
		goods = modelstest.Goods{"MI-BAND-BLACK": 2, "MI-HEADPHONES-BLACK": 1, "PIP-PLUSH-FOX": 1}
	}
	messages := map[string]email.Message{}
	keep := func(name, kind string, number string) {
		t.Helper()
		o, err := s.Orders.ByNumber(ctx, number)
		if err != nil {
			t.Fatal(err)
		}
		messages[name] = write(t, email.Order(from, kind, o, 1))
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	buyer := modelstest.Buyer(code)
	buyer.Name, buyer.Line2 = "Ada <b>Example</b>", "3. Stock"
	placed := s.Place(t, path, buyer, goods)
	keep("received", order.MailReceived, placed.Number)
	s.Pay(t, placed)
	keep("received-paid", order.MailReceived, placed.Number)
	keep("paid", order.MailPaid, placed.Number)
	keep("late", order.MailLate, placed.Number)
	must(s.Orders.Ship(ctx, modelstest.Owner, placed.Number, order.Parcel{Carrier: "Parcel Post", Tracking: "PP 4711 0815"}))
	keep("shipped", order.MailShipped, placed.Number)
	refunded := s.Pay(t, s.Place(t, path, modelstest.Buyer(code), goods))
	must(s.Orders.Cancel(ctx, modelstest.Owner, refunded.Number, "asked for it"))
	keep("cancelled-paid", order.MailCancelled, refunded.Number)
	dropped := s.Place(t, path, modelstest.Buyer(code), goods)
	must(s.Orders.Cancel(ctx, modelstest.Owner, dropped.Number, "asked for it"))
	keep("received-cancelled", order.MailReceived, dropped.Number)
	keep("cancelled", order.MailCancelled, dropped.Number)
	expired := s.Place(t, path, modelstest.Buyer(code), goods)
	if from.Store.Market.Phase(s.Time.Now()) == market.Open {
		buyer := modelstest.Buyer(code)
		buyer.Payment = "transfer"
		transfer := s.Place(t, path, buyer, goods)
		keep("received-transfer", order.MailReceived, transfer.Number)
		must(s.Orders.Cancel(ctx, modelstest.Owner, transfer.Number, "asked for it"))
		keep("cancelled-transfer", order.MailCancelled, transfer.Number)
	}
	s.Time.Advance(time.Hour)
	keep("received-expired", order.MailReceived, expired.Number)
	declared, err := s.Orders.Withdraw(ctx, from.Store, order.Withdrawal{Name: "Ada Example", OrderNumber: placed.Number, Email: placed.Email})
	must(err)
	back, refund, err := s.Orders.Refunded(ctx, 1)
	must(err)
	messages["refund-sent"] = write(t, email.Refund(from, back, refund))
	messages["links"] = write(t, email.Links(from, []order.Order{placed, back}))
	messages["links-one"] = write(t, email.Links(from, []order.Order{back}))
	messages["withdrawal"] = write(t, email.Withdrawal(from, declared))
	return messages
}

var (
	unresolved = regexp.MustCompile(`\b(mail|order|totals|payment|review|delivery|field|place|interest|code|footer|lookup)\.[a-z_]+\b|<no value>|\{\{`)
	links      = regexp.MustCompile(`href="([^"]*)"`)
	loaded     = regexp.MustCompile(`<(img|link|script|iframe|form)\b|url\(|@import|src=`)
	body       = regexp.MustCompile(`(?s)<body.*</body>`)
	tags       = regexp.MustCompile(`(?s)<[^>]*>`)
)

func TestEveryMailIsWhole(t *testing.T) {
	t.Parallel()
	for _, path := range stores {
		s := modelstest.New(t)
		for name, m := range every(t, s, path) {
			t.Run(path+"/"+name, func(t *testing.T) {
				for _, text := range []string{m.Subject, m.Plain, m.HTML} {
					if found := unresolved.FindString(text); found != "" {
						t.Errorf("a message is missing: %q", found)
					}
				}
				if m.Subject == "" || strings.ContainsAny(m.Subject, "\r\n<") {
					t.Errorf("subject %q", m.Subject)
				}
				if found := loaded.FindString(m.HTML); found != "" {
					t.Errorf("the mail loads or runs something: %s", found)
				}
				for _, link := range links.FindAllStringSubmatch(m.HTML, -1) {
					if !strings.HasPrefix(link[1], public+"/") && !strings.HasPrefix(link[1], "mailto:") && !strings.HasPrefix(link[1], "https://") {
						t.Errorf("link to %q", link[1])
					}
				}
				if strings.Contains(m.HTML, "<b>Example") {
					t.Error("markup in a name is not escaped")
				}
				preview(t, path+"-"+name, m)
			})
		}
	}
}

// Whoever reads the plain text misses nothing: each word of the HTML is in it, whatever the case.
func TestPlainTextSaysWhatTheHTMLSays(t *testing.T) {
	t.Parallel()
	for name, m := range every(t, modelstest.New(t), "de") {
		plain := map[string]bool{}
		for _, word := range words(m.Plain) {
			plain[word] = true
		}
		for _, word := range words(tags.ReplaceAllString(body.FindString(m.HTML), " ")) {
			if !plain[word] {
				t.Errorf("%s: %q is not in the plain text", name, word)
			}
		}
	}
}

func words(text string) []string {
	text = strings.NewReplacer("&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", `"`, "\u00a0", " ").Replace(text)
	return strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return strings.ContainsRune(" \n\t:,.()<>/\"", r) })
}

func TestTheConfirmationIsADurableMedium(t *testing.T) {
	t.Parallel()
	m := every(t, modelstest.New(t), "de")["received-transfer"]
	for _, want := range []string{
		"DE-10005", "Ada Example", "10115 Berlin", "Deutschland", "Mi Band", "2 × 14,99 €", "122,96 €", "inkl. 19 % MwSt.", "Lieferung nach Hause", "24.–25. November",
		"Softlaunch Beispielhandel GmbH", "DE89 3704 0044 0532 0130 00", "27. November 2026",
		"Vertragsschluss", "Widerrufsrecht", "Muster-Widerrufsformular", public + "/de/orders/", public + "/de/pages/terms",
	} {
		for part, text := range map[string]string{"plain": m.Plain, "HTML": m.HTML} {
			if !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(text, "\u00a0", " "), "VERTRAGSSCHLUSS", "Vertragsschluss"), want) {
				t.Errorf("the %s lacks %q", part, want)
			}
		}
	}
	if t.Failed() {
		t.Log(m.Plain)
	}
}

// Directive 2011/83/EU, art. 11a: where to withdraw is easy to find while the period runs, so each mail about an order says it.
func TestEachMailAboutAnOrderLeadsToTheWithdrawal(t *testing.T) {
	t.Parallel()
	for name, m := range every(t, modelstest.New(t), "fr") {
		leads := public + "/fr/withdrawal"
		if !strings.Contains(m.Plain, "Renoncer au contrat ici\u00a0: "+leads) && name != "withdrawal" {
			t.Errorf("%s does not lead there:\n%s", name, m.Plain)
		}
		if !strings.HasPrefix(name, "links") && name != "withdrawal" && !strings.Contains(m.HTML, leads+"?order=FR-1000") {
			t.Errorf("%s does not fill in the order", name)
		}
	}
}

func TestAMailNamesItsAttachmentsAndItsLanguage(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	l := email.Order(sender(t, s, "de"), order.MailReceived, s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1}), 0)
	l.Attachments = []order.Attachment{{Name: "DE-R-1.pdf", ContentType: "application/pdf", Content: []byte("%PDF")}}
	m := write(t, l)
	if m.Language != "de-DE" || len(m.Attachments) != 1 || !strings.Contains(m.Plain, "IM ANHANG\nDE-R-1.pdf") || !strings.Contains(m.HTML, "DE-R-1.pdf") {
		t.Errorf("%q, %d attachments:\n%s", m.Language, len(m.Attachments), m.Plain)
	}
}

func TestTaxIsToldAsTheMarketDoes(t *testing.T) {
	t.Parallel()
	us := every(t, modelstest.New(t), "us")["received"].Plain
	for _, want := range []string{"CA sales tax 7.25%: $", "San Francisco, CA 94103", "Hello Ada <b>Example</b>,", "Nov 20, 2026"} {
		if !strings.Contains(us, want) {
			t.Errorf("no %q in\n%s", want, us)
		}
	}
}

// A store that lacks a page still sends its mails.
func TestPagesMayBeMissing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	from := email.Sender{Store: s.Store(t, "us"), URL: public}
	if _, err := s.Markets.Page(t.Context(), from.Store, "nothing"); !fault.Is(err, fault.NotFound) {
		t.Error(errors.New("a page that is not there"))
	}
	m := write(t, email.Order(from, order.MailReceived, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1}), 0))
	if strings.Contains(m.Plain, "=====") || strings.Contains(m.HTML, "/pages/") {
		t.Error(m.Plain)
	}
}

// preview keeps a mail in the folder that SHOP_MAILS names, to be looked at.
func preview(t *testing.T, name string, m email.Message) {
	t.Helper()
	folder := os.Getenv("SHOP_MAILS")
	if folder == "" {
		return
	}
	for ending, text := range map[string]string{"html": m.HTML, "txt": fmt.Sprintf("Subject: %s\n\n%s", m.Subject, m.Plain)} {
		if err := os.WriteFile(filepath.Join(folder, name+"."+ending), []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
}
