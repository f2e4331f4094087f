package shop_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// foxes are five units of the plush fox in Spain's test, for holders of a code, and a code that opens them.
func foxes(t *testing.T) (shop *handlerstest.Shop, code string) {
	t.Helper()
	shop = handlerstest.New(t)
	if err := shop.Gate.AddWave(t.Context(), modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{Quantity: "5", NeedsCode: true}); err != nil {
		t.Fatal(err)
	}
	return shop, shop.AccessCodes(t, "es", "pip-plush", 1, 1)[0]
}

var madrileña = map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "Gran Vía 1",
	"city": "Madrid", "region": "M", "postal_code": "28013"}

func TestACodeOpensAProductFromItsPage(t *testing.T) {
	t.Parallel()
	shop, code := foxes(t)
	visit := shop.Visit(t)
	visit.Open("/es/products/pip-plush")
	answered(t, visit, http.StatusOK, "Tengo un código", "Las unidades que quedan son para quien tiene un código de acceso.")
	if buyForm.MatchString(visit.Body) {
		t.Fatal("it can be bought without a code")
	}
	visit.Fill("code", strings.ToLower(code))
	visit.Press("Usar el código")
	answered(t, visit, http.StatusOK, "Tu código de acceso lo abre.", "Quedan 5 de 5 en la prueba")
	if visit.Path() != "/es/products/pip-plush" {
		t.Errorf("led to %s", visit.Path())
	}
	visit.Press("Añadir a la cesta")
	answered(t, visit, http.StatusOK, "Tu código de acceso está en la cesta. Da acceso a: Peluche Pip")
}

func TestAnOrderUsesTheCode(t *testing.T) {
	t.Parallel()
	shop, code := foxes(t)
	visit := shop.Visit(t)
	visit.Open("/es/products/pip-plush?code=" + url.QueryEscape(code)) // as the mail leads
	if visit.Value("code") != code {
		t.Errorf("the code is not filled in: %q", visit.Value("code"))
	}
	visit.Press("Usar el código")
	visit.Press("Añadir a la cesta")
	visit.Follow("Tramitar el pedido")
	fillIn(visit, madrileña)
	visit.Press("Continuar a la revisión")
	visit.Press(shop.Store(t, "es").OrderButton())
	visit.Answered(http.StatusOK)
	visit.Press("Pagar")
	answered(t, visit, http.StatusOK, "Gracias. Tu pedido está pagado.")
	if n := shop.Number(t, "SELECT uses_taken FROM access_codes"); n != 1 {
		t.Errorf("the code was used %d times", n)
	}
	visit.Open("/es/products/pip-plush")
	if buyForm.MatchString(visit.Body) {
		t.Error("a used code still opens")
	}
	other := shop.Visit(t)
	other.Post("/es/cart/code", url.Values{"code": {code}})
	answered(t, other, http.StatusUnprocessableEntity, "Este código no sirve aquí.")
}

func TestACodeCanBeDropped(t *testing.T) {
	t.Parallel()
	shop, code := foxes(t)
	visit := shop.Visit(t)
	visit.Open("/es/cart")
	visit.Fill("code", code)
	visit.Press("Usar el código")
	answered(t, visit, http.StatusOK, "Da acceso a: Peluche Pip", "Tu cesta está vacía")
	visit.Open("/it/cart") // it is a code of another market
	visit.NotSee("/it/cart/code/removal")
	visit.Open("/es/cart")
	visit.Press("Quitar el código")
	answered(t, visit, http.StatusOK, "Tengo un código")
	visit.Open("/es/products/pip-plush")
	if buyForm.MatchString(visit.Body) {
		t.Error("a dropped code still opens")
	}
}

func TestAllWrongCodesGetOneAnswerAndGuessingIsSlowed(t *testing.T) {
	t.Parallel()
	shop, code := foxes(t)
	visit := shop.Visit(t)
	for i, typed := range []string{"", "K7QF-9M2X-4TRW-H3ND", strings.Repeat("Z", 5000), "<b>", "ñ", code[:18] + "0", "1", "2", "3", "4"} {
		visit.Post("/es/cart/code", url.Values{"code": {typed}, "product": {"pip-plush"}})
		answered(t, visit, http.StatusUnprocessableEntity, "Este código no sirve aquí.")
		if i == 1 && visit.Value("code") != typed {
			t.Errorf("%q is not kept", typed)
		}
	}
	visit.Post("/es/cart/code", url.Values{"code": {code}})
	answered(t, visit, http.StatusTooManyRequests, "Prueba el siguiente en 6 segundos.")
	if visit.Cookies()["cart"] != "" {
		t.Error("wrong codes made a cart")
	}
}

func TestAnInvitationBringsTheCodeAndTheLink(t *testing.T) {
	t.Parallel()
	shop, _ := foxes(t)
	join(t, shop, "es", "pip-plush", "ada@example.com")
	if _, err := shop.Codes.Invite(t.Context(), modelstest.Owner, "es", "pip-plush", "first"); err != nil {
		t.Fatal(err)
	}
	work(t, shop)
	invited := mailed(t, shop, launch.MailInvited, "ada@example.com")
	visit := shop.Visit(t)
	visit.Open(link(t, invited))
	visit.Press("Usar el código")
	answered(t, visit, http.StatusOK, "Tu código de acceso lo abre.")
	if !strings.Contains(invited.Plain, "/removal") {
		t.Error("no way off the list")
	}
}
