package paper_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"softlaunch/models/document"
	"softlaunch/views/paper"
	"softlaunch/views/paper/papertest"
)

// long is an invoice of many lines, with a discount on every other.
func long(lines int) document.Content {
	c := document.Content{Kind: document.Invoice, Number: "FR-2026-00042", Language: "fr", Country: "FR", Paper: "a4", IssuedOn: "2026-11-20", PaidOn: "2026-11-20",
		OrderedOn: "2026-11-19", Order: "FR-10042", Payment: "stripe", DeliveryName: "À domicile", SuppliedFrom: "2026-11-24", SuppliedTo: "2026-11-26",
		Seller: document.Seller{Address: document.Address{Name: "Softlaunch Exemple Commerce SARL", Line1: "1 rue de l’Exemple", PostalCode: "75001", City: "Paris", Country: "FR"},
			Email: "aide-fr@example.com", VATNumber: "FR00000000000", Register: "SIREN 000 000 000", Note: "Pas d’escompte."},
		Buyer:    document.Address{Name: "Ada Lovelace", Line1: "1 rue du Test", PostalCode: "75011", City: "Paris", Country: "FR"},
		Currency: "EUR", TaxIncluded: true, Delivery: 490}
	for i := range lines {
		l := document.Line{SKU: fmt.Sprintf("SKU-%03d", i+1), Name: "Bracelet connecté", Colour: "Noir", Quantity: 1, Unit: 1200, Amount: 1200, RatePPM: 200000}
		if i%2 == 1 {
			l.Discount = 200
		}
		c.Lines = append(c.Lines, l)
		c.Goods += l.Amount
		c.Discount += l.Discount
	}
	c.Total = c.Goods - c.Discount + c.Delivery
	c.Tax = (c.Total + 3) / 6
	c.Net = c.Total - c.Tax
	c.Taxes = []document.Tax{{Name: "TVA", RatePPM: 200000, Net: c.Net, Tax: c.Tax}}
	return c
}

func printed(t testing.TB, c document.Content) []byte {
	t.Helper()
	pdf, err := paper.Print(paper.Document(c))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// 60 lines take several pages: each repeats the heads, says which page of which document it is and carries the sum over.
func TestALongInvoiceCarriesItsSumFromPageToPage(t *testing.T) {
	t.Parallel()
	c := long(60)
	pages := papertest.Pages(t, printed(t, c))
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	sofar, next := 0, 0
	for i, page := range pages {
		for _, want := range []string{"Article", "Prix unitaire", "Montant", fmt.Sprintf("Page %d sur %d", i+1, len(pages)), "TVA intracommunautaire FR00000000000"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
		}
		carried := fmt.Sprintf("Report\n%s", euros(sofar))
		if i > 0 && (!strings.Contains(page, "Facture FR-2026-00042") || !strings.Contains(page, carried)) {
			t.Errorf("page %d does not begin with %q:\n%s", i+1, carried, page)
		}
		for ; next < 60 && strings.Contains(page, c.Lines[next].SKU); next++ {
			sofar += int(c.Lines[next].Amount - c.Lines[next].Discount)
		}
		if carried = fmt.Sprintf("Report\n%s", euros(sofar)); i < len(pages)-1 && !strings.Contains(page, carried) {
			t.Errorf("page %d does not end with %q", i+1, carried)
		}
	}
	if next != 60 || !strings.Contains(pages[len(pages)-1], "Total TTC") {
		t.Errorf("%d lines of 60 are printed", next)
	}
}

func euros(cents int) string { return fmt.Sprintf("%d,%02d €", cents/100, cents%100) }

// Whatever number of lines there is, totals, taxes and what is left to pay stand together, and nothing leaves the page.
func TestAnyNumberOfLinesFits(t *testing.T) {
	t.Parallel()
	for lines := range 45 {
		pdf := printed(t, long(lines))
		papertest.Inside(t, pdf)
		for _, page := range papertest.Pages(t, pdf) {
			if strings.Contains(page, "Total TTC") && strings.Contains(page, "TVA 20 %") && strings.Contains(page, "Réglée intégralement") {
				pdf = nil
			}
		}
		if pdf != nil {
			t.Errorf("%d lines: the sums are torn apart", lines)
		}
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	t.Parallel()
	c := long(5)
	if first, second := printed(t, c), printed(t, c); !bytes.Equal(first, second) {
		t.Error("printed twice, it differs")
	}
}

// odd are texts that people type, by mistake or on purpose.
var odd = []string{
	"<script>alert(1)</script> & <b>bold</b>", "(unbalanced \\ brackets) ) (", "%PDF-1.4 endstream endobj", "Łucja Őszi-Παπαδοπούλου Борис",
	"日本語の名前 😀", "e\u0301crit decomposed", "tab\tand\nline\r\nbreak", "\x00\x01null \u202e right to left", "Nguyễn Thị Ánh",
	strings.Repeat("Wolfeschlegelsteinhausenbergerdorff", 12), strings.Repeat("many short words ", 40), "\xff\xfe broken", "",
}

func TestOddTextsDoNoHarm(t *testing.T) {
	t.Parallel()
	for _, text := range odd {
		c := long(3)
		text, short := cut(text, 200), cut(text, 100) // forms take no more
		c.Buyer = document.Address{Name: short, Line1: short, Line2: short, PostalCode: cut(text, 12), City: short, Country: "FR"}
		c.Seller.Name, c.Seller.Register, c.Seller.Note, c.DeliveryName = text, text, text, text
		for i := range c.Lines {
			c.Lines[i].Name, c.Lines[i].SKU, c.Lines[i].Colour = text, text, text
		}
		pdf := printed(t, c)
		papertest.Inside(t, pdf)
		all := papertest.Text(t, pdf)
		if !strings.Contains(all, "Total TTC") || strings.ContainsAny(all, "\x00\u202e") {
			t.Errorf("%q spoils the document:\n%s", text, all)
		}
	}
	c := long(1)
	c.Buyer.Name, c.Buyer.Line1, c.Buyer.Line2 = odd[0], odd[3], odd[5]
	c.Buyer.City = odd[4]
	for _, want := range []string{"<script>alert(1)</script> & <b>bold</b>", odd[3], "écrit decomposed", "\ufffd\ufffd\ufffd"} {
		if all := papertest.Text(t, printed(t, c)); !strings.Contains(all, want) {
			t.Errorf("%q is not printed as it is:\n%s", want, all)
		}
	}
}

// Amounts of currencies with no decimals and with three, and quantities in the thousands, are written whole.
func TestEveryCurrencyIsWrittenWithItsDecimals(t *testing.T) {
	t.Parallel()
	for currency, want := range map[string]string{"JPY": "1,234,567,891", "KWD": "1,234,567.891", "EUR": "€12,345,678.91"} {
		c := long(1)
		c.Language, c.Country, c.Currency = "en", "GB", currency
		c.Lines[0].Unit, c.Lines[0].Amount, c.Total = 1234567891, 1234567891, 1234567891
		all := papertest.Text(t, printed(t, c))
		if !strings.Contains(all, want) {
			t.Errorf("%s: %q is not there:\n%s", currency, want, all)
		}
	}
}

func cut(text string, most int) string {
	runes := []rune(text)
	return string(runes[:min(most, len(runes))])
}
