package document_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/document"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var two = modelstest.Goods{"MI-BAND-BLACK": 2, "POWER-BANK-5000-SILVER": 1}

// invoiced is an order that was paid, and its invoice.
func invoiced(t testing.TB, s *modelstest.Shop, path string) (order.Order, document.Document) {
	t.Helper()
	o := s.Pay(t, s.Place(t, path, modelstest.Buyer(path), two))
	s.Work(t)
	documents, err := s.Documents.OfOrder(t.Context(), o.ID)
	must(t, err)
	if len(documents) != 1 || documents[0].Kind != document.Invoice || !documents[0].Printed {
		t.Fatalf("a paid order has %+v", documents)
	}
	return o, documents[0]
}

func TestAPaidOrderGetsItsInvoice(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, d := invoiced(t, s, "de")
	c, err := s.Documents.Content(t.Context(), d.ID)
	must(t, err)
	if d.Number != "DE-2026-00001" || c.Number != d.Number || c.Order != o.Number || c.Total != o.TotalAmount || c.Tax != o.TaxAmount || c.Buyer.Name != o.Name {
		t.Errorf("%+v says %+v", d, c)
	}
	if wrong := c.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	if kept := modelstest.At("2034-12-31T23:00:00Z"); d.KeepUntil != kept {
		t.Errorf("kept until %s, the law says until %s", d.KeepUntil, kept)
	}
	if _, another := invoiced(t, s, "de"); another.Number != "DE-2026-00002" {
		t.Errorf("the next invoice is %s", another.Number)
	}
	if _, another := invoiced(t, s, "uk"); another.Number != "UK-2026-00001" {
		t.Errorf("another market's first invoice is %s", another.Number)
	}
}

func TestAnOrderIsInvoicedOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, first := invoiced(t, s, "us")
	for range 3 {
		s.Write(t, func(tx db.Tx) error { return job.Queue(tx, order.JobInvoice, o.ID) })
	}
	s.Work(t)
	documents, err := s.Documents.OfOrder(t.Context(), o.ID)
	must(t, err)
	if len(documents) != 1 || documents[0] != first {
		t.Errorf("%+v", documents)
	}
}

func TestNothingIsInvoicedThatWasCancelledFirst(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), two))
	must(t, s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"))
	s.Work(t)
	if n := s.Number(t, "SELECT COUNT(*) FROM documents WHERE kind = 'invoice'"); n != 0 {
		t.Errorf("%d invoices of a cancelled order", n)
	}
}

func TestSeriesBeginWithTheMarketsYear(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	invoiced(t, s, "us")
	s.Time.Set(modelstest.At("2026-12-31T23:30:00Z")) // 2027 in Berlin, still 2026 in New York
	if _, d := invoiced(t, s, "de"); d.Number != "DE-2027-00001" {
		t.Errorf("got %s", d.Number)
	}
	if _, d := invoiced(t, s, "us"); d.Number != "US-2026-00002" {
		t.Errorf("got %s", d.Number)
	}
}

// Where the clock has run back a document is dated like the one before it.
func TestDatesOfASeriesNeverRunBack(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	_, first := invoiced(t, s, "uk")
	s.Time.Advance(-time.Hour)
	if _, second := invoiced(t, s, "uk"); second.IssuedAt != first.IssuedAt || second.Ordinal != 2 {
		t.Errorf("%+v after %+v", second, first)
	}
}

// An invoice waits for the seller it must name; nothing is numbered before.
func TestNoInvoiceWithoutASeller(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "DELETE FROM seller_notes")
	s.Exec(t, "DELETE FROM sellers")
	o := s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), two))
	err := s.Documents.Invoice(t.Context(), s.Job(t, order.JobInvoice))
	if !fault.Is(err, fault.Conflict) || s.Number(t, "SELECT COUNT(*) FROM document_numbers") != 0 {
		t.Fatalf("%v", err)
	}
	seller := market.Seller{Name: "Softlaunch Example Trading Inc.", Line1: "100 Example Avenue", PostalCode: "12207", City: "Albany", Country: "US", KeepYears: 7, Paper: "letter"}
	must(t, s.Setup.SetSeller(t.Context(), modelstest.Owner, "us", seller.FormOf()))
	s.Time.Advance(time.Minute)
	s.Work(t)
	documents, err := s.Documents.OfOrder(t.Context(), o.ID)
	must(t, err)
	if len(documents) != 1 {
		t.Fatalf("%+v", documents)
	}
}

// What was issued can't be changed or deleted, by whatever statement.
func TestDocumentsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	invoiced(t, s, "us")
	for _, statement := range []string{
		"UPDATE documents SET content = '{}'", "UPDATE documents SET keep_until = keep_until + 1", "DELETE FROM documents", "UPDATE OR REPLACE documents SET number = 'X'",
		"UPDATE document_files SET pdf = X'00'", "DELETE FROM document_files",
	} {
		err := s.Try(t, func(tx db.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "documents are never") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// Row 5 of GUARANTEES for documents: what an invoice says is not looked up again, and its bytes stay those first printed.
func TestADocumentDoesNotChangeWithTheShop(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, d := invoiced(t, s, "de")
	before, err := s.Documents.Content(t.Context(), d.ID)
	must(t, err)
	s.Exec(t, "UPDATE sellers SET name = 'Other', vat_number = 'X', keep_years = 1")
	s.Exec(t, "UPDATE markets SET zone = 'Pacific/Auckland', tax_included = 0")
	s.Exec(t, "UPDATE product_texts SET name = 'New'")
	must(t, s.Documents.Keep(t.Context(), d.ID, []byte("printed anew")))
	after, err := s.Documents.Content(t.Context(), d.ID)
	must(t, err)
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("%+v became %+v", before, after)
	}
	file, err := s.Documents.InvoiceFile(t.Context(), o.ID)
	must(t, err)
	if string(file.PDF) != "printed" {
		t.Errorf("the file became %q", file.PDF)
	}
}

var errUndone = errors.New("undone on purpose")

// A change that draws a number and then fails, by an error, a panic or the end of its goroutine, leaves no gap, though
// others are committed with it.
func TestNumbersHaveNoGapAfterWhateverFails(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	orders := make([]order.Order, 24)
	for i := range orders {
		orders[i] = s.Pay(t, s.Place(t, "uk", modelstest.Buyer("uk"), two))
	}
	jobs := s.Jobs(t, order.JobInvoice)
	var all sync.WaitGroup
	for i, j := range jobs {
		all.Go(func() { must(t, s.Documents.Invoice(t.Context(), j)) })
		all.Go(func() {
			err := s.Try(t, func(tx db.Tx) error {
				if err := document.IssueInvoice(tx, orders[(i+7)%len(orders)].ID); err != nil {
					return err
				}
				if i%2 == 0 {
					panic(errUndone)
				}
				return errUndone
			})
			if err == nil {
				t.Error("a failed change was committed")
			}
		})
	}
	all.Wait()
	s.Work(t)
	if n := s.Number(t, "SELECT MAX(ordinal) FROM documents"); n != int64(len(orders)) {
		t.Errorf("%d invoices have numbers up to %d", len(orders), n)
	}
}
