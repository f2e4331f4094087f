package shop_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

func TestAGuestBuysInTheUnitedStates(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	visit.Open("/us/products/mi-band")
	visit.Press("Add to cart")
	visit.See("Total, estimated", "Tax depends on the state")
	visit.Follow("Go to checkout")
	fillIn(visit, newYorker)
	visit.Choose("delivery", "us-express")
	visit.Press("Continue to review")
	answered(t, visit, http.StatusOK, "Check and order", "New York, NY 10001", "Express by air", "$12.99", "Tax $1.12", "Total $29.10")
	visit.Press("Place order")
	answered(t, visit, http.StatusOK, "Test payment: no money moves", "Pay $29.10")
	visit.Press("Pay")
	answered(t, visit, http.StatusOK, "Thank you. Your order is paid.", "Order US-10001", "ada@example.com", "Payment received")
	visit.Open("/us/cart")
	visit.See("Your cart is empty")
}

func TestAGuestBuysInGermanyByTransfer(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	add(visit, "de", powerBank)
	visit.Open("/de/checkout")
	fillIn(visit, berliner)
	visit.Choose("payment", "transfer")
	visit.Press("Weiter zur Prüfung")
	answered(t, visit, http.StatusOK, "inkl. 19 % MwSt.", "10115 Berlin", "Für die Bestellung gelten:")
	visit.Press("Zahlungspflichtig bestellen")
	answered(t, visit, http.StatusOK, "Danke. Bitte überweisen Sie den Betrag.", "DE89 3704 0044 0532 0130 00", "Verwendungszweck DE-10001", "Bis 27. November 2026, 13:00 Uhr (Berlin, MEZ)")
	visit.NotSee("Jetzt bezahlen")
}

// Nothing may stand between the sum and the button that orders (§ 312j BGB).
func TestTheOrderButtonStandsAloneUnderTheSum(t *testing.T) {
	for store, label := range map[string]string{"us": "Place order", "uk": "Order with obligation to pay", "de": "Zahlungspflichtig bestellen",
		"de-en": "Order with obligation to pay", "fr": "Commande avec obligation de paiement"} {
		visit := handlerstest.New(t).Visit(t)
		add(visit, store, powerBank)
		visit.Open("/" + store + "/checkout")
		fields := newYorker
		if store != "us" {
			fields = map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "Main Street 1", "city": "Town",
				"postal_code": map[string]string{"uk": "sw1a1aa", "de": "10115", "de-en": "10115", "fr": "75 011"}[store]}
		}
		fillIn(visit, fields)
		visit.Post("/"+store+"/checkout", typed(visit))
		visit.Answered(http.StatusOK)
		_, after, found := strings.Cut(visit.Body, `class="totals__sum"`)
		before, _, _ := strings.Cut(after, `<button class="button button--wide button--order"`)
		if !found || strings.Count(before, "<p") > 0 || strings.Count(before, "<a") > 0 || !strings.Contains(after, label) {
			t.Errorf("%s: between sum and button stands %s", store, before)
		}
	}
}

// typed is what the checkout's form holds, with its own choices.
func typed(visit *handlerstest.Visit) url.Values {
	values := url.Values{}
	for _, name := range []string{"email", "name", "line1", "line2", "postal_code", "city", "phone"} {
		values.Set(name, visit.Value(name))
	}
	for _, name := range []string{"delivery", "payment"} {
		values.Set(name, regexp.MustCompile(`name="` + name + `" value="([^"]+)" checked`).FindStringSubmatch(visit.Body)[1])
	}
	if strings.Contains(visit.Body, `id="region"`) {
		values.Set("region", "NY")
	}
	return values
}

func TestARefusedFormKeepsWhatWasTypedAndSaysWhatToDo(t *testing.T) {
	visit := handlerstest.New(t).Visit(t)
	add(visit, "us", band)
	visit.Open("/us/checkout")
	fillIn(visit, map[string]string{"email": "ada", "line1": "1 Main <b>Street</b>", "city": "New York", "postal_code": "123", "phone": "abc"})
	visit.Press("Continue to review")
	answered(t, visit, http.StatusUnprocessableEntity, "Please correct these fields", "Enter a ZIP code like 94103.", "Choose a state.")
	if !strings.HasPrefix(visit.Title(), "Error:") {
		t.Errorf("title is %q", visit.Title())
	}
	if visit.Value("email") != "ada" || visit.Value("line1") != "1 Main <b>Street</b>" || visit.Value("postal_code") != "123" {
		t.Error("what was typed is lost")
	}
	for _, name := range []string{"email", "name", "postal_code", "region", "phone"} {
		if !strings.Contains(visit.Body, `href="#`+name+`"`) || !strings.Contains(visit.Body, `id="`+name+`-error"`) {
			t.Errorf("%s is not named in the summary and at its field", name)
		}
	}
}

