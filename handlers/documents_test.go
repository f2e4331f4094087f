package handlers_test

import (
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/jobs"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/paper/papertest"
)

// printAll has the shop do its jobs as it does them when it runs.
func printAll(t testing.TB, shop *handlerstest.Shop) {
	t.Helper()
	for range 2 {
		shop.Worker(jobs.Handlers(shop.Shop.Shop, nil, shop.URL)).Round(t.Context())
	}
}

func paidOrder(t testing.TB, shop *handlerstest.Shop, path string) order.Order {
	t.Helper()
	o := shop.Pay(t, shop.Place(t, path, modelstest.Buyer(path), modelstest.Goods{"MI-BAND-BLACK": 2}))
	printAll(t, shop)
	return o
}

func TestBuyersGetTheirDocuments(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := paidOrder(t, shop, "de")
	if err := shop.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	printAll(t, shop)
	visit := shop.Visit(t)
	for link, want := range map[string]string{"Rechnung herunterladen (PDF)": "Rechnungsnummer\nDE-2026-00001", "Rechnungskorrektur DE-C2026-00001 herunterladen (PDF)": "Zu Rechnung\nDE-2026-00001"} {
		visit.Open("/de/orders/" + o.Token)
		visit.Follow(link)
		visit.Answered(200)
		if visit.Header.Get("Content-Type") != "application/pdf" || visit.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", visit.Header)
		}
		if text := papertest.Text(t, []byte(visit.Body)); !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
}

// Whoever does not hold an order's secret learns nothing of its documents: every wrong address is the same page.
func TestDocumentsAreForTheirBuyersOnly(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o, other := paidOrder(t, shop, "de"), paidOrder(t, shop, "us")
	unpaid := shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	visit := shop.Visit(t)
	page := func(path string) string {
		visit.Open(path)
		visit.Answered(404)
		return strings.ReplaceAll(visit.Body, visit.Header.Get("X-Request-Id"), "")
	}
	want := page("/de/orders/" + strings.Repeat("A", len(o.Token)) + "/invoice.pdf")
	for _, path := range []string{"/de/orders/x/invoice.pdf", "/de/orders/" + other.Token + "/invoice.pdf", "/de/orders/" + other.Token + "/credit-notes/US-2026-00001.pdf",
		"/de/orders/" + strings.Repeat("B", len(o.Token)) + "/credit-notes/DE-2026-00001.pdf"} {
		if got := page(path); got != want {
			t.Errorf("%s is another page than an unknown one", path)
		}
	}
	page("/de/orders/" + unpaid.Token + "/invoice.pdf")
	page("/de/orders/" + o.Token + "/credit-notes/DE-2026-00001.pdf") // an invoice is no credit note
	page("/de/orders/" + o.Token + "/credit-notes/US-2026-00001.pdf")
	visit.Open("/admin/orders/" + o.Number + "/documents/DE-2026-00001.pdf")
	visit.See("Sign in")
}

func TestStaffPrintSlipsWithoutPrices(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := paidOrder(t, shop, "uk")
	visit := shop.Owner(t)
	visit.Open("/admin/orders/" + o.Number)
	visit.Follow("Packing slip of what is to be packed")
	visit.Answered(200)
	text := papertest.Text(t, []byte(visit.Body))
	for _, want := range []string{"Packing slip", "MI-BAND-BLACK", "Deliver to", o.Name, o.Number} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	if strings.Contains(text, "£") {
		t.Errorf("a slip has prices:\n%s", text)
	}
	if err := shop.Orders.Ship(t.Context(), modelstest.Owner, o.Number, order.Parcel{Carrier: "Parcel Post", Tracking: "T1"}); err != nil {
		t.Fatal(err)
	}
	visit.Open("/admin/orders/" + o.Number)
	visit.Follow("Packing slip of parcel 1")
	if text := papertest.Text(t, []byte(visit.Body)); !strings.Contains(text, "Parcel Post") || !strings.Contains(text, "T1") {
		t.Errorf("the parcel is not told:\n%s", text)
	}
	visit.Open("/admin/orders/" + o.Number)
	visit.Follow("Invoice UK-2026-00001 of 20 November 2026")
	visit.Answered(200)
	for _, path := range []string{"open", "999", "x", "-1"} {
		visit.Open("/admin/orders/" + o.Number + "/packing-slips/" + path + ".pdf")
		visit.Answered(404)
	}
}

func TestTheMailsCarryTheDocuments(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := paidOrder(t, shop, "fr")
	if err := shop.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	printAll(t, shop)
	for kind, name := range map[string]string{order.MailPaid: "FR-2026-00001.pdf", order.MailCancelled: "FR-C2026-00001.pdf"} {
		same := shop.Number(t, `SELECT COUNT(*) FROM mails m JOIN mail_attachments a ON a.mail_id = m.id
			JOIN documents d ON d.number || '.pdf' = a.name JOIN document_files f ON f.document_id = d.id AND f.pdf = a.content WHERE m.kind = ? AND a.name = ?`, kind, name)
		if same != 1 {
			t.Errorf("%s goes with %d files %s as they were printed", kind, same, name)
		}
	}
}

func TestBooksAreExportedByWhoMay(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	o := paidOrder(t, shop, "uk")
	visit := shop.Owner(t)
	visit.Open("/admin/exports")
	visit.Fill("from", "2026-11-01")
	visit.Fill("to", "2026-10-01")
	visit.Press("Export as CSV")
	visit.Answered(422)
	visit.Fill("to", "2026-11-30")
	visit.Press("Export as CSV")
	visit.Answered(200)
	if got := visit.Body; !strings.Contains(got, "uk,UK-2026-00001,invoice,2026-11-20,,"+o.Number+",GBP,VAT,20,") {
		t.Errorf("the file is\n%s", got)
	}
	visit.Open("/admin/trail")
	visit.See("export documents")
	support := shop.Member(t, staff.Support)
	support.Open("/admin/exports")
	support.Answered(403)
	support.Post("/admin/exports", url.Values{"book": {"documents"}, "from": {"2026-11-01"}, "to": {"2026-11-30"}})
	support.Answered(403)
}
