package shop_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/session"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

const previewSecret = "a secret that tests sign previews with"

// previewing is a shop whose previews tests can sign.
func previewing(t *testing.T) *handlerstest.Shop {
	t.Helper()
	return handlerstest.New(t, func(c *handlers.Config) { c.Secret = previewSecret })
}

// look has a visit see the shop through a preview, whose cookie is signed for a member of staff.
func look(t *testing.T, shop *handlerstest.Shop, visit *handlerstest.Visit, member int64, p session.Preview) {
	t.Helper()
	m, err := shop.Staff.Member(t.Context(), member)
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), answer)
	c.Set("member", m)
	if err := session.NewStaff(shop.Staff, false, previewSecret).StartPreview(c, p); err != nil {
		t.Fatal(err)
	}
	cookie := answer.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.MaxAge <= 0 || cookie.MaxAge > 4*3600 || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %+v", cookie)
	}
	visit.Remember(cookie.Name, cookie.Value)
}

var launchInSpain = modelstest.At("2027-05-31T22:00:00Z")

func TestStaffSeeTheWholeStoreAsOfAnInstant(t *testing.T) {
	t.Parallel()
	shop := previewing(t)
	visit := shop.Owner(t)
	look(t, shop, visit, 1, session.Preview{At: launchInSpain})
	for _, path := range []string{"/", "/es/", "/es/products", "/es/products/pip-plush", "/es/cart", "/es/pages/terms", "/es/withdrawal", "/es/nothing/here", "/nowhere/"} {
		visit.Open(path)
		visit.See("Example Owner")
		if got := visit.Header.Get("Cache-Control"); got != "no-store" || !strings.Contains(visit.Body, `action="/preview/end"`) {
			t.Errorf("%s: kept by %q", path, got)
		}
	}
	visit.Open("/es/products/pip-plush")
	answered(t, visit, http.StatusOK, "Vista previa Example Owner ve la tienda tal como estará el 1 de junio de 2027, 00:00 (Madrid, CEST), como la verá cualquiera.")
	if phase(visit) != "open" || strings.Contains(visit.Body, "data-renew") {
		t.Error("the preview does not stand at its instant")
	}
	visit.Press("Añadir a la cesta")
	answered(t, visit, http.StatusOK, "Peluche Pip", "16,19 €", "Esta cesta es de la vista previa.")
	visit.NotSee("Tramitar el pedido")
	visit.Fill("quantity", "2")
	visit.Press("Actualizar")
	visit.See("29,18 €")
	visit.Press("Salir de la vista previa")
	visit.Open("/es/products/pip-plush")
	visit.NotSee("Vista previa", `class="buybar"`)
	if n := shop.Number(t, "SELECT COUNT(*) FROM carts"); n != 0 {
		t.Errorf("%d carts were written", n)
	}
}

func TestNothingIsOrderedOrWrittenInAPreview(t *testing.T) {
	t.Parallel()
	shop := previewing(t)
	visit := shop.Owner(t)
	add(visit, "us", band) // a cart of her own
	before := shop.Number(t, "SELECT (SELECT COUNT(*) FROM cart_lines) + (SELECT COUNT(*) FROM interests) + (SELECT COUNT(*) FROM jobs) + (SELECT COUNT(*) FROM orders)")
	look(t, shop, visit, 1, session.Preview{At: shop.Time.Now().Add(time.Hour)})
	for path, fields := range map[string]url.Values{
		"/us/cart/items": {"sku": {band}, "quantity": {"1"}}, "/us/cart/items/" + band: {"quantity": {"2"}}, "/us/cart/code": {"code": {"x"}},
		"/us/cart/code/removal": nil, "/us/interest": {"product": {"mi-note"}, "email": {"ada@example.com"}}, "/us/checkout": {"email": {"a@example.com"}},
		"/us/orders": {"idempotency_key": {"k"}, "total": {"1"}}, "/us/withdrawal": {"name": {"A"}, "order": {"US-1"}, "email": {"a@example.com"}},
		"/us/pay/sandbox/x": {"outcome": {"paid"}}, "/us/interest/x/confirmation": nil, "/us/interest/x/removal": nil,
	} {
		visit.Post(path, fields)
		answered(t, visit, http.StatusForbidden, "nothing can be ordered or changed in it", "End the preview")
	}
	for _, path := range []string{"/us/checkout", "/us/checkout/review"} {
		visit.Open(path)
		visit.Answered(http.StatusForbidden)
	}
	after := shop.Number(t, "SELECT (SELECT COUNT(*) FROM cart_lines) + (SELECT COUNT(*) FROM interests) + (SELECT COUNT(*) FROM jobs) + (SELECT COUNT(*) FROM orders)")
	if before != after {
		t.Errorf("%d rows became %d", before, after)
	}
}