func TestCheckoutAsksForLittleAndHelpsToFillItIn(t *testing.T) {
	fields := regexp.MustCompile(`<input class="input"[^>]*>`)
	for _, store := range []string{"us", "uk", "de", "fr", "es", "it"} {
		visit := handlerstest.New(t).Visit(t)
		add(visit, store, band)
		visit.Open("/" + store + "/checkout")
		visit.Answered(http.StatusOK)
		inputs := fields.FindAllString(visit.Body, -1)
		if len(inputs) == 0 || len(inputs) > 8 {
			t.Errorf("%s asks for %d texts", store, len(inputs))
		}
		for _, input := range inputs {
			if !strings.Contains(input, "autocomplete=") {
				t.Errorf("%s: %s", store, input)
			}
		}
		visit.See(map[string]string{"us": "Arrives", "uk": "Arrives", "de": "Kommt", "fr": "Arrive", "es": "Llega", "it": "Arriva"}[store])
	}
}

func TestTheReviewIsChangedInPlace(t *testing.T) {
	visit := ready(t, handlerstest.New(t), "us")
	visit.Fill("email", "countess@example.com")
	visit.Press("Save")
	answered(t, visit, http.StatusOK, "Check and order", "countess@example.com", "1 Main Street", "New York, NY 10001")
	visit.Form("/us/checkout").Fill("email", "nobody")
	visit.Press("Save")
	answered(t, visit, http.StatusUnprocessableEntity, "Enter an e-mail address", "Checkout")
}

// ready is a visit at the review of an order for a band.
func ready(t *testing.T, shop *handlerstest.Shop, store string) *handlerstest.Visit {
	t.Helper()
	visit := shop.Visit(t)
	add(visit, store, band)
	visit.Open("/" + store + "/checkout")
	fillIn(visit, newYorker)
	visit.Press("Continue to review")
	visit.Answered(http.StatusOK)
	return visit
}

func TestATotalThatChangedIsShownAgain(t *testing.T) {
	shop := handlerstest.New(t)
	visit := ready(t, shop, "us")
	shop.Exec(t, "UPDATE prices SET amount = 1999 WHERE variant_id = (SELECT id FROM variants WHERE sku = ?) AND currency = 'USD'", band)
	visit.Press("Place order")
	answered(t, visit, conflict, "Something has changed", "The total has changed", "$19.99")
	visit.Press("Place order")
	answered(t, visit, http.StatusOK, "Test payment")
}

func TestTheSameFormSentTwiceMakesOneOrder(t *testing.T) {
	visit := ready(t, handlerstest.New(t), "us")
	form := url.Values{"idempotency_key": {visit.Form("/us/orders").Value("idempotency_key")}, "total": {visit.Form("/us/orders").Value("total")}}
	visit.Post("/us/orders", form)
	first := visit.Path()
	visit.Post("/us/orders", form)
	if visit.Path() != first {
		t.Errorf("first %s, then %s", first, visit.Path())
	}
	form.Set("total", "1")
	visit.Post("/us/orders", form)
	visit.Answered(conflict)
}

func TestADeclinedPaymentLeavesTheOrderPayable(t *testing.T) {
	visit := ready(t, handlerstest.New(t), "us")
	visit.Press("Place order")
	visit.Press("Let the card be declined")
	answered(t, visit, http.StatusOK, "Waiting for payment", "the card was declined", "Card declined", "set aside for you until Nov 20, 2026, 7:15 AM (New York, EST)")
	visit.Follow("Pay now")
	visit.Press("Pay")
	answered(t, visit, http.StatusOK, "Thank you. Your order is paid.")
}

func TestAnOrderWhoseTimeIsUpCanBePaidWhileThereAreGoods(t *testing.T) {
	shop := handlerstest.New(t)
	visit := ready(t, shop, "us")
	visit.Press("Place order")
	page := visit.Path()
	shop.Time.Advance(16 * time.Minute)
	visit.Open(page)
	shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{powerBank: 1}) // the first write ends the hold
	shop.Stock(t, "reno", band, 0)
	visit.Press("Pay")
	answered(t, visit, conflict, "This order can’t be placed right now", "Sold out.")
	shop.Stock(t, "reno", band, 5)
	visit.Press("Pay")
	answered(t, visit, http.StatusOK, "Thank you. Your order is paid.")
}

func TestAnOrderIsFoundByItsWholeSecretInItsMarketOnly(t *testing.T) {
	shop := handlerstest.New(t)
	visit := ready(t, shop, "us")
	visit.Press("Place order")
	token := visit.Path()[strings.LastIndex(visit.Path(), "/")+1:]
	stranger := shop.Visit(t)
	stranger.Open("/us/orders/" + token)
	answered(t, stranger, http.StatusOK, "US-10001")
	if got := stranger.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("an order may be stored: %q", got)
	}
	for _, path := range []string{"/de/orders/" + token, "/us/orders/" + token[:10], "/us/orders/x", "/de/pay/sandbox/" + token} {
		stranger.Open(path)
		stranger.Answered(http.StatusNotFound)
		stranger.NotSee("Ada Lovelace")
	}
}
