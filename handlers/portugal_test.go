package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// office is a merchandiser at work in the back-office. turned are the lines of the checklist that were seen to turn green.
type office struct {
	t    *testing.T
	shop *handlerstest.Shop
	*chrome.Tab
	turned map[string]bool
}

func (o office) open(path string) { o.Open(o.shop.URL + path) }

// line is what the checklist of Portugal says of a line.
func (o office) line(name string) string {
	o.t.Helper()
	o.open("/admin/markets/pt/checklist")
	return chrome.Eval[string](o.Tab, fmt.Sprintf(`[...document.querySelectorAll("tbody tr")]
		.filter(row => row.cells[0].innerText.trim() === %q).map(row => row.cells[1].innerText.trim()).join()`, name))
}

// turns does one thing of the set-up, before which lines of the checklist are red and after which they are green.
func (o office) turns(do func(), lines ...string) {
	o.t.Helper()
	for _, name := range lines {
		if state := o.line(name); state != "Red" {
			o.t.Fatalf("%s is %q before it is mended", name, state)
		}
	}
	do()
	for _, name := range lines {
		if state := o.line(name); state != "Green" {
			o.t.Fatalf("%s is %q after it was mended:\n%s", name, state, chrome.Eval[string](o.Tab, "document.body.innerText"))
		}
		o.turned[name] = true
	}
}

func (o office) fill(fields ...[2]string) {
	o.t.Helper()
	fill(o.Tab, fields)
}

// turnedAll checks that every line which the checklist shows was seen red and then green.
func (o office) turnedAll() {
	o.t.Helper()
	o.open("/admin/markets/pt/checklist")
	lines := strings.Split(chrome.Eval[string](o.Tab, `[...document.querySelectorAll("tbody tr")].map(row => row.cells[0].innerText.trim()).join("|")`), "|")
	for _, name := range lines {
		if !o.turned[name] {
			o.t.Errorf("%s never turned green", name)
		}
	}
	if len(lines) != 13 {
		o.t.Errorf("the checklist has the lines %q", lines)
	}
}

// A new market needs no code and no restart: a merchandiser makes Portugal from nothing in the back-office alone, sees each
// line of its checklist turn green, and shoppers buy there in the test and after the launch.
func TestPortugalIsSetUpInTheBackOfficeAlone(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	// The headphones have not been described in Spanish yet, and nobody answers for their safety.
	shop.Exec(t, `UPDATE product_texts SET story = '', warnings = '' WHERE language = 'es' AND product_id = (SELECT id FROM products WHERE slug = 'mi-headphones')`)
	shop.Exec(t, `UPDATE products SET responsible_person = '' WHERE slug = 'mi-headphones'`)
	o := office{t, shop, chrome.Start(t), map[string]bool{}}
	o.signIn()
	o.make()
	o.turns(o.list, "Goods on sale")
	o.turns(o.price, "Prices")
	o.turns(o.describe, "Texts in every language", "Product safety (GPSR)")
	o.turns(o.write, "Pages that the law asks for")
	o.turns(o.tax, "Taxes")
	o.turns(o.deliver, "Delivery")
	o.turns(o.settle, "Payment", "Order button")
	o.turns(o.sell, "Seller on invoices")
	o.turns(o.serve, "Stock")
	o.turns(o.approve, "Approvals")
	o.schedule()
	o.turns(o.wave, "Waves of the test")
	o.turnedAll()
	o.launch()

	shop.Time.Set(modelstest.At("2027-03-01T00:00:00Z"))
	o.buy("PT-10001", "test")
	shop.Time.Set(modelstest.At("2027-03-31T23:00:00Z"))
	o.buy("PT-10002", "open")
}

