package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// pressed is what a form was answered, and where it leads.
type pressed struct {
	status   int
	location string
	policy   string
}

// press sends a form of a page without following its answer.
func press(t *testing.T, shop *handlerstest.Shop, path string, fields url.Values, cookies map[string]string) pressed {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, shop.URL+path, strings.NewReader(fields.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range cookies {
		request.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return pressed{response.StatusCode, response.Header.Get("Location"), response.Header.Get("Content-Security-Policy")}
}

// From the back-office's switch to a paid order: the order button leads to Stripe's page, the shop waits for Stripe's word.
func TestAShopperPaysByCard(t *testing.T) {
	t.Parallel()
	shop, stripe := handlerstest.NewStripe(t)
	office := shop.Owner(t)
	office.Open("/admin/markets/us/settings")
	office.Form("/admin/markets/us/settings").Tick("Card, by Stripe")
	office.Form("/admin/markets/us/settings").Press("Save settings")

	visit := shop.Visit(t)
	visit.Open("/us/products/mi-band")
	visit.Press("Add to cart")
	visit.Open("/us/checkout")
	for field, text := range map[string]string{"email": "ada@example.com", "name": "Ada Example", "line1": "1 Example Street", "postal_code": "94103", "city": "San Francisco", "region": "CA"} {
		visit.Fill(field, text)
	}
	visit.Choose("delivery", "us-ground")
	visit.Choose("payment", "stripe")
	visit.Press("Continue to review")
	answer := press(t, shop, "/us/orders", url.Values{"idempotency_key": {visit.Value("idempotency_key")}, "total": {visit.Value("total")}}, visit.Cookies())
	if to := answer.location; answer.status != http.StatusSeeOther || to != stripe.URL+"/c/pay/cs_test_1" {
		t.Fatalf("the order button leads to %q with %d", to, answer.status)
	}
	if policy := answer.policy; !strings.Contains(policy, "form-action 'self' "+stripe.URL+";") {
		t.Errorf("the browser would not go there: %s", policy)
	}
	asked := stripe.Asked()[0]
	back := asked.Form.Get("success_url")
	for name, want := range map[string]string{"mode": "payment", "client_reference_id": "US-10001", "customer_email": "ada@example.com", "locale": "en",
		"payment_method_types[0]": "card", "line_items[0][price_data][currency]": "usd", "payment_intent_data[metadata][order]": "US-10001"} {
		if got := asked.Form.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !strings.HasPrefix(back, shop.URL+"/us/orders/") || len(asked.Key) < 32 {
		t.Errorf("Stripe leads back to %q, the key is %q", back, asked.Key)
	}
	page := strings.TrimPrefix(strings.TrimSuffix(back, "?payment=back"), shop.URL)

	visit.Open(page + "?payment=cancelled")
	visit.See("You turned back before paying")
	visit.See("7:15 AM") // until when the goods are set aside: a quarter past noon UTC, in New York
	again := press(t, shop, strings.Replace(page, "/orders/", "/pay/stripe/", 1), nil, nil)
	if again.location != answer.location || len(stripe.Asked()) != 1 {
		t.Errorf("trying again leads to %q", again.location)
	}
	stripe.Pay("cs_test_1")
	visit.Open(page + "?payment=back")
	visit.See("We wait for the confirmation of your payment")
	if visit.Header.Get("Refresh") != "5" {
		t.Error("the page does not look again")
	}
	if status := shop.Tell(t, stripe.Event("evt_1", "checkout.session.completed", "cs_test_1", nil)); status != http.StatusOK {
		t.Fatalf("the message was answered %d", status)
	}
	shop.Cash()
	visit.Open(page + "?payment=back")
	visit.See("Your order is paid")
	if visit.Header.Get("Refresh") != "" {
		t.Error("a paid order's page looks again")
	}
}

// Stripe is down: the order is there, its page says how to go on, and it can be paid once Stripe answers.
func TestAnOrderIsPlacedWhileStripeIsDown(t *testing.T) {
	t.Parallel()
	shop, stripe := handlerstest.NewStripe(t)
	shop.TakesCards(t, "us")
	o := shop.Place(t, "us", modelstest.ByCard("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	stripe.Down(true)
	pay := "/us/pay/stripe/" + o.Token
	answer := press(t, shop, pay, nil, nil)
	if to := answer.location; to != "/us/orders/"+o.Token+"?payment=later" {
		t.Fatalf("led to %q with %d", to, answer.status)
	}
	visit := shop.Visit(t)
	visit.Open(answer.location)
	visit.See("The payment page can’t be reached right now")
	stripe.Down(false)
	if to := press(t, shop, pay, nil, nil).location; !strings.HasPrefix(to, stripe.URL) {
		t.Errorf("led to %q", to)
	}
	for path, want := range map[string]int{"/us/pay/stripe/nobody": 404, "/de/pay/stripe/" + o.Token: 404,
		"/us/pay/stripe/" + shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1}).Token: 404} {
		if got := press(t, shop, path, nil, nil).status; got != want {
			t.Errorf("%s is answered %d", path, got)
		}
	}
}

// What Stripe has not signed just now is answered 400 and changes nothing; a shop without Stripe has no webhook.
func TestForeignMessagesChangeNothing(t *testing.T) {
	t.Parallel()
	shop, stripe := handlerstest.NewStripe(t)
	shop.TakesCards(t, "us")
	o, session := shop.Open(t, "us", modelstest.Goods{"MI-BAND-BLACK": 1})
	stripe.Pay(session.ProviderID)
	paid, now := stripe.Event("evt_1", "checkout.session.completed", session.ProviderID, nil), shop.Machine.Now().Time()
	sign := func(secret string, age time.Duration) string {
		return handlerstest.Signature(paid, secret, now.Add(-age))
	}
	for name, row := range map[string]struct {
		payload   []byte
		signature string
		status    int
	}{
		"unsigned": {paid, "", 400}, "another secret": {paid, sign("whsec_of_somebody_else", 0), 400}, "too old": {paid, sign(handlerstest.WebhookSecret, 301*time.Second), 400},
		"too new": {paid, sign(handlerstest.WebhookSecret, -301*time.Second), 400}, "nothing": {nil, sign(handlerstest.WebhookSecret, 0), 400},
		"changed": {stripe.Event("evt_1", "checkout.session.completed", session.ProviderID, map[string]any{"amount_total": 1}), sign(handlerstest.WebhookSecret, 0), 400},
		"huge":    {make([]byte, 100_000), sign(handlerstest.WebhookSecret, 0), 413},
	} {
		if got := shop.TellSigned(t, row.payload, row.signature); got != row.status {
			t.Errorf("%s is answered %d, want %d", name, got, row.status)
		}
	}
	shop.Cash()
	if n := shop.Number(t, "SELECT COUNT(*) FROM stripe_events"); n != 0 || shop.Again(t, o).State != order.AwaitingPayment {
		t.Errorf("%d messages were kept, the order is %s", n, shop.Again(t, o).State)
	}
	for _, secret := range []string{handlerstest.NewerSecret, handlerstest.WebhookSecret} { // the second is a duplicate
		if got := shop.TellSigned(t, paid, sign(secret, 299*time.Second)); got != http.StatusOK {
			t.Errorf("signed with %s it is answered %d", secret, got)
		}
	}
	shop.Cash()
	if after := shop.Again(t, o); after.State != order.Paid || len(after.Payments) != 1 {
		t.Errorf("the order is %s with %+v", after.State, after.Payments)
	}
	without := handlerstest.New(t)
	if got := without.Tell(t, paid); got != http.StatusNotFound {
		t.Errorf("a shop without Stripe answers %d", got)
	}
}

// Staff see what does not fit, are mailed about it, and mark it as handled.
func TestStaffSeeWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	shop, stripe := handlerstest.NewStripe(t)
	shop.TakesCards(t, "us")
	o, session := shop.Open(t, "us", modelstest.Goods{"MI-BAND-BLACK": 1})
	stripe.Pay(session.ProviderID)
	shop.Tell(t, stripe.Event("evt_wrong", "checkout.session.completed", session.ProviderID, map[string]any{"amount_total": 1}))
	shop.Cash()
	office := shop.Owner(t)
	office.Open("/admin")
	office.See("Payments to look at")
	office.Open("/admin/payments")
	office.See(o.Number)
	office.See("it is about 0.01 USD")
	office.Press("Mark as handled")
	office.See("No payment needs you")
	if state := shop.Again(t, o).State; state != order.AwaitingPayment {
		t.Errorf("the order is %s", state)
	}
}

// Hundreds of orders whose messages come mixed up, twice, and with wrong ones among them, applied at any moment between: each
// ends as what happened at Stripe says.
func TestMixedUpMessagesEndAsWhatHappened(t *testing.T) {
	t.Parallel()
	shop, stripe := handlerstest.NewStripe(t)
	shop.TakesCards(t, "us")
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	type told struct {
		order order.Order
		paid  bool
	}
	var all []told
	var messages [][]byte
	for i := range 100 {
		o, session := shop.Open(t, "us", modelstest.Goods{"MI-BAND-BLACK": 1})
		one := told{o, random.IntN(3) > 0}
		add := func(name, kind string, wrong map[string]any) {
			for range 1 + random.IntN(2) {
				messages = append(messages, stripe.Event(fmt.Sprintf("evt_%d_%s", i, name), kind, session.ProviderID, wrong))
			}
		}
		if one.paid {
			add("pending", "checkout.session.completed", map[string]any{"status": "complete", "payment_status": "unpaid"})
			stripe.Pay(session.ProviderID)
			add("paid", "checkout.session.completed", nil)
			add("again", "checkout.session.async_payment_succeeded", nil)
		} else {
			stripe.Set(session.ProviderID, map[string]any{"status": "expired"})
			add("expired", "checkout.session.expired", nil)
		}
		add("amount", "checkout.session.completed", map[string]any{"amount_total": 1, "status": "complete", "payment_status": "paid"})
		add("other", "customer.created", nil)
		all = append(all, one)
	}
	random.Shuffle(len(messages), func(i, j int) { messages[i], messages[j] = messages[j], messages[i] })
	for _, message := range messages {
		if status := shop.Tell(t, message); status != http.StatusOK {
			t.Fatalf("answered %d", status)
		}
		if random.IntN(20) == 0 {
			shop.Cash()
		}
	}
	shop.Time.Advance(15 * time.Minute)
	for range 30 { // a session that was said to be unpaid is asked about no more, the others are closed
		shop.Cash()
	}
	if err := shop.Orders.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		after := shop.Again(t, one.order)
		want, payments, session := order.Expired, 0, payment.SessionUnpaid
		if one.paid {
			want, payments, session = order.Paid, 1, payment.SessionPaid
		}
		if after.State != want || len(after.Payments) != payments || after.Sessions[0].State != session {
			t.Fatalf("seed %d: %s is %s with %d payments in a session that is %s", seed, after.Number, after.State, len(after.Payments), after.Sessions[0].State)
		}
	}
	if n := shop.Number(t, "SELECT COUNT(*) FROM payment_exceptions WHERE kind = 'event'"); n != 100 {
		t.Errorf("seed %d: %d messages are parked", seed, n)
	}
	if n := shop.Number(t, "SELECT COUNT(*) FROM stripe_events WHERE applied_at IS NULL"); n != 0 {
		t.Errorf("seed %d: %d messages wait", seed, n)
	}
}