func TestAPreviewIsSeenAsABuyerWithACode(t *testing.T) {
	t.Parallel()
	shop := previewing(t)
	if err := shop.Gate.AddWave(t.Context(), modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{Quantity: "5", NeedsCode: true}); err != nil {
		t.Fatal(err)
	}
	visit := shop.Owner(t)
	at := shop.Time.Now().Add(time.Minute)
	look(t, shop, visit, 1, session.Preview{At: at})
	visit.Open("/es/products/pip-plush")
	visit.NotSee(`class="buybar"`)
	look(t, shop, visit, 1, session.Preview{At: at, WithCode: true})
	visit.Open("/es/products/pip-plush")
	visit.See("como la verá quien tiene un código de acceso", "Quedan 5 de 5 en la prueba")
	visit.Press("Añadir a la cesta")
	answered(t, visit, http.StatusOK, "Peluche Pip", "12,99 €")
}

func TestADraftIsSeenInAPreviewOnly(t *testing.T) {
	t.Parallel()
	shop := previewing(t)
	shop.Time.Set(modelstest.At("2026-10-01T00:00:00Z")) // before Spain is announced
	shop.Machine.Set(modelstest.At("2026-10-01T00:00:00Z"))
	visit := shop.Owner(t)
	visit.Open("/es/")
	visit.Answered(http.StatusNotFound)
	look(t, shop, visit, 1, session.Preview{At: shop.Time.Now()})
	visit.Open("/")
	visit.See("España", "Borrador")
	visit.Open("/es/")
	answered(t, visit, http.StatusOK, "Aún sin anunciar.")
	visit.Open("/es/products")
	answered(t, visit, http.StatusOK)
	look(t, shop, visit, 1, session.Preview{At: modelstest.At("2026-11-02T09:00:00Z")})
	visit.Open("/es/products")
	answered(t, visit, http.StatusOK, "Mi Band")
}

func TestAPreviewServesOnlyItsOwnMemberWhileSignedIn(t *testing.T) {
	t.Parallel()
	shop := previewing(t)
	sees := func(visit *handlerstest.Visit) bool {
		visit.Open("/es/products/pip-plush")
		visit.Answered(http.StatusOK)
		return strings.Contains(visit.Body, `class="preview"`)
	}
	at := session.Preview{At: launchInSpain}
	stranger := shop.Visit(t)
	look(t, shop, stranger, 1, at)
	if sees(stranger) {
		t.Error("a stranger with the cookie sees the preview")
	}
	viewer := shop.Member(t, staff.Viewer)
	look(t, shop, viewer, 1, at)
	if sees(viewer) {
		t.Error("another member with the cookie sees the preview")
	}
	owner := shop.Owner(t)
	look(t, shop, owner, 1, at)
	if !sees(owner) {
		t.Error("the member does not see the preview")
	}
	sealed := owner.Cookies()["preview"]
	for _, forged := range []string{"", "x", ".", sealed[:len(sealed)-1], "A" + sealed, strings.Replace(sealed, ".", "", 1)} {
		owner.Remember("preview", forged)
		if sees(owner) {
			t.Errorf("%q is taken for a preview", forged)
		}
	}
	owner.Remember("preview", sealed)
	shop.Machine.Advance(2*time.Hour - time.Millisecond)
	owner.Open("/admin") // keeps the session
	if shop.Machine.Advance(time.Millisecond); sees(owner) {
		t.Error("it has no end")
	}
	look(t, shop, owner, 1, at)
	owner.Post("/admin/session/end", nil)
	if sees(owner) {
		t.Error("it outlives the session")
	}
}

func TestAPreviewsCartIsBounded(t *testing.T) {
	t.Parallel()
	var p session.Preview
	for i := range 50 {
		p = p.With(strings.Repeat("X", i+1), 1)
	}
	if len(p.Goods) != 20 || len(p.With("X", 0).Goods) != 19 || p.With("X", 7).Goods["X"] != 7 {
		t.Errorf("%d goods", len(p.Goods))
	}
}
