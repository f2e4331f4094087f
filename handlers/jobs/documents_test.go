package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"softlaunch/models/document"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/views/paper/papertest"
)

// asked is what the law of each market has an invoice say (MARKETS §1): seller with address and numbers, buyer, number, dates
// of issue, supply and payment, goods with quantity and price, tax at each rate, totals, in the order's language.
var asked = map[string][]string{
	"us": {"Receipt", "Receipt number\nUS-2026-00001", "Nov 20, 2026", "Softlaunch Example Trading Inc.", "100 Example Avenue, Suite 1", "Albany, NY 12207", "Sold to\nAda Example",
		"San Francisco, CA 94103", "US-10001 of Nov 20, 2026", "Arrival\nNov 30 – Dec 2, as promised", "Card (test)", "Mi Band", "MI-BAND-BLACK · Black", "$14.99", "7.25%", "$29.98", "$9.99",
		"CA sales tax 7.25%\n$39.97\n$2.90\n$42.87", "No tax\n$4.99\n$0.00\n$4.99", "Total\n$47.86", "Paid in full on Nov 20, 2026."},
	"uk": {"VAT invoice", "UK-2026-00001", "20 November 2026", "Softlaunch Example Trading Ltd", "1 Example Street", "EC1A 1AA", "VAT number GB 000 0000 00", "company number 00000000",
		"Ada Example", "SW1A 1AA", "UK-10001 of 20 November 2026", "Date of supply", "VAT 20%", "Unit price", "net ", "Total", "Paid in full on 20 November 2026."},
	"de": {"Rechnung", "Rechnungsnummer\nDE-2026-00001", "Ausstellungsdatum\n20. November 2026", "Softlaunch Beispielhandel GmbH", "Musterstraße 1", "10115 Berlin", "USt-IdNr. DE000000000",
		"HRB 000000 B", "Ada Example", "DE-10001 vom 20. November 2026", "Lieferdatum", "voraussichtlich", "Menge", "Einzelpreis", "netto ", "MwSt. 19 %", "Netto", "Gesamtbetrag", "vollständig bezahlt"},
	"fr": {"Facture", "Facture n°\nFR-2026-00001", "Date d’émission\n20 novembre 2026", "Softlaunch Exemple Commerce SARL", "1 rue de l’Exemple", "75001 Paris", "TVA intracommunautaire FR00000000000",
		"SIREN 000 000 000", "SARL au capital de 10 000 €", "Ada Example", "75011 Paris", "Date de livraison", "Prix unitaire", "HT ", "TVA 20 %", "Total TTC", "pénalités", "40 €", "escompte", "Réglée intégralement"},
	"es": {"Factura", "Número de factura\nES-2026-00001", "Fecha de expedición\n20 de noviembre de 2026", "Softlaunch Comercio de Ejemplo, S. L.", "Calle del Ejemplo, 1", "28001 Madrid", "NIF-IVA ESB00000000",
		"NIF B00000000", "Ada Example", "28013 Madrid", "Fecha de operación", "Precio unitario", "sin impuestos ", "IVA 21 %", "Base imponible", "Total factura", "Pagado íntegramente"},
	"it": {"Fattura", "Numero fattura\nIT-2026-00001", "Data di emissione\n20 novembre 2026", "Softlaunch Commercio di Esempio S.r.l.", "Via dell’Esempio 1", "20121 Milano MI", "Partita IVA IT00000000000",
		"REA MI-0000000", "Ada Example", "Data della consegna", "Prezzo unitario", "IVA 22%", "Imponibile", "Totale", "Sistema di", "Pagato per intero"},
}

func TestEachMarketsInvoiceSaysWhatItsLawAsks(t *testing.T) {
	t.Parallel()
	for path, wants := range asked {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			goods := modelstest.Goods{"MI-BAND-BLACK": 2, "POWER-BANK-5000-SILVER": 1}
			if path == "es" || path == "it" {
				goods = modelstest.Goods{"MI-BAND-BLACK": 1, "POWER-BANK-5000-SILVER": 1} // the test phase sells one of each
			}
			o, file := printed(t, s, s.Pay(t, s.Place(t, path, modelstest.Buyer(path), goods)))
			text := flowing(papertest.Text(t, file.PDF))
			for _, want := range wants {
				if !strings.Contains(text, flowing(want)) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, l := range o.Lines {
				if !strings.Contains(text, l.SKU) {
					t.Errorf("%s is missing", l.SKU)
				}
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}

// printed has the shop do what waits and answers the order's invoice.
func printed(t testing.TB, s *modelstest.Shop, o order.Order) (order.Order, document.File) {
	t.Helper()
	for range 2 { // the invoice is issued, then printed
		s.Worker(Handlers(s.Shop, nil, public)).Round(t.Context())
	}
	whole, err := s.Orders.ByID(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.Documents.InvoiceFile(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	return whole, file
}

func TestTheFileIsKeptWithItsHash(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	_, file := printed(t, s, s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})))
	if sum := sha256.Sum256(file.PDF); file.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("the hash is %s", file.SHA256)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind IN ('document.invoice', 'document.print') AND done_at IS NULL"); n != 0 {
		t.Errorf("%d jobs are not done", n)
	}
}

// flowing is a text without the ends of its lines.
func flowing(text string) string { return strings.ReplaceAll(text, "\n", " ") }
