package waitingroom_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/waiting"
)

// launch is when Spain opens.
var launch = modelstest.At("2027-06-01T00:00:00+02:00")

func open(t *testing.T, shop *handlerstest.Shop, most string) {
	t.Helper()
	if err := shop.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{Most: most}); err != nil {
		t.Fatal(err)
	}
}

func arm(t *testing.T, shop *handlerstest.Shop, most string) {
	t.Helper()
	if err := shop.Rooms.Arm(t.Context(), modelstest.Owner, "es", waiting.Form{Most: most}); err != nil {
		t.Fatal(err)
	}
}

func add(v *handlerstest.Visit) {
	v.Open("/es/products/mi-band")
	v.Post("/es/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
}

func waits(v *handlerstest.Visit) bool { return strings.HasPrefix(v.Path(), "/es/waiting-room") }

func TestWithoutARoomNobodyWaits(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	add(visit)
	if visit.Path() != "/es/cart" {
		t.Errorf("led to %s", visit.Path())
	}
	visit.Open("/es/waiting-room")
	visit.See("No hay cola")
}

func TestOnlyShoppingOfTheMarketIsBehindTheRoom(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	first := shop.Visit(t)
	first.Open("/es/waiting-room") // takes the one place that there is
	if waits(first) {
		t.Fatal("the first in an empty room waits")
	}
	visit := shop.Visit(t)
	for _, path := range []string{"/es/", "/es/products", "/es/products/mi-band", "/es/pages/terms", "/es/withdrawal", "/us/cart", "/us/products/mi-band"} {
		visit.Open(path)
		if visit.Status != http.StatusOK && visit.Status != http.StatusNotFound || waits(visit) {
			t.Errorf("%s led to %s with %d", path, visit.Path(), visit.Status)
		}
	}
	for _, path := range []string{"/es/cart", "/es/checkout", "/es/checkout/review"} {
		visit.Open(path)
		if !waits(visit) {
			t.Errorf("%s can be had past the room", path)
		}
	}
	for _, path := range []string{"/es/cart/items", "/es/cart/items/MI-BAND-BLACK", "/es/checkout", "/es/orders"} {
		visit.Post(path, url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
		if !waits(visit) {
			t.Errorf("POST %s passes the room", path)
		}
	}
	visit.See("Estás en la cola", "Tu puesto", "1")
}

// From ticket to order: those behind are let in one by one, as those before them have ordered.
func TestManyVisitorsAreLetInByOrder(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "2")
	visitors := make([]*handlerstest.Visit, 9)
	for i := range visitors {
		visitors[i] = shop.Visit(t)
		visitors[i].Open("/es/waiting-room?next=/es/products/mi-band")
		if waits(visitors[i]) != (i >= 2) {
			t.Fatalf("visitor %d is at %s", i, visitors[i].Path())
		}
	}
	for i := 2; i < len(visitors); i++ {
		visitors[i].Open("/es/waiting-room")
		if !waits(visitors[i]) {
			t.Fatalf("visitor %d overtook", i)
		}
		buy(t, visitors[i-2])
		visitors[i].Open("/es/waiting-room?next=/es/products/mi-band")
		if visitors[i].Path() != "/es/products/mi-band" {
			t.Fatalf("visitor %d is at %s after a place became free:\n%s", i, visitors[i].Path(), visitors[i].Text())
		}
	}
}

// buy orders a band.
func buy(t *testing.T, v *handlerstest.Visit) {
	t.Helper()
	add(v)
	v.Open("/es/checkout")
	d := modelstest.Buyer("es")
	v.Post("/es/checkout", url.Values{"email": {d.Email}, "name": {d.Name}, "line1": {d.Line1}, "postal_code": {d.PostalCode}, "city": {d.City},
		"region": {d.Region}, "delivery": {d.Delivery}, "payment": {d.Payment}})
	v.Press("Pedido con obligación de pago")
	v.Press("Pagar")
	v.See("ES-1")
}

// Nobody who shops is led away: neither by a room that opens nor by one that is full.
func TestWhoShopsIsNeverThrownOut(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	add(visit)
	open(t, shop, "1")
	shop.Visit(t).Open("/es/waiting-room")
	for range 5 {
		shop.Machine.Advance(20 * time.Minute)
		visit.Open("/es/cart")
		if waits(visit) {
			t.Fatal("a shopper with a cart was led away from it")
		}
	}
	buy(t, visit)
	shop.Machine.Advance(2 * time.Hour)
	shop.Visit(t).Open("/es/waiting-room") // takes the place that is free again
	visit.Open("/es/cart")
	if !waits(visit) {
		t.Error("a pass lasts for ever")
	}
}

func TestTicketsCannotBeForgedCopiedOrKept(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	inside := shop.Visit(t)
	inside.Open("/es/waiting-room")
	pass := inside.Cookies()["pass-es"]
	used := inside.Cookies()["ticket-es"]
	next := shop.Visit(t)
	next.Open("/es/waiting-room")
	ticket := next.Cookies()["ticket-es"]
	other := func(name, value string) *handlerstest.Visit {
		v := shop.Visit(t)
		v.Remember(name, value)
		return v
	}
	for what, v := range map[string]*handlerstest.Visit{
		"a pass without its cart":  other("pass-es", pass),
		"a ticket as a pass":       other("pass-es", ticket),
		"an edited pass":           other("pass-es", edited(pass)),
		"a pass of another market": other("pass-de", pass),
		"a pass made up":           other("pass-es", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
		"nonsense":                 other("pass-es", "%%%"),
	} {
		v.Open("/es/cart")
		if !waits(v) {
			t.Errorf("%s leads in", what)
		}
	}
	for what, v := range map[string]*handlerstest.Visit{
		"an edited ticket":   other("ticket-es", edited(ticket)),
		"a pass as a ticket": other("ticket-es", pass),
		"no ticket at all":   shop.Visit(t),
	} {
		v.Open("/es/waiting-room")
		if got := v.Cookies()["ticket-es"]; !waits(v) || got == ticket || got == "" {
			t.Errorf("%s is worth something", what)
		}
	}
	copied := other("ticket-es", used)
	copied.Remember("cart", strings.Repeat("A", 26))
	copied.Open("/es/waiting-room")
	if !waits(copied) || copied.Cookies()["ticket-es"] == used {
		t.Error("a ticket that was used lets a second browser in")
	}
}

// edited changes the first character of what was signed.
func edited(signed string) string {
	if signed[0] == 'B' {
		return "C" + signed[1:]
	}
	return "B" + signed[1:]
}

func TestATicketOfAnEarlierRoundIsWorthNothing(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	shop.Visit(t).Open("/es/waiting-room")
	visit := shop.Visit(t)
	visit.Open("/es/waiting-room")
	old := visit.Cookies()["ticket-es"]
	if err := shop.Rooms.Close(t.Context(), modelstest.Owner, "es"); err != nil {
		t.Fatal(err)
	}
	add(visit)
	if visit.Path() != "/es/cart" {
		t.Error("a room that was closed still stands")
	}
	visit.Forget()
	open(t, shop, "1")
	shop.Visit(t).Open("/es/waiting-room")
	visit.Remember("ticket-es", old)
	visit.Open("/es/waiting-room")
	if visit.Cookies()["ticket-es"] == old {
		t.Error("a ticket outlived its round")
	}
}

// Clearing cookies puts a visitor at the end, and the ticket itself leads no further than its place.
func TestANewTicketIsTheLast(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	visitors := make([]*handlerstest.Visit, 4)
	for i := range visitors {
		visitors[i] = shop.Visit(t)
		visitors[i].Open("/es/waiting-room")
	}
	visitors[1].See("Tu puesto 1")
	visitors[1].Forget()
	visitors[1].Open("/es/waiting-room")
	visitors[1].See("Tu puesto 4")
}

func TestThoseWhoWereThereAreDrawnAndTheOthersStandBehind(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Time.Set(launch - 60_000)
	shop.Machine.Set(launch - 60_000)
	arm(t, shop, "1")
	visitors := make([]*handlerstest.Visit, 30)
	for i := range visitors {
		visitors[i] = shop.Visit(t)
		visitors[i].Open("/es/waiting-room?next=/es/products/piston-in-ear")
		visitors[i].See("Llegas a tiempo", "1 de junio de 2027")
	}
	shop.Time.Set(launch - 1)
	visitors[0].Open("/es/waiting-room?next=/es/products/piston-in-ear")
	visitors[0].See("Llegas a tiempo")
	shop.Time.Set(launch)
	shop.Machine.Set(launch)
	visitors[0].Open("/es/waiting-room/place") // the first to ask after the opening has it drawn
	visitors = append(visitors, shop.Visit(t), shop.Visit(t))
	visitors[31].Open("/es/waiting-room")
	visitors[30].Open("/es/waiting-room")
	order := admissions(t, shop, visitors)
	if len(order) != len(visitors) {
		t.Fatalf("%d of %d were let in", len(order), len(visitors))
	}
	if order[30] != 31 || order[31] != 30 {
		t.Errorf("those who came after the opening were let in as %v", order[30:])
	}
	same := 0
	for place, visitor := range order {
		if place == visitor {
			same++
		}
	}
	if same > len(visitors)/2 {
		t.Errorf("the draw left %d where they came: %v", same, order)
	}
}

// admissions lets everybody in, one after the other, and answers in which order.
func admissions(t *testing.T, shop *handlerstest.Shop, visitors []*handlerstest.Visit) (order []int) {
	t.Helper()
	in := map[int]bool{}
	for range 4 * len(visitors) {
		before := len(order)
		for i, v := range visitors {
			if !in[i] {
				v.Open("/es/waiting-room/place?next=/es/products/piston-in-ear")
				if strings.Contains(v.Body, `data-state="inside"`) {
					in[i], order = true, append(order, i)
				}
			}
		}
		if len(order) > before+1 {
			t.Fatalf("%d were let in where one place was free", len(order)-before)
		}
		shop.Machine.Advance(41 * time.Second) // in three rounds whoever is inside counts no more, and the others stay present
	}
	return order
}

// Goods that were in the cart before the launch may be ordered; others may not be had past the draw.
func TestACartFromBeforeIsNoWayPastTheDraw(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Time.Set(launch - 60_000)
	shop.Machine.Set(launch - 60_000)
	arm(t, shop, "1")
	honest, sly := shop.Visit(t), shop.Visit(t)
	add(honest)
	add(sly)
	sly.Post("/us/cart/items", url.Values{"sku": {"PISTON-IN-EAR-GOLD"}, "quantity": {"1"}})
	shop.Time.Set(launch)
	shop.Machine.Set(launch)
	shop.Visit(t).Open("/es/waiting-room")
	honest.Open("/es/checkout")
	if waits(honest) {
		t.Error("who was about to order was led away")
	}
	honest.Post("/es/cart/items", url.Values{"sku": {"PISTON-IN-EAR-GOLD"}, "quantity": {"1"}})
	if !waits(honest) {
		t.Error("a cart from before is a way past the draw")
	}
	sly.Open("/es/checkout")
	if !waits(sly) {
		t.Error("a cart that was filled in another market is a way past the draw")
	}
}

// At sell-out everybody is told, whatever his place.
func TestSellOutIsToldToEverybody(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	visitors := make([]*handlerstest.Visit, 5)
	for i := range visitors {
		visitors[i] = shop.Visit(t)
		visitors[i].Open("/es/waiting-room")
	}
	visitors[4].See("Estás en la cola", "Todavía quedan", "300 unidades")
	empty(t, shop)
	for _, v := range visitors[1:] {
		v.Open("/es/waiting-room")
		v.See("Ahora mismo no queda nada")
	}
}

// empty takes away the stock of all that is sold in a test.
func empty(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	for _, sku := range []string{"MI-BAND-BLACK", "POWER-BANK-5000-SILVER", "POWER-BANK-10500-SILVER", "MI-HEADPHONES-BLACK"} {
		shop.Stock(t, "venlo", sku, 0)
	}
	shop.Machine.Advance(time.Second)
}

// The room stands where it was after a restart: another server on the same database, with the same cookies.
func TestARoomSurvivesARestart(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	inside, first, second := shop.Visit(t), shop.Visit(t), shop.Visit(t)
	for _, v := range []*handlerstest.Visit{inside, first, second} {
		v.Open("/es/waiting-room")
	}
	shop.Work(t)
	shop.Restart(t)
	inside.Open("/es/cart")
	if waits(inside) {
		t.Error("who was inside has to wait after a restart")
	}
	second.Open("/es/waiting-room")
	first.Open("/es/waiting-room")
	first.See("Tu puesto 1")
	second.See("Tu puesto")
	for range 3 {
		shop.Machine.Advance(41 * time.Second) // until who is inside counts no more
		second.Open("/es/waiting-room")
		first.Open("/es/waiting-room")
	}
	if waits(first) || !waits(second) {
		t.Errorf("after a restart the first is at %s and the second at %s", first.Path(), second.Path())
	}
}

func TestCookiesCarryTheHostPrefixOverHTTPS(t *testing.T) {
	t.Parallel()
	shop := handlerstest.NewSecure(t)
	open(t, shop, "1")
	shop.Visit(t).Open("/es/waiting-room")
	visit := shop.Visit(t)
	visit.Open("/es/waiting-room")
	cookie := visit.Header.Get("Set-Cookie")
	for _, part := range []string{"__Host-ticket-es=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the ticket's cookie %q lacks %s", cookie, part)
		}
	}
}

