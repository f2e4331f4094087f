package shop_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

func TestAReleaseIsNewForSomeWeeks(t *testing.T) {
	t.Parallel()
	shop, at := handlerstest.New(t), modelstest.At("2027-01-11T09:00:00Z")
	release("us")(t, shop, at)
	isNew := func() bool {
		visit := shop.Visit(t)
		for _, path := range []string{"/us/products?q=plug", "/us/products/smart-plug"} {
			visit.Open(path)
			visit.Answered(http.StatusOK)
		}
		on := strings.Contains(visit.Body, `data-state="new"`)
		visit.Open("/us/")
		if on != strings.Contains(visit.Body, `data-state="new"`) {
			t.Errorf("home and product page differ at %s", shop.Time.Now())
		}
		return on
	}
	for instant, want := range map[time.Duration]bool{-time.Millisecond: false, 0: true, launch.NewFor - time.Millisecond: true, launch.NewFor: false} {
		shop.Time.Set(at.Add(instant))
		if isNew() != want {
			t.Errorf("%v after its release: new is %t", instant, !want)
		}
	}
}

func TestSeveralReleasesMakeARowOfTheirOwn(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Exec(t, `UPDATE listings SET on_sale_from = ? WHERE market_id = (SELECT id FROM markets WHERE code = 'us') AND product_id IN
		(SELECT id FROM products WHERE slug IN ('smart-plug', 'bedside-lamp', 'climate-sensor'))`, shop.Time.Now().Add(-time.Hour))
	visit := shop.Visit(t)
	visit.Open("/us/")
	visit.See("New in the shop Newest first")
	visit.Follow("Newest first")
	if visit.Path() != "/us/products?sort=new" {
		t.Errorf("led to %s", visit.Path())
	}
}

func TestTheNewestReleaseComesFirst(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	release("us")(t, shop, modelstest.At("2026-11-19T09:00:00Z"))
	visit := shop.Visit(t)
	visit.Open("/us/products?sort=new")
	_, text, _ := strings.Cut(visit.Text(), "Newest")
	plug, lamp, bands := strings.Index(text, "Smart Plug"), strings.Index(text, "Bedside Lamp"), strings.Index(text, "Mi Band")
	note := strings.Index(text, "Mi Note")
	if plug < 0 || plug > lamp || lamp > bands || bands > note {
		t.Errorf("the order is plug %d, lamp %d, band %d, phone %d", plug, lamp, bands, note)
	}
}

func TestPartnersStandOnPagesOfWhatIsNotSoldHere(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	form := launch.PartnerForm{Name: "Example Mobil", URL: "https://mobil.example.com/note", Notes: map[string]string{"de": "mit Vertrag"}}
	if err := shop.Setup.AddPartner(t.Context(), modelstest.Owner, "de", "mi-note", form); err != nil {
		t.Fatal(err)
	}
	visit := shop.Visit(t)
	visit.Open("/de/products/mi-note")
	answered(t, visit, http.StatusOK, "Wo Sie es bekommen", "Example Mobil mit Vertrag")
	if !strings.Contains(visit.Body, `href="https://mobil.example.com/note"`) {
		t.Error("no link")
	}
	visit.Open("/de-en/products/mi-note")
	visit.See("Where to buy it", "Example Mobil")
	for _, path := range []string{"/fr/products/mi-note", "/de/products/mi-band"} {
		visit.Open(path)
		visit.NotSee("Example Mobil")
	}
}
