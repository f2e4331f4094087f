package shop_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/discount"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

const fox = "PIP-PLUSH-FOX"

// names are a discount's names in Germany's two stores.
var names = map[string]string{"de": "Dankeschön", "en": "Thank you"}

// typeCode puts a code into the cart, as its form does.
func typeCode(visit *handlerstest.Visit, store, code string) {
	visit.Post("/"+store+"/cart/code", url.Values{"code": {code}})
}

// From the cart to the mail and the back-office, each discount stands on a line of its own with its name, code and amount.
func TestADiscountIsShownFromTheCartToTheMail(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Discount(t, "de", discount.Form{Code: "DANKE", Combinable: true, Names: names})
	shop.Discount(t, "de", discount.Form{Kind: "delivery", Combinable: true, Names: map[string]string{"de": "Frei Haus", "en": "On the house"}})
	visit := shop.Visit(t)
	add(visit, "de", band)
	visit.Open("/de/cart")
	visit.Fill("Rabattcode", "dan-ke")
	visit.Press("Code verwenden")
	shown := []string{"Dankeschön (DANKE) -1,50 €", "Frei Haus -2,99 €"}
	answered(t, visit, http.StatusOK, append(shown, "DANKE Abgezogen: Dankeschön.", "Gesamtsumme 13,49 €")...)
	visit.Open("/de/checkout")
	answered(t, visit, http.StatusOK, shown...)
	fillIn(visit, berliner)
	visit.Press("Weiter zur Prüfung")
	answered(t, visit, http.StatusOK, append(shown, "13,49 €")...)
	visit.Press("Zahlungspflichtig bestellen")
	visit.Press("Bezahlen")
	answered(t, visit, http.StatusOK, append(shown, "Rabatt -1,50 €", "inkl. 19 % MwSt.: 2,15 €")...)
	work(t, shop)
	mail := mailed(t, shop, order.MailReceived, berliner["email"])
	for _, body := range []string{mail.Plain, mail.HTML} {
		if !strings.Contains(body, "Dankeschön (DANKE)") || !strings.Contains(body, "Frei Haus") {
			t.Errorf("the mail lacks the discounts:\n%s", body)
		}
	}
	office := shop.Owner(t)
	office.Open("/admin/orders/DE-10001")
	office.See("Dankeschön (DANKE) -€1.50", "Frei Haus -€2.99", "€14.99 -€1.50")
	visit.Open("/de/cart")
	visit.NotSee("DANKE")
}

func TestACouponSaysWhyItDoesNotCount(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for code, form := range map[string]discount.Form{
		"MINIMUM": {Minimum: "20", Combinable: true}, "AUDIO": {Categories: []string{"audio"}}, "SOON": {Begins: market.Moment{Local: "2026-12-01T10:00"}},
		"SMALL": {Kind: "amount", Value: "0.01"}, "FREIGHT": {Kind: "delivery"}, "OUTDONE": {Kind: "amount", Value: "1"},
	} {
		form.Code = code
		shop.Discount(t, "us", form)
	}
	shop.Discount(t, "us", discount.Form{Products: []string{"mi-band"}, Kind: "percent", Value: "5"})
	visit := shop.Visit(t)
	typeCode(visit, "us", "minimum")
	answered(t, visit, http.StatusOK, "MINIMUM It counts as soon as there are goods")
	add(visit, "us", fox)
	for code, text := range map[string]string{
		"MINIMUM": "come to $20.00; $7.01 to go", "AUDIO": "is for other goods", "SOON": "can be used from Dec 1, 2026, 10:00", "SMALL": "SMALL Taken off: Thanks.",
	} {
		typeCode(visit, "us", code)
		answered(t, visit, http.StatusOK, code, text)
	}
	add(visit, "us", band)
	typeCode(visit, "us", "SMALL")
	answered(t, visit, http.StatusOK, "Another discount is better for you")
	visit.Press("Remove the discount code")
	visit.NotSee("SMALL")
}

// What can't be used any more is not kept; an unknown code says nothing else.
func TestACouponThatIsOverIsRefused(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Discount(t, "us", discount.Form{Code: "OVER", Ends: market.Moment{Local: "2026-11-20T12:00"}})
	shop.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	shop.Time.Set(modelstest.At("2026-11-20T17:00:00Z"))
	visit := ready(t, shop, "us")
	typeCode(visit, "us", "once")
	visit.Open("/us/checkout/review")
	visit.Press("Place order")
	visit.Answered(http.StatusOK)
	other := shop.Visit(t)
	for code, text := range map[string]string{"over": "has expired", "once": "has been used up", "nothing": "can’t be used here"} {
		typeCode(other, "us", code)
		answered(t, other, http.StatusUnprocessableEntity, text)
	}
	if other.Cookies()["cart"] != "" {
		t.Error("refused codes made a cart")
	}
}

// GUARANTEES: a coupon for one use, 100 times at once: used once. The others see the review again, and why.
func TestACouponForOneUseAHundredTimesAtOnce(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Discount(t, "us", discount.Form{Code: "ONCE", UsesAllowed: "1"})
	const buyers = 100
	visits, forms := make([]*handlerstest.Visit, buyers), make([]url.Values, buyers)
	for i := range buyers {
		visit := shop.Visit(t)
		add(visit, "us", band)
		typeCode(visit, "us", "once")
		d := modelstest.Buyer("us")
		visit.Post("/us/checkout", url.Values{"email": {d.Email}, "name": {d.Name}, "line1": {d.Line1}, "postal_code": {d.PostalCode}, "city": {d.City},
			"region": {d.Region}, "delivery": {d.Delivery}, "payment": {d.Payment}})
		answered(t, visit, http.StatusOK, "Thanks (ONCE) -$1.50")
		button := visit.Form("/us/orders")
		visits[i], forms[i] = visit, url.Values{"idempotency_key": {button.Value("idempotency_key")}, "total": {button.Value("total")}}
	}
	var all sync.WaitGroup
	for i := range buyers {
		all.Go(func() { visits[i].Post("/us/orders", forms[i]) })
	}
	all.Wait()
	placed := 0
	for _, visit := range visits {
		if visit.Status == http.StatusOK {
			placed++
			continue
		}
		answered(t, visit, http.StatusConflict, "Something has changed", "This discount code has been used up.", "Place order")
		visit.NotSee("-$1.50")
	}
	if placed != 1 {
		t.Errorf("%d orders have the coupon", placed)
	}
	for _, visit := range visits[:3] { // whoever wants the goods at the full price can have them
		if visit.Status == http.StatusConflict {
			visit.Press("Place order")
			answered(t, visit, http.StatusOK, "Test payment")
		}
	}
}

// The page of a cart asks again when a discount ends, and then shows the price without it.
func TestADiscountEndsOnTheCartAtItsInstant(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	shop.Discount(t, "de", discount.Form{Ends: market.Moment{Local: "2026-11-20T13:00:00.500"}, Names: names})
	visit := shop.Visit(t)
	add(visit, "de", band)
	ends := modelstest.At("2026-11-20T12:00:00.5Z")
	shop.Time.Set(ends - 1)
	visit.Open("/de/cart")
	visit.See("Dankeschön -1,50 €")
	shop.Time.Set(ends)
	visit.Open("/de/cart")
	visit.NotSee("Dankeschön")
}
