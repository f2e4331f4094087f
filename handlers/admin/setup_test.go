package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// portugal makes the market in the back-office.
func portugal(t *testing.T) (*handlerstest.Shop, *handlerstest.Visit) {
	t.Helper()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets")
	visit.Follow("New market")
	visit.Fill("Code", "us")
	visit.Press("Make the market")
	visit.Answered(422)
	visit.See("Enter the two letters of a country", "Choose at least one language", "Pick a way to write postcodes")
	for field, text := range map[string]string{"code": "pt", "country": "PT", "currency": "EUR", "zone": "Europe/Lisbon", "postal_preset": "digits7",
		"region_kind": "province", "Main language": "es", "Language 2": "en", "like": "es"} {
		visit.Fill(field, text)
	}
	visit.Tick("Prices include tax")
	visit.Press("Make the market")
	visit.Answered(200)
	visit.See("The market is made.", "Checklist of Portugal", "no product is listed", "no location serves the market", "no province is listed")
	wantTrail(t, shop, "create", "market", "pt", "")
	return shop, visit
}

func TestAMarketIsMadeAndSettled(t *testing.T) {
	shop, visit := portugal(t)
	visit.Open("/admin/markets/pt/settings")
	if got := visit.Value("postal_example"); got != "1100-148" {
		t.Errorf("the preset's example is %q", got)
	}
	visit.Fill("zone", "Europe/Nowhere")
	visit.Press("Save settings")
	visit.Answered(422)
	visit.See("The market's time zone is not known.")
	visit.Fill("zone", "Atlantic/Azores")
	visit.Tick("Bank transfer")
	visit.Fill("Account (IBAN), for transfers", "PT50 0000")
	visit.Press("Save settings")
	visit.See("The settings are saved.")
	wantTrail(t, shop, "change", "market", "pt", "")
	visit.Tick("Venlo")
	visit.Press("Save locations")
	visit.See("The locations are saved.")
	wantTrail(t, shop, "set", "locations", "pt", "")
	visit.Fill("regions", "11; Lisboa\n\n 13;Porto ")
	visit.Press("Save the list")
	visit.See("The list is saved.", "11; Lisboa")
	wantTrail(t, shop, "set", "regions", "pt", "")
	visit.Fill("regions", "11 Lisboa")
	visit.Press("Save the list")
	visit.Answered(422)
	visit.See("Write one in a line")
}

func TestTaxesAndDeliveryAreSet(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es/taxes")
	visit.Press("Set rate")
	visit.Answered(422)
	visit.See("Enter a name of at most 60 characters.", "Enter a percentage")
	visit.Fill("name", "IVA")
	visit.Fill("percent", "22,5")
	visit.Fill("valid_from", "2027-01-01T00:00")
	visit.Press("Set rate")
	visit.See("The rate is set.", "22.5%", "1 January 2027, 00:00")
	wantTrail(t, shop, "set", "rate", "es standard", "")
	visit.Press("Take back")
	visit.See("The rate is taken back.")
	wantTrail(t, shop, "remove", "rate", "es standard", "")

	visit.Open("/admin/markets/es/delivery")
	visit.Press("Add method")
	visit.Answered(422)
	visit.See("Enter a name in every language of the market.")
	for field, text := range map[string]string{"code": "es-fast", "amount": "9", "days_min": "1", "days_max": "1", "Name in Spanish": "Mañana"} {
		visit.Fill(field, text)
	}
	visit.Tick("Goes by air: never with loose lithium batteries")
	visit.Tick("Ceuta")
	visit.Press("Add method")
	visit.See("The delivery method is saved.", "es: Mañana", "€9.00", "air", "Ceuta")
	visit.Follow("es-fast")
	if got := visit.Value("amount"); got != "9.00" {
		t.Errorf("the form has the price %q", got)
	}
	visit.Fill("amount", "8")
	visit.Press("Save method")
	visit.See("€8.00")
	visit.Follow("es-fast")
	visit.Press("Remove method")
	visit.See("The delivery method is removed.")
	visit.NotSee("Mañana")
	wantTrail(t, shop, "remove", "delivery", "es es-fast", "")
}

func TestPagesAreWrittenAndRequired(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es/pages")
	visit.Fill("slugs", "terms\ncomplaints-book")
	visit.Press("Save the list")
	visit.See("The list is saved.", "Write it")
	wantTrail(t, shop, "require", "pages", "es", "")
	visit.Follow("Write it")
	visit.Fill("title", "Libro de reclamaciones")
	visit.Fill("body", "## Cómo\n\n<script>alert(1)</script> **Aquí**")
	visit.Press("Preview")
	visit.Answered(200)
	if !strings.Contains(visit.Body, "<h2>Cómo</h2>") || strings.Contains(visit.Body, "<script>alert") {
		t.Error("the preview is not the page's Markdown, or has its markup")
	}
	visit.Press("Save page")
	visit.See("The page is saved.", "Libro de reclamaciones")
	wantTrail(t, shop, "write", "page", "es es complaints-book", "")
	visit.Post("/admin/markets/es/pages/es/terms", url.Values{"title": {""}, "body": {"x"}})
	visit.Answered(422)
	visit.Open("/admin/markets/es/pages/de/terms")
	visit.Answered(404)

	visit.Open("/admin/markets/es/requirements")
	visit.Post("/admin/markets/es/requirements/toys", url.Values{"kind": {"certification", "logistics"}})
	visit.See("The approvals needed are saved.")
	wantTrail(t, shop, "require", "approvals", "es toys", "")
	visit.Open("/admin/markets/es/checklist")
	visit.See("pip-plush: certification")
}

