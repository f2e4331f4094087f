package jobs

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"softlaunch/models"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

const public = "https://shop.example.com"

func round(t *testing.T, s *models.Shop, m Mailer) {
	t.Helper()
	s.Worker(Handlers(s, m, public)).Round(t.Context())
}

// kept are the shop's mails, the oldest first.
func kept(t *testing.T, s *models.Shop) []order.Mail {
	t.Helper()
	found, _, err := s.Orders.Outgoing(t.Context(), order.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var mails []order.Mail
	for _, one := range slices.Backward(found) {
		if one.MailID == 0 || one.Kind == order.MailAgain {
			continue
		}
		m, err := s.Orders.Mail(t.Context(), one.MailID)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, m)
	}
	return mails
}

func band(t *testing.T, s *modelstest.Shop, path string) order.Order {
	t.Helper()
	return s.Place(t, path, modelstest.Buyer(path), modelstest.Goods{"MI-BAND-BLACK": 1})
}

func TestEachStepOfAnOrderIsMailedOnce(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	m := mailer(t, office.url())
	placed := s.Pay(t, band(t, s, "de"))
	if err := s.Orders.Ship(t.Context(), modelstest.Owner, placed.Number, order.Parcel{Carrier: "Paketpost", Tracking: "PP1"}); err != nil {
		t.Fatal(err)
	}
	dropped := band(t, s, "de")
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, dropped.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Orders.Withdraw(t.Context(), s.Store(t, "de"), order.Withdrawal{Name: "Ada", OrderNumber: placed.Number, Email: placed.Email}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		round(t, s.Shop, m)
		s.Time.Advance(time.Minute)
	}
	var kinds []string
	for _, one := range kept(t, s.Shop) {
		kinds = append(kinds, one.Kind)
		if one.SentAt.IsZero() || one.Plain == "" || !strings.Contains(one.HTML, public+"/de/") {
			t.Errorf("kept %+v", one)
		}
	}
	want := "order.received order.paid order.shipped order.received order.cancelled withdrawal.received"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("kept %s", got)
	}
	var recipients []string
	for _, one := range office.all() {
		recipients = append(recipients, one.to)
	}
	if got := strings.Join(recipients, " "); got != strings.Repeat(placed.Email+" ", 3)+dropped.Email+" "+dropped.Email+" "+placed.Email {
		t.Errorf("delivered to %s", got)
	}
}

func TestABuyerIsToldThatHisMoneyIsOnItsWay(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	buyer := modelstest.Buyer("de")
	buyer.Payment = "transfer"
	placed := s.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	if _, err := s.Orders.MarkPaid(t.Context(), modelstest.Owner, placed.Number); err != nil {
		t.Fatal(err)
	}
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, placed.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	if err := s.Orders.MarkRefunded(t.Context(), modelstest.Owner, placed.Number, 1); err != nil {
		t.Fatal(err)
	}
	round(t, s.Shop, mailer(t, office.url()))
	mails := kept(t, s.Shop)
	last := mails[len(mails)-1]
	if last.Kind != order.MailRefundSent || last.Recipient != placed.Email || *last.OrderID != placed.ID || last.SentAt.IsZero() {
		t.Errorf("kept %+v", last)
	}
	for _, m := range mails[len(mails)-2:] { // that it is cancelled, and that the money is sent
		if sum := "\u00a0€"; !strings.Contains(m.Plain, sum) || !strings.Contains(m.Plain, "auf das Konto, von dem Ihre Überweisung kam") {
			t.Errorf("%s does not say how much goes where:\n%s", m.Kind, m.Plain)
		}
	}
}

// What a buyer typed stands in the text and nowhere in the headers.
func TestNamesMakeNoHeaders(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	placed := band(t, s, "fr")
	s.Exec(t, "UPDATE orders SET name = ? WHERE id = ?", "Ada\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>", placed.ID)
	round(t, s.Shop, mailer(t, office.url()))
	got := office.all()
	if len(got) != 1 || got[0].to != placed.Email {
		t.Fatalf("delivered %d, %q", len(got), got[0].to)
	}
	m := got[0].parse(t)
	if m.Header.Get("Bcc") != "" || m.Header.Get("Content-Language") != "fr-FR" || m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("headers %v", m.Header)
	}
}

