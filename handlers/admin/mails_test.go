package admin_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/jobs"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// office is a mail server that takes what it does not refuse.
type office struct {
	refusal error
	sent    []order.Mail
}

func (o *office) Send(_ context.Context, m order.Mail) error {
	if o.refusal == nil {
		o.sent = append(o.sent, m)
	}
	return o.refusal
}

func post(t *testing.T, shop *handlerstest.Shop, mailer jobs.Mailer) {
	t.Helper()
	shop.Worker(jobs.Handlers(shop.Shop.Shop, mailer, shop.URL)).Round(t.Context())
}

func TestAMailIsReadAsTextAndInASandbox(t *testing.T) {
	shop := handlerstest.New(t)
	placed := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	mail, err := shop.Orders.KeepMail(t.Context(), order.Mail{JobID: 1, OrderID: &placed.ID, Kind: order.MailReceived, Recipient: placed.Email,
		Subject: "Your order", Plain: "Hello <b>Ada</b>", HTML: "<p>Hello Ada</p><script>alert(1)</script>",
		Attachments: []order.Attachment{{Name: "DE-1.pdf", ContentType: "application/pdf", Content: []byte("%PDF")}}})
	if err != nil {
		t.Fatal(err)
	}
	visit := shop.Owner(t)
	visit.Open("/admin/mails")
	visit.See("Waiting", placed.Email, placed.Number)
	visit.Follow("Your order")
	visit.See("Hello <b>Ada</b>", "DE-1.pdf")
	visit.NotSee("Send again")
	if policy := visit.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; frame-src 'self'") || !strings.Contains(visit.Body, `src="/admin/mails/1/html"`) {
		t.Errorf("no frame, or under %q", policy)
	}
	visit.Follow("DE-1.pdf")
	if visit.Body != "%PDF" || visit.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(visit.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the attachment came as %q, %v", visit.Body, visit.Header)
	}
	visit.Open("/admin/mails/1/html")
	visit.Answered(200)
	visit.See("Hello Ada")
	if policy := visit.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "sandbox; default-src 'none'") || strings.Contains(policy, "script-src") {
		t.Errorf("mail %d is shown under %q", mail.ID, policy)
	}
}

func TestInProductionMailsAreForWhoeverWorksOnOrders(t *testing.T) {
	shop := handlerstest.NewSecure(t)
	for role, want := range map[staff.Role]int{staff.Support: 200, staff.Merchandiser: 403, staff.Viewer: 403} {
		visit := shop.Member(t, role)
		visit.Open("/admin/mails")
		visit.Answered(want)
	}
}

func TestAMailThatWasGivenUpIsShownWithItsReasonAndTriedAgain(t *testing.T) {
	shop, mailer := handlerstest.New(t), &office{refusal: errors.New("smtp: down")}
	shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	visit := shop.Owner(t)
	post(t, shop, mailer)
	visit.Open("/admin/mails")
	visit.See("Waiting", "1 try: smtp: down", "Next try 2026-11-20 12:00:30 UTC")
	mailer.refusal = job.Final(errors.New("smtp: the recipient was refused: 550 5.1.1"))
	shop.Time.Advance(time.Minute)
	post(t, shop, mailer)
	visit.Open("/admin")
	visit.Follow("1 Mails and other jobs that gave up")
	visit.See("Given up", "2 tries: smtp: the recipient was refused: 550 5.1.1")
	visit.Press("Try again")
	visit.See("It is tried again, from the beginning.", "Waiting")
	wantTrail(t, shop, "try again", "job", "order.received 1", "")
	visit.Post("/admin/jobs/1/attempt", nil)
	visit.Answered(200)
	mailer.refusal = nil
	post(t, shop, mailer)
	visit.Open("/admin/mails?state=sent")
	visit.See("Order received")
	visit.Open("/admin/mails?state=dead")
	visit.See("No mail fits these filters.")
	if len(mailer.sent) != 1 {
		t.Errorf("sent %d", len(mailer.sent))
	}
}

func TestAMailIsSentAgainByAButton(t *testing.T) {
	shop, mailer := handlerstest.New(t), &office{}
	placed := shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	post(t, shop, mailer)
	visit := shop.Owner(t)
	visit.Open("/admin/mails/1")
	visit.Press("Send again")
	visit.See("The mail goes out again.", "Waiting", "Sent again")
	visit.NotSee(`action="/admin/mails/1/sending"`)
	visit.Post("/admin/mails/1/sending", url.Values{"seen": {"0"}}) // the page of somebody else, or the button pressed twice
	post(t, shop, mailer)
	if len(mailer.sent) != 2 || mailer.sent[1].Recipient != placed.Email || mailer.sent[1].HTML != mailer.sent[0].HTML || mailer.sent[1].Key() == mailer.sent[0].Key() {
		t.Errorf("sent %d mails", len(mailer.sent))
	}
	visit.Post("/admin/mails/1/sending", url.Values{"seen": {"x"}})
	visit.Answered(422)
	viewer := shop.Member(t, staff.Viewer)
	viewer.Open("/admin/mails/1")
	viewer.NotSee("Send again</button>")
	viewer.Post("/admin/mails/1/sending", url.Values{"seen": {"1"}})
	viewer.Answered(403)
	viewer.Post("/admin/jobs/1/attempt", nil)
	viewer.Answered(403)
}

func TestMailsAreFoundAndPaged(t *testing.T) {
	shop, mailer := handlerstest.New(t), &office{}
	first := shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	for range 51 {
		shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	}
	shop.Pay(t, first)
	post(t, shop, mailer)
	visit := shop.Owner(t)
	visit.Open("/admin/mails?kind=order.received")
	visit.NotSee(first.Number)
	visit.Follow("Older")
	visit.See(first.Number)
	if strings.Contains(visit.Text(), "Older") {
		t.Error("the last page leads to another one")
	}
	for _, query := range []string{"q=" + first.Number, "q=" + strings.ToUpper(url.QueryEscape(first.Email)), "kind=order.paid", "kind=order.paid&state=sent"} {
		visit.Open("/admin/mails?" + query)
		visit.See(first.Number)
		visit.NotSee("DE-100")
	}
	for _, query := range []string{"q=%25", "state=kept", "state=waiting", "kind=order.links"} {
		visit.Open("/admin/mails?" + query)
		visit.See("No mail fits these filters.")
	}
}

// Each kind of mail can be seen in each store before one is sent, also where the shop is yet to open.
func TestEachKindOfMailIsSeenBeforeItIsSent(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	markets, err := shop.Markets.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var stores []market.Store
	for _, m := range markets {
		stores = append(stores, m.Stores()...)
	}
	for _, kind := range order.AllMailKinds {
		for _, store := range stores {
			visit.Open("/admin/mails/kinds/" + kind + "?store=" + store.Path())
			visit.Answered(200)
			visit.NotSee("no example could be made", ">"+kind+"<") // a kind has a name
			visit.Open("/admin/mails/kinds/" + kind + "/html?store=" + store.Path())
			visit.Answered(200)
			if !strings.Contains(visit.Body, shop.URL+"/") || !strings.HasPrefix(visit.Header.Get("Content-Security-Policy"), "sandbox") {
				t.Errorf("%s in %s: %s", kind, store.Path(), visit.Body)
			}
		}
	}
	if n := shop.Number(t, "SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM mails) + (SELECT COUNT(*) FROM jobs)"); n != 0 {
		t.Errorf("looking wrote %d rows", n)
	}
	visit.Open("/admin/mails/kinds/order.nothing")
	visit.Answered(404)
	visit.Open("/admin/mails/kinds/order.paid?store=xx")
	visit.Answered(404)
}
