package document_test

import (
	"strconv"
	"strings"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/document"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// cents is a plain decimal of two decimals in minor units.
func cents(t testing.TB, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	must(t, err)
	return n
}

// sumOf adds up a column.
func sumOf(t testing.TB, rows [][]string, column string) (sum int64) {
	t.Helper()
	for i, head := range rows[0] {
		for _, row := range rows[1:] {
			if head == column {
				sum += cents(t, row[i])
			}
		}
	}
	return sum
}

func TestBooksComeToWhatTheDocumentsSay(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	var charged, tax int64
	for _, path := range []string{"us", "us", "uk", "de"} {
		o, d := invoiced(t, s, path)
		c, err := s.Documents.Content(t.Context(), d.ID)
		must(t, err)
		charged, tax = charged+c.Total, tax+c.Tax
		if path == "uk" {
			whole, err := s.Orders.ByID(t.Context(), o.ID)
			must(t, err)
			note := credit(t, s, whole, order.Claim{TakeOff: []order.Units{{LineID: whole.Lines[0].ID, Quantity: 1}}})[1]
			c, err := s.Documents.Content(t.Context(), note.ID)
			must(t, err)
			charged, tax = charged-c.Total, tax-c.Tax
		}
	}
	export := func(book string) [][]string {
		t.Helper()
		rows, err := s.Documents.Export(t.Context(), modelstest.Owner, document.Period{Book: book, From: "2026-11-20", To: "2026-11-20"})
		must(t, err)
		return rows
	}
	for _, book := range []string{document.BookDocuments, document.BookTotals} {
		rows := export(book)
		if gross, net, taxed := sumOf(t, rows, "gross"), sumOf(t, rows, "net"), sumOf(t, rows, "tax_amount"); gross != charged || taxed != tax || net+taxed != gross {
			t.Errorf("%s: %d gross, %d net, %d tax; documents say %d with %d", book, gross, net, taxed, charged, tax)
		}
	}
	if money := sumOf(t, export(document.BookMoney), "amount"); money != charged {
		t.Errorf("%d came in, documents charge %d", money, charged)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM trail WHERE subject = 'books'"); n != 3 {
		t.Errorf("%d exports are in the trail", n)
	}
}

// A period's days are the market's own: an order paid at 23:30 in Berlin belongs to that day.
func TestAPeriodIsOfTheMarketsDays(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Time.Set(modelstest.At("2026-11-30T22:30:00Z"))
	invoiced(t, s, "de")
	s.Time.Set(modelstest.At("2026-11-30T23:30:00Z"))
	invoiced(t, s, "de")
	for day, want := range map[clock.Day]int{"2026-11-30": 1, "2026-12-01": 1, "2026-12-02": 0} {
		rows, err := s.Documents.Export(t.Context(), modelstest.Owner, document.Period{Book: document.BookDocuments, Market: "de", From: day, To: day})
		must(t, err)
		if len(rows)-1 != want {
			t.Errorf("%s has %d rows, want %d", day, len(rows)-1, want)
		}
	}
}

func TestBooksNeedARightAndAPeriod(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	good := document.Period{Book: document.BookTotals, From: "2026-11-01", To: "2026-11-30"}
	if _, err := s.Documents.Export(t.Context(), staff.Actor{Name: "Sam", Role: staff.Support}, good); !fault.Is(err, fault.Forbidden) {
		t.Errorf("support takes books out: %v", err)
	}
	for _, p := range []document.Period{
		{Book: "all", From: "2026-11-01", To: "2026-11-30"}, {Book: document.BookTotals, From: "2026-11-31", To: "2026-12-01"},
		{Book: document.BookTotals, From: "2026-11-02", To: "2026-11-01"}, {Book: document.BookTotals}, {Book: document.BookTotals, Market: "xx", From: "2026-11-01", To: "2026-11-30"},
	} {
		if _, err := s.Documents.Export(t.Context(), modelstest.Owner, p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}
