package shop_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

func TestWhoWaitsForAProductIsToldOnceAndForgotten(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Open("/es/products/pip-plush")
	visit.See("Avísame cuando pueda comprarlo en España")
	visit.Fill("Correo electrónico", "ada@example.com")
	visit.Press("Avísame")
	answered(t, visit, http.StatusOK, "Mira tu correo")
	work(t, shop)
	first := mailed(t, shop, launch.MailConfirm, "ada@example.com")
	if strings.Contains(first.HTML, "€") || !strings.Contains(first.Plain, "Pip") || !strings.HasPrefix(link(t, first), "/es/interest/") {
		t.Errorf("the mail is %s", first.Plain)
	}
	visit.Open(link(t, first)) // a mail program that follows the link confirms nothing
	answered(t, visit, http.StatusOK, "Un toque más", "Pip")
	if n := shop.Number(t, "SELECT COUNT(*) FROM interests WHERE confirmed_at IS NOT NULL"); n != 0 {
		t.Fatal("to look at the page confirmed")
	}
	visit.Press("Confirmar")
	answered(t, visit, http.StatusOK, "Estás en la lista")

	shop.Time.Set(modelstest.At("2027-05-31T22:00:00Z").Add(-time.Millisecond))
	work(t, shop)
	if _, told := mail(t, shop, launch.MailOpened, "ada@example.com"); told {
		t.Fatal("told before it opened")
	}
	shop.Time.Set(modelstest.At("2027-05-31T22:00:00Z"))
	work(t, shop)
	opened := mailed(t, shop, launch.MailOpened, "ada@example.com")
	visit.Open(link(t, opened))
	answered(t, visit, http.StatusOK, "Añadir a la cesta")
	if n := shop.Number(t, "SELECT COUNT(*) FROM interests"); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}

func TestAMarketCanBeWaitedFor(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Open("/it/")
	visit.See("Avvisami dell’apertura in Italia")
	join(t, shop, "it", "", "ada@example.com")
	visit.Open("/de/")
	visit.NotSee(`action="/de/interest"`)
	shop.Time.Set(modelstest.At("2027-05-31T22:00:00Z"))
	work(t, shop)
	visit.Open(link(t, mailed(t, shop, launch.MailOpened, "ada@example.com")))
	answered(t, visit, http.StatusOK, "Piccole cose, fatte bene.")
}

func TestKnownAndUnknownAddressesGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	join(t, shop, "es", "pip-plush", "known@example.com")
	var pages []string
	for _, email := range []string{"known@example.com", "unknown@example.com"} {
		visit := shop.Visit(t)
		begun := time.Now()
		visit.Post("/es/interest", url.Values{"product": {"pip-plush"}, "email": {email}})
		if took := time.Since(begun); took < 150*time.Millisecond {
			t.Errorf("%s was answered after %v", email, took)
		}
		pages = append(pages, fmt.Sprint(visit.Status, visit.Path(), visit.Body))
	}
	if pages[0] != pages[1] {
		t.Error("the pages differ")
	}
}

func TestSomebodyLeavesAListByItsMail(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Post("/es/interest", url.Values{"product": {"pip-plush"}, "email": {"ada@example.com"}})
	work(t, shop)
	visit.Open(link(t, mailed(t, shop, launch.MailConfirm, "ada@example.com")))
	confirmation := visit.Path()
	visit.Press("Confirmar")
	visit.Follow("Quitarme de la lista")
	answered(t, visit, http.StatusOK, "¿Salir de la lista?")
	visit.Press("Quitarme de la lista")
	answered(t, visit, http.StatusOK, "Hemos borrado tu dirección.")
	visit.Open(confirmation)
	answered(t, visit, http.StatusNotFound, "Este enlace ya no sirve.")
	visit.Open(strings.Replace(confirmation, "/es/", "/it/", 1))
	visit.Answered(http.StatusNotFound)
}

func TestARefusedAddressStaysInTheForm(t *testing.T) {
	t.Parallel()
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/de/products/mi-note")
	visit.Fill("E-Mail", "ada at example")
	visit.Press("Bescheid geben")
	answered(t, visit, http.StatusUnprocessableEntity, "Geben Sie eine E-Mail-Adresse", "Mi Note")
	if visit.Value("email") != "ada at example" || !strings.HasPrefix(visit.Title(), "Fehler:") {
		t.Errorf("%q in %q", visit.Value("email"), visit.Title())
	}
}

func TestNobodyWaitsForWhatIsHiddenOrThereAlready(t *testing.T) {
	t.Parallel()
	visit := handlerstest.New(t).Visit(t)
	for product, status := range map[string]int{"smart-plug": http.StatusNotFound, "zeppelin": http.StatusNotFound, "mi-band": http.StatusConflict} {
		visit.Post("/es/interest", url.Values{"product": {product}, "email": {"ada@example.com"}})
		visit.Answered(status)
	}
	visit.Open("/es/products/mi-band")
	visit.NotSee(`action="/es/interest"`)
}

func TestStrangersCantHaveMailsSentWithoutEnd(t *testing.T) {
	t.Parallel()
	visit := handlerstest.New(t).Visit(t)
	for range 5 {
		visit.Post("/us/interest", url.Values{"product": {"mi-note"}, "email": {"victim@example.com"}})
		visit.Answered(http.StatusOK)
	}
	visit.Post("/us/interest", url.Values{"product": {"mi-note"}, "email": {"victim@example.com"}})
	answered(t, visit, http.StatusTooManyRequests, "Try again in 600 seconds.")
	if visit.Header.Get("Retry-After") != "600" {
		t.Errorf("Retry-After is %q", visit.Header.Get("Retry-After"))
	}
}

func TestWhoWaitsIsMailedANewDate(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	join(t, shop, "es", "pip-plush", "ada@example.com")
	times := launch.TimesOf(shop.Store(t, "es").Market)
	times.Launch = market.Moment{Local: "2027-07-01T00:00"}
	if err := shop.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", "more time"); err != nil {
		t.Fatal(err)
	}
	work(t, shop)
	moved := mailed(t, shop, launch.MailMoved, "ada@example.com")
	if !strings.Contains(moved.Plain, "Abrimos el 1 de julio de 2027, 00:00 (Madrid, CEST).") || !strings.Contains(moved.Plain, "/removal") {
		t.Errorf("the mail says\n%s", moved.Plain)
	}
}

func TestAlarmsReachTheStaffWhoseWorkItIs(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Member(t, "merchandiser")
	shop.Member(t, "support")
	shop.Exec(t, "DELETE FROM pages WHERE market_id = ? AND slug = 'terms'", shop.Store(t, "es").Market.ID)
	shop.Time.Set(modelstest.At("2027-05-30T22:00:00Z"))
	work(t, shop)
	warned := mailed(t, shop, launch.AlarmChecklist, "owner@example.com, merchandiser@example.com")
	if !strings.Contains(warned.Plain, "Spain opens on 1 June 2027, 00:00 (Madrid, CEST)") || !strings.Contains(link(t, warned), "/admin/") {
		t.Errorf("%s\n%s", warned.Subject, warned.Plain)
	}
}