func TestManyGoodsAreListedAndPricedAtOnce(t *testing.T) {
	shop, visit := portugal(t)
	visit.Open("/admin/markets/pt/listings")
	visit.Tick("List it")
	visit.Post("/admin/markets/pt/listings", url.Values{"slug": {"mi-band", "pip-plush"}, "sku": {"MI-BAND-BLACK", "PIP-PLUSH-FOX"}, "amount": {"19.99", "x"},
		"limit_order": {"5"}, "limit_buyer": {"5"}, "test_limit_order": {"1"}, "test_limit_buyer": {"1"}})
	visit.Answered(422)
	visit.See("Price of PIP-PLUSH-FOX: Enter an amount above zero")
	visit.Fill("limit_buyer", "9")
	visit.Post("/admin/markets/pt/listings", url.Values{"slug": {"mi-band", "pip-plush"}, "sku": {"MI-BAND-BLACK", "PIP-PLUSH-FOX"}, "amount": {"19.99", ""},
		"limit_order": {"5"}, "limit_buyer": {"5"}, "test_limit_order": {"1"}, "test_limit_buyer": {"1"}})
	visit.See("The listings and prices are saved.", "€19.99")
	wantTrail(t, shop, "set", "price", "pt MI-BAND-BLACK", "")
	visit.Open("/admin/markets/pt/checklist")
	visit.See("PIP-PLUSH-FOX on")
	visit.NotSee("no product is listed")
}

func TestProductsAreDescribed(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/products/mi-band")
	visit.Follow("Texts and safety")
	visit.Follow("Italian")
	visit.Fill("line", strings.Repeat("x", 201))
	visit.Press("Save text")
	visit.Answered(422)
	visit.See("Enter one line of at most 200 characters.")
	visit.Fill("line", "Conta i passi")
	visit.Fill("Colour black", "nero")
	visit.Press("Save text")
	visit.See("The text is saved.", "Conta i passi")
	wantTrail(t, shop, "describe", "product", "mi-band it", "")
	visit.Fill("Responsible person in the EU", "Somebody in Lisbon")
	visit.Press("Save safety")
	visit.See("The safety information is saved.")
	wantTrail(t, shop, "safety", "product", "mi-band", "")
	visit.Open("/admin/products/mi-band/texts/pt")
	visit.Answered(404)
}

// Who may only look sees the pages without their forms, and every form that he sends by hand is refused.
func TestAViewerChangesNothingOfALaunch(t *testing.T) {
	shop := handlerstest.New(t)
	_, err := shop.Draws.Announce(t.Context(), modelstest.Owner, "es", drawForm())
	if err != nil {
		t.Fatal(err)
	}
	draws, err := shop.Draws.List(t.Context(), "es")
	if err != nil {
		t.Fatal(err)
	}
	viewer := shop.Member(t, staff.Viewer)
	es := "/admin/markets/es"
	for _, path := range []string{"/admin/launches", "/admin/launches/es", es, es + "/checklist", es + "/settings", es + "/listings", es + "/taxes", es + "/delivery", es + "/pages",
		es + "/requirements", es + "/codes", es + "/interest", es + "/draws/" + draws[0].Key, es + "/report", es + "/report.csv", "/admin/products/mi-band/texts", "/admin/products/mi-band/listings/es"} {
		viewer.Open(path)
		viewer.Answered(200)
		viewer.NotSee("Save settings", "Set rate", "Add method", "Make codes", "Announce the draw", "Save the list", "Export as CSV", "Save safety", "Add partner", "Cancel the draw")
	}
	for _, path := range []string{"/admin/markets/new", es + "/schedule", es + "/delivery/es-home", es + "/pages/es/terms", es + "/interest/entries", "/admin/products/mi-band/texts/es"} {
		viewer.Open(path)
		viewer.Answered(403)
	}
	for path, fields := range map[string]url.Values{
		"/admin/markets": {"code": {"pt"}, "country": {"PT"}}, es + "/settings": {"country": {"ES"}}, es + "/locations": {"location": {"venlo"}}, es + "/regions": {"regions": {"M; Madrid"}},
		es + "/listings": {"slug": {"mi-band"}}, es + "/taxes": {"percent": {"1"}}, es + "/taxes/1/removal": {}, es + "/delivery": {"code": {"x"}}, es + "/delivery/es-home/removal": {},
		es + "/pages/es/terms": {"title": {"x"}, "body": {"y"}}, es + "/required-pages": {"slugs": {"terms"}}, es + "/requirements/toys": {}, es + "/codes": {"quantity": {"1"}},
		es + "/codes/invitations": {"label": {"x"}}, es + "/codes/revocation": {"code": {"x"}, "reason": {"y"}}, es + "/interest/export": {}, es + "/interest/erasure": {"email": {"a@example.com"}},
		es + "/interest/entries/1/removal": {}, es + "/draws": {"name": {"x"}}, es + "/draws/" + draws[0].Key + "/cancellation": {"reason": {"x"}},
		es + "/pauses": {"reason": {"x"}}, es + "/pauses/end": {}, "/admin/products/mi-band/texts/safety": {}, "/admin/products/mi-band/texts/es": {"name": {"x"}, "line": {"y"}, "story": {"z"}},
		"/admin/products/mi-note/listings/es/partners": {"name": {"x"}, "url": {"https://x.example/"}},
	} {
		viewer.Post(path, fields)
		if viewer.Status != 403 && viewer.Status != 422 {
			t.Errorf("%s answered %d to a viewer:\n%s", path, viewer.Status, viewer.Text())
		}
	}
	viewer.Upload("/admin/launches/es/approvals/1/files", "file", "x.pdf", []byte("%PDF-1.7"))
	viewer.Answered(403)
	if e := trail(t, shop); e.Actor == "New viewer" {
		t.Errorf("a viewer changed something: %+v", e)
	}
}
