package example

import "softlaunch/models/market"

// sellers are who sells in each market, as its company details have it: all invented. Years are the terms for which the law
// has invoices kept: United Kingdom, 6 (VAT Notice 700/21); Germany, 8 (§ 14b UStG); France, 10 (art. L123-22 Code de
// commerce); Spain, 6 (art. 30 Código de Comercio); Italy, 10 (art. 2220 codice civile); United States, 7, as is usual.
var sellers = map[string]market.Seller{
	"us": {Name: "Softlaunch Example Trading Inc.", Line1: "100 Example Avenue, Suite 1", City: "Albany", Region: "NY", PostalCode: "12207", Country: "US",
		Email: "help-us@example.com", Phone: "+1 (518) 555-0100", Register: "A corporation of the State of New York", KeepYears: 7, Paper: "letter"},
	"uk": {Name: "Softlaunch Example Trading Ltd", Line1: "1 Example Street", City: "London", PostalCode: "EC1A 1AA", Country: "GB",
		Email: "help-uk@example.com", Phone: "020 7946 0000", VATNumber: "GB 000 0000 00", Register: "Registered in England and Wales, company number 00000000",
		KeepYears: 6, Paper: "a4"},
	"de": {Name: "Softlaunch Beispielhandel GmbH", Line1: "Musterstraße 1", City: "Berlin", PostalCode: "10115", Country: "DE",
		Email: "hilfe-de@example.com", Phone: "+49 30 23125 000", VATNumber: "DE000000000",
		Register: "Amtsgericht Berlin (Charlottenburg), HRB 000000 B; Geschäftsführerin Alex Beispiel", KeepYears: 8, Paper: "a4"},
	"fr": {Name: "Softlaunch Exemple Commerce SARL", Line1: "1 rue de l’Exemple", City: "Paris", PostalCode: "75001", Country: "FR",
		Email: "aide-fr@example.com", Phone: "01 99 00 00 00", VATNumber: "FR00000000000",
		Register: "SARL au capital de 10 000 €, SIREN 000 000 000, RCS Paris 000 000 000", KeepYears: 10, Paper: "a4",
		Notes: map[string]string{"fr": "Professionnels : en cas de retard de paiement, pénalités au taux de trois fois le taux d’intérêt légal et indemnité forfaitaire pour frais de recouvrement de 40 € (art. L441-10 du code de commerce). Pas d’escompte pour paiement anticipé."}},
	"es": {Name: "Softlaunch Comercio de Ejemplo, S. L.", Line1: "Calle del Ejemplo, 1", City: "Madrid", PostalCode: "28001", Country: "ES",
		Email: "ayuda-es@example.com", Phone: "+34 900 000 000", VATNumber: "ESB00000000",
		Register: "NIF B00000000; Registro Mercantil de Madrid, tomo 0000, folio 00, hoja M-000000", KeepYears: 6, Paper: "a4"},
	"it": {Name: "Softlaunch Commercio di Esempio S.r.l.", Line1: "Via dell’Esempio 1", City: "Milano", PostalCode: "20121", Region: "MI", Country: "IT",
		Email: "aiuto-it@example.com", Phone: "+39 02 0000 0000", VATNumber: "IT00000000000",
		Register: "Codice fiscale 00000000000; Registro delle imprese di Milano, REA MI-0000000; capitale sociale 10.000 € i.v.", KeepYears: 10, Paper: "a4",
		Notes: map[string]string{"it": "Copia di cortesia: non sostituisce la fattura elettronica, che si può chiedere e che passa per il Sistema di Interscambio."}},
}

func (w *writer) seller(c country, m market.Market) error {
	_, _, err := market.SetSeller(w.tx, m, sellers[c.market.Code].FormOf())
	return err
}