func TestTheLinksOfOrdersGoToTheirAddressAndAreForgotten(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	m := mailer(t, office.url())
	placed := band(t, s, "de")
	round(t, s.Shop, m)
	for _, email := range []string{placed.Email, "nobody@example.com"} {
		if err := s.Lookups.Ask(t.Context(), s.Store(t, "de-en"), order.Lookup{Email: email}, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	office.change(func(p *postOffice) { p.drops = 1 })
	round(t, s.Shop, m)
	if n := s.Number(t, "SELECT COUNT(*) FROM order_lookups"); n != 1 {
		t.Errorf("%d lookups wait, one should: the other has no answer", n)
	}
	s.Time.Advance(time.Minute)
	round(t, s.Shop, m)
	got := office.all()
	if len(got) != 2 || got[1].to != placed.Email || got[1].parse(t).Header.Get("Content-Language") != "en-GB" || !strings.Contains(got[1].raw, "/de-en/orders/") {
		t.Fatalf("delivered %d:\n%s", len(got), got[len(got)-1].raw)
	}
	if n := s.Number(t, "SELECT (SELECT COUNT(*) FROM order_lookups) + (SELECT COUNT(*) FROM mails WHERE kind = ?)", order.MailLinks); n != 0 {
		t.Errorf("%d are not forgotten", n)
	}
}

func TestWithoutAMailServerMailsAreKept(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	placed := band(t, s, "us")
	round(t, s.Shop, nil)
	round(t, s.Shop, nil)
	mails := kept(t, s.Shop)
	if len(mails) != 1 || !mails[0].SentAt.IsZero() || mails[0].Recipient != placed.Email || !strings.Contains(mails[0].Subject, placed.Number) {
		t.Errorf("kept %+v", mails)
	}
}

func TestAServerThatIsDownGetsTheMailLater(t *testing.T) {
	t.Parallel()
	s, address := modelstest.New(t), vacant(t)
	m := mailer(t, "smtp://"+address+"?from=shop@example.com")
	placed := band(t, s, "us")
	for _, pause := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute} {
		round(t, s.Shop, m)
		s.Time.Advance(pause - time.Millisecond)
		round(t, s.Shop, m)
		s.Time.Advance(time.Millisecond)
	}
	office := open(t, address, nil)
	round(t, s.Shop, m)
	round(t, s.Shop, m)
	got := office.all()
	if len(got) != 1 || got[0].to != placed.Email {
		t.Errorf("delivered %+v", got)
	}
	if mails := kept(t, s.Shop); len(mails) != 1 || mails[0].SentAt != s.Time.Now() || mails[0].At != modelstest.Start {
		t.Errorf("kept %+v", mails)
	}
}

func TestARefusedRecipientHoldsUpNobody(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	nobody, somebody := band(t, s, "us"), band(t, s, "us")
	office := open(t, "", func(p *postOffice, _ *smtp.Server) { p.refuse = nobody.Email })
	to := mailer(t, office.url())
	round(t, s.Shop, to)
	if got := office.all(); len(got) != 1 || got[0].to != somebody.Email {
		t.Errorf("delivered %+v", got)
	}
	if mails := kept(t, s.Shop); len(mails) != 2 || !mails[0].SentAt.IsZero() || mails[1].SentAt.IsZero() {
		t.Errorf("kept %+v", mails)
	}
	err := to.Send(t.Context(), order.Mail{Recipient: nobody.Email, Subject: "s", Plain: "p", HTML: "h"})
	if err == nil || !strings.Contains(err.Error(), "550 5.1.1") || strings.Contains(err.Error(), nobody.Email) {
		t.Errorf("got %v", err)
	}
}

// killed is a mailer whose shop dies right after the mail has gone out: it keeps the database as it is at that moment.
type killed struct {
	Mailer
	path, copy string
	t          *testing.T
}

func (k killed) Send(ctx context.Context, m order.Mail) error {
	err := k.Mailer.Send(ctx, m)
	for _, ending := range []string{"", "-wal"} {
		content, reading := os.ReadFile(k.path + ending)
		if reading != nil {
			k.t.Error(reading)
		}
		if writing := os.WriteFile(k.copy+ending, content, 0o600); writing != nil {
			k.t.Error(writing)
		}
	}
	return err
}

func TestAShopKilledBeforeTheMarkSendsAgain(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	copied := filepath.Join(t.TempDir(), "store.db")
	m := mailer(t, office.url())
	band(t, s, "us")
	round(t, s.Shop, killed{Mailer: m, path: s.Path, copy: copied, t: t})

	again := modelstest.Open(t, copied, s.Time, s.Machine)
	round(t, again, m)
	round(t, again, m)
	got := office.all()
	if len(got) != 2 {
		t.Fatalf("delivered %d times", len(got))
	}
	if one, two := got[0].parse(t).Header.Get("Message-ID"), got[1].parse(t).Header.Get("Message-ID"); one != two || one == "" {
		t.Errorf("a reader can't tell the second copy: %q, %q", one, two)
	}
	if mails := kept(t, again); len(mails) != 1 || mails[0].SentAt.IsZero() {
		t.Errorf("kept %+v", mails)
	}
}

func TestNothingIsMailedOfAnOrderThatIsNotThere(t *testing.T) {
	t.Parallel()
	s, office := modelstest.New(t), open(t, "", nil)
	m := mailer(t, office.url())
	ready := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	ready.Total++
	if _, err := s.Orders.Place(t.Context(), ready); err == nil {
		t.Error("an order at another total was placed")
	}
	round(t, s.Shop, m)
	for kind, handle := range Handlers(s.Shop, m, public) {
		err := handle(t.Context(), job.Job{ID: 1, Kind: kind, SubjectID: 4711})
		forgotten := append([]string{order.MailAgain, order.MailLinks}, launch.NoticeKinds...) // there is nobody to be mailed
		if err == nil && !slices.Contains(forgotten, kind) {
			t.Errorf("%s about nothing was done", kind)
		}
	}
	if got, mails := office.all(), kept(t, s.Shop); len(got)+len(mails) > 0 {
		t.Errorf("delivered %+v, kept %+v", got, mails)
	}
}

func TestAShopThatStopsFinishesTheMailOnItsWay(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	office := open(t, "", func(p *postOffice, _ *smtp.Server) { p.slow = 200 * time.Millisecond })
	to := mailer(t, office.url())
	band(t, s, "us")
	band(t, s, "us")
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-office.began; stop() }()
	s.Worker(Handlers(s.Shop, to, public)).Run(ctx)
	mails := kept(t, s.Shop)
	if got := office.all(); len(got) != 1 || len(mails) != 1 || mails[0].SentAt.IsZero() {
		t.Errorf("delivered %d, kept %+v", len(got), mails)
	}
}