func (o office) signIn() {
	o.t.Helper()
	n := staff.Newcomer{Email: "mia@example.com", Name: "Mia", Password: "a password for tests", Role: staff.Merchandiser}
	if err := o.shop.Staff.Create(o.t.Context(), staff.Console, n); err != nil {
		o.t.Fatal(err)
	}
	o.open("/admin")
	o.fill([2]string{"email", n.Email}, [2]string{"password", n.Password})
	o.Press("Sign in")
}

func (o office) make() {
	o.t.Helper()
	o.Press("Markets")
	o.Press("New market")
	o.fill([2]string{"code", "pt"}, [2]string{"country", "PT"}, [2]string{"currency", "EUR"}, [2]string{"zone", "Europe/Lisbon"},
		[2]string{"postal_preset", "digits7"}, [2]string{"Main language", "Spanish"}, [2]string{"Language 2", "English"}, [2]string{"like", "Spain"})
	o.Tick("Prices include tax")
	o.Tick("Goods need safety information (EU and Northern Ireland, GPSR)")
	o.Press("Make the market")
	o.See("Checklist of Portugal")
}

func (o office) list() {
	o.t.Helper()
	o.open("/admin/markets/pt/listings")
	o.Tick("List Mi Headphones")
	o.Press("Save listings and prices")
	o.See("The listings and prices are saved.")
}

func (o office) price() {
	o.t.Helper()
	o.open("/admin/markets/pt/listings")
	o.fill([2]string{"Price of MI-HEADPHONES-BLACK", "79.99"}, [2]string{"Price of MI-HEADPHONES-WHITE", "84.99"})
	o.Press("Save listings and prices")
	o.See("The listings and prices are saved.")
}

func (o office) describe() {
	o.t.Helper()
	o.open("/admin/products/mi-headphones/texts/es")
	o.fill([2]string{"story", "## Sonido\n\nSuenan bien."}, [2]string{"warnings", "No los use al conducir."})
	o.Press("Preview")
	o.See("Suenan bien.")
	o.Press("Save text")
	o.See("The text is saved.")
	o.fill([2]string{"responsible_person", "Softlaunch Beispielhandel GmbH, Berlin"})
	o.Press("Save safety")
	o.See("The safety information is saved.")
}

func (o office) write() {
	o.t.Helper()
	for _, slug := range []string{"accessibility", "guarantee", "imprint", "privacy", "terms", "withdrawal"} {
		for _, language := range []string{"es", "en"} {
			o.open("/admin/markets/pt/pages/" + language + "/" + slug)
			o.fill([2]string{"title", slug + " " + language}, [2]string{"body", "## What holds\n\nThis text is for a test."})
			o.Press("Save page")
			o.See("The page is saved.")
		}
	}
}

func (o office) tax() {
	o.t.Helper()
	for _, class := range []string{"standard", "delivery"} {
		o.open("/admin/markets/pt/taxes")
		o.fill([2]string{"tax_class", class}, [2]string{"name", "IVA"}, [2]string{"percent", "23"})
		o.Press("Set rate")
		o.See("The rate is set.")
	}
}

func (o office) deliver() {
	o.t.Helper()
	o.open("/admin/markets/pt/delivery")
	o.fill([2]string{"code", "pt-home"}, [2]string{"amount", "4.90"}, [2]string{"days_min", "3"}, [2]string{"days_max", "5"},
		[2]string{"Name in Spanish", "A domicilio"}, [2]string{"Name in English", "To your door"})
	o.Press("Add method")
	o.See("The delivery method is saved.")
}

func (o office) settle() {
	o.t.Helper()
	o.open("/admin/markets/pt/settings")
	o.fill([2]string{"Order button 1", "Pedido con obligación de pago"}, [2]string{"Order button 2", "Order with obligation to pay"})
	o.Tick("Sandbox (no money moves)")
	o.Tick("Sandbox (no money moves) in the test too")
	o.Press("Save settings")
	o.See("The settings are saved.")
}

