package shop_test

import (
	"net/http"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestTheChooserShowsEachMarketInItsOwnLanguage(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/")
	answered(t, visit, http.StatusOK, "United States", "Deutschland", "Geöffnet", "España", "Fase de prueba",
		"1 de junio de 2027, 00:00 (Madrid, CEST)")
	visit.Follow("Deutschland")
	answered(t, visit, http.StatusOK, "Kleine Dinge, gut gemacht.")
	if phase(visit) != "open" {
		t.Errorf("phase is %q", phase(visit))
	}
}

func TestADraftMarketIsNowhere(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Time.Set(modelstest.At("2026-10-01T00:00:00Z")) // before Spain and Italy are announced
	visit := shop.Visit(t)
	for _, path := range []string{"/", "/us/"} {
		visit.Open(path)
		visit.Answered(http.StatusOK)
		visit.NotSee("España", "Spain", `href="/es/`)
	}
	visit.Open("/es/")
	visit.Answered(http.StatusNotFound)
}

func TestTheHomePageFollowsThePhase(t *testing.T) {
	for at, want := range map[string][]string{
		"2026-10-20T00:00:00Z": {"announced", "Ya llegamos.", "La fase de prueba empieza el 2 de noviembre de 2026, 00:00 (Madrid, CET)."},
		"2026-11-20T00:00:00Z": {"test", "Abrimos en España el 1 de junio de 2027.", "1 de junio de 2027, 00:00 (Madrid, CEST)"},
		"2027-05-26T00:00:00Z": {"test", "Esta semana abrimos en España."},
		"2027-05-31T22:00:00Z": {"open", "Cosas pequeñas, bien hechas."},
	} {
		shop := handlerstest.New(t)
		shop.Time.Set(modelstest.At(at))
		visit := shop.Visit(t)
		visit.Open("/es/")
		answered(t, visit, http.StatusOK, want[1:]...)
		if phase(visit) != want[0] {
			t.Errorf("%s: phase is %q", at, phase(visit))
		}
	}
}

func TestTheTestPhasePublishesHowManyThereAre(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/es/")
	visit.See("300 Mi Band", "200 Mi Power Bank 5000 mAh", "50 Mi Headphones")
	visit.Open("/es/products/mi-headphones")
	visit.See("Quedan 50 de 50 en la prueba", "Como máximo 1 por")
}

func TestListsHaveAnAddressForEveryFilterOrderAndPage(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/us/products?category=power&sort=-price")
	answered(t, visit, http.StatusOK, "2 products", "Mi Power Bank 5000 mAh")
	visit.NotSee("Mi Band</a>")
	if text := visit.Text(); strings.Index(text, "10500") > strings.Index(text, "5000 mAh") {
		t.Error("the dearer power bank does not come first")
	}
	visit.Open("/de/products?q=kopfhörer")
	answered(t, visit, http.StatusOK, "Ergebnisse für „kopfhörer“", "Mi Headphones")
	visit.Open("/us/products?q=zeppelin")
	answered(t, visit, http.StatusOK, "Nothing found")
	for _, path := range []string{"/us/products?category=zeppelins", "/us/products?page=99", "/us/products?page=0", "/us/products?page=x"} {
		visit.Open(path)
		answered(t, visit, http.StatusNotFound, "There is nothing here")
	}
}

func TestAProductOnSaleCanBePutIntoTheCart(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/us/products/mi-band")
	answered(t, visit, http.StatusOK, "$14.99", "plus tax", "Arrives", "$4.99", "At most", "Black", "Coral")
	data := dataOf(t, visit)
	if data.Offers.Availability != "https://schema.org/InStock" || data.Offers.Price != "14.99" || data.Offers.PriceCurrency != "USD" {
		t.Errorf("search engines read %+v", data)
	}
	visit.Press("Add to cart")
	answered(t, visit, http.StatusOK, "Cart", "Mi Band", "$14.99")
	visit.Open("/de/products/mi-band?variant=MI-BAND-CORAL")
	answered(t, visit, http.StatusOK, "inkl. MwSt., zzgl. Versand", "Farbe: Koralle", "Verantwortliche Person in der EU")
}

func TestABlockedProductIsShownWithItsReason(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/us/products/mi-note")
	answered(t, visit, http.StatusOK, "Not available in the United States yet.", "Device certification", "Specifications")
	if buyForm.MatchString(visit.Body) {
		t.Error("it has a buy form")
	}
	if got := dataOf(t, visit).Offers.Availability; got != "https://schema.org/OutOfStock" {
		t.Errorf("search engines read %s", got)
	}
}

func TestAnAnnouncedProductNamesItsInstant(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/es/products/pip-plush")
	answered(t, visit, http.StatusOK, "A la venta cuando abramos en España, el 1 de junio de 2027, 00:00 (Madrid, CEST).")
	if buyForm.MatchString(visit.Body) {
		t.Error("it has a buy form")
	}
	offer := dataOf(t, visit).Offers
	if offer.Availability != "https://schema.org/PreOrder" || offer.AvailabilityStarts != "2027-06-01T00:00:00+02:00" {
		t.Errorf("search engines read %+v", offer)
	}
}

func TestASoldOutBatchSaysWhenMoreComes(t *testing.T) {
	shop := handlerstest.New(t)
	shop.Stock(t, "venlo", "MI-HEADPHONES-BLACK", 0)
	shop.Stock(t, "venlo", "MI-HEADPHONES-WHITE", 0)
	visit := shop.Visit(t)
	visit.Open("/es/products/mi-headphones?variant=MI-HEADPHONES-BLACK")
	answered(t, visit, http.StatusOK, "Este lote está agotado. El siguiente empieza el 15 de marzo de 2027, 10:00 (Madrid, CET).")
	if buyForm.MatchString(visit.Body) || dataOf(t, visit).Offers.Availability != "https://schema.org/SoldOut" {
		t.Error("it is not shown as sold out")
	}
	add(visit, "es", "MI-HEADPHONES-BLACK")
	answered(t, visit, conflict, "15 de marzo de 2027, 10:00 (Madrid, CET)")
}

func TestWhatIsHiddenAnswersLikeWhatIsUnknown(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	for _, path := range []string{"/es/products/smart-plug", "/es/products/zeppelin"} {
		visit.Open(path)
		answered(t, visit, http.StatusNotFound, "Quizá lo encuentre la búsqueda.")
	}
	for _, sku := range []string{"SMART-PLUG-WHITE", "ZEPPELIN"} {
		add(visit, "es", sku)
		answered(t, visit, http.StatusNotFound, "Quizá lo encuentre la búsqueda.")
	}
}

func TestAnAddressWithoutAStoreIsHelped(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/atlantis/")
	answered(t, visit, http.StatusNotFound, "We have no store at this address.")
	visit.Follow("Choose a country")
	visit.Answered(http.StatusOK)
	visit.Open("/de/nirgends/da")
	answered(t, visit, http.StatusNotFound, "Hier ist nichts", "Warenkorb")
	visit.Open("/de/pages/nirgends")
	answered(t, visit, http.StatusNotFound, "Diese Seite gibt es nicht.")
}

func TestEveryStoreHasItsPagesInItsLanguage(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	for _, store := range []string{"us", "uk", "de", "de-en", "fr", "es", "it"} {
		for _, slug := range []string{"imprint", "terms", "withdrawal", "privacy", "delivery", "guarantee", "accessibility"} {
			visit.Open("/" + store + "/pages/" + slug)
			visit.Answered(http.StatusOK)
		}
	}
	visit.Open("/de/")
	visit.Follow("Widerrufsbelehrung mit Muster-Widerrufsformular")
	answered(t, visit, http.StatusOK, "binnen vierzehn Tagen")
}

func TestPagesNameTheirTwinsInOtherStores(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/us/products/smart-plug") // not in Spain and Italy before they open
	for _, tag := range []string{`hreflang="x-default"`, `hreflang="en-GB"`, `hreflang="de-DE"`, `hreflang="en-DE"`, `hreflang="fr-FR"`} {
		if !strings.Contains(visit.Body, `<link rel="alternate" `+tag) {
			t.Errorf("no alternate with %s", tag)
		}
	}
	visit.NotSee("/es/products/smart-plug")
}