func TestABrowserWithoutCookiesIsTold(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "1")
	before := shop.Rooms.Status("es").Tickets
	visit := shop.Visit(t)
	visit.Open("/es/waiting-room?again=1")
	visit.See("Tu navegador no guarda cookies")
	visit.Open("/es/waiting-room/place")
	visit.See("No hemos encontrado tu puesto")
	if after := shop.Rooms.Status("es").Tickets; after != before {
		t.Errorf("%d tickets were spent on a browser that keeps none", after-before)
	}
}

func TestOnlyWaysWithinTheStoreAreGoneOnTo(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "")
	for next, want := range map[string]string{
		"/es/products/mi-band": "/es/products/mi-band", "//evil.example": "/es/products", "/us/cart": "/es/products",
		"/es/waiting-room": "/es/products", "https://evil.example/es/": "/es/products", "": "/es/products",
	} {
		visit := shop.Visit(t)
		visit.Open("/es/waiting-room?next=" + url.QueryEscape(next))
		if visit.Path() != want {
			t.Errorf("next=%s leads to %s", next, visit.Path())
		}
	}
}

func TestARoomDoesNotOpenASale(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	open(t, shop, "")
	visit := shop.Visit(t)
	visit.Open("/es/waiting-room")
	visit.Post("/es/cart/items", url.Values{"sku": {"PISTON-IN-EAR-GOLD"}, "quantity": {"1"}})
	visit.Answered(http.StatusConflict)
	m, err := shop.Markets.Market(t.Context(), "es")
	if err != nil || m.Phase(shop.Time.Now()) != market.Test {
		t.Errorf("Spain is %s, %v", m.Phase(shop.Time.Now()), err)
	}
}