func (o office) sell() {
	o.t.Helper()
	o.open("/admin/markets/pt/seller")
	o.fill([2]string{"name", "Softlaunch Comércio de Exemplo, Lda."}, [2]string{"line1", "Rua do Exemplo 1"}, [2]string{"postal_code", "1100-148"}, [2]string{"city", "Lisboa"},
		[2]string{"vat_number", "PT000000000"}, [2]string{"register", "NIPC 000000000"})
	o.Press("Save seller")
	o.See("The seller is saved.")
}

// serve makes a location of Portugal's own, counts the first delivery there and lets it serve the market.
func (o office) serve() {
	o.t.Helper()
	o.open("/admin/stock")
	o.Press("Locations")
	o.fill([2]string{"code", "porto"}, [2]string{"name", "Porto"})
	o.Press("Add location")
	o.See("The location is added.")
	for _, sku := range []string{"MI-HEADPHONES-BLACK", "MI-HEADPHONES-WHITE"} {
		o.fill([2]string{"sku", "Mi Headphones (" + sku + ")"}, [2]string{"quantity", "60"}, [2]string{"reason", "First delivery"})
		o.Press("Save count")
		o.See("The count is saved.")
	}
	o.open("/admin/markets/pt/settings")
	o.Tick("Porto")
	o.Press("Save locations")
	o.See("The locations are saved.")
}

func (o office) approve() {
	o.t.Helper()
	o.open("/admin/launches/pt")
	o.Press("Grant an approval, or note that it is applied for")
	o.fill([2]string{"product", "Mi Headphones"}, [2]string{"kind", "Device certification"}, [2]string{"evidence", "Certificate PT-1"})
	o.Press("Save approval")
	o.See("The approval is granted.")
}

// schedule announces the market and begins its test, which has no wave yet.
func (o office) schedule() {
	o.t.Helper()
	o.open("/admin/markets/pt/schedule")
	o.fill([2]string{"announced_at", "2027-02-01T00:00"}, [2]string{"test_at", "2027-03-01T00:00"}, [2]string{"confirm", "pt"})
	o.Press("Change the schedule")
	o.See("The schedule is changed.")
}

func (o office) wave() {
	o.t.Helper()
	o.open("/admin/launches/pt")
	o.Press("Add a wave")
	o.fill([2]string{"sku", "MI-HEADPHONES-BLACK"}, [2]string{"opens_at", "2027-03-01T00:00"}, [2]string{"quantity", "40"})
	o.Press("Add wave")
	o.See("The wave is added.")
}

func (o office) launch() {
	o.t.Helper()
	o.open("/admin/markets/pt/schedule")
	o.fill([2]string{"launch_at", "2027-04-01T00:00"}, [2]string{"confirm", "pt"})
	o.Press("Preview")
	o.See("2027-03-31 23:00 UTC")
	o.Press("Change the schedule")
	o.See("The schedule is changed.")
	o.open("/admin/launches")
	o.See("Portugal")
	o.See("Ready: 13 of 13")
}

// buy buys headphones in the Spanish store as a shopper.
func (o office) buy(number, phase string) {
	o.t.Helper()
	tab := chrome.Start(o.t)
	tab.Open(o.shop.URL + "/pt/products/mi-headphones")
	tab.Has(fmt.Sprintf(`html[data-phase=%q]`, phase))
	tab.See("79,99")
	tab.Press("Añadir a la cesta")
	tab.Press("Tramitar el pedido")
	fill(tab, [][2]string{{"email", phase + "@example.com"}, {"name", "Ana Exemplo"}, {"line1", "Rua de Exemplo " + number}, {"postal_code", "1100-148"}, {"city", "Lisboa"}})
	tab.Press("Continuar a la revisión")
	tab.See("84,89")
	tab.Press("Pedido con obligación de pago")
	tab.Press("Pagar")
	tab.See(number)
	paid(o.t, o.shop, number)
	tab.Open(o.shop.URL + "/pt-en/products/mi-headphones")
	tab.See("Mi Headphones")
}
