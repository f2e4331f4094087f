package handlerstest

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85/webhook"

	"softlaunch/handlers"
	"softlaunch/models/payment"
	"softlaunch/models/payment/stripe"
)

// The secrets that sign webhooks of a shop which takes cards: one, and the one that takes its place.
const (
	WebhookSecret = "whsec_of_the_shop_0001"
	NewerSecret   = "whsec_of_the_shop_0002"
)

// Stripe plays Stripe over HTTP: it makes sessions and refunds, once for each idempotency key, ends sessions that are open, and
// signs what it tells. stripe-mock checks what requests look like; this one remembers.
type Stripe struct {
	URL string

	mu      sync.Mutex
	asked   []Asked
	answers map[string][]byte // by idempotency key
	objects map[string]map[string]any
	down    bool
}

// Asked is a request that changes something at Stripe's.
type Asked struct {
	Path, Key string
	Form      url.Values
}

// NewStripe is a shop in development that takes cards too, and its Stripe.
func NewStripe(t testing.TB, options ...func(*handlers.Config)) (*Shop, *Stripe) {
	t.Helper()
	s := &Stripe{answers: map[string][]byte{}, objects: map[string]map[string]any{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	shop := start(t, "http", (*httptest.Server).Start, options, func(address string) []payment.Gateway {
		gateway, err := stripe.New(stripe.Options{Key: "sk_test_of_the_shop", Secrets: []string{NewerSecret, WebhookSecret}, URL: address, API: s.URL})
		if err != nil {
			t.Fatal(err)
		}
		return []payment.Gateway{gateway}
	})
	return shop, s
}

// ServeHTTP is Stripe's API.
func (s *Stripe) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		http.Error(w, "", http.StatusServiceUnavailable)
		return
	}
	if err := r.ParseForm(); err != nil || r.Header.Get("Authorization") != "Bearer sk_test_of_the_shop" {
		http.Error(w, `{"error":{"type":"invalid_request_error"}}`, http.StatusUnauthorized)
		return
	}
	key := r.Header.Get("Idempotency-Key")
	if before, known := s.answers[key]; known && r.Method == http.MethodPost {
		_, _ = w.Write(before)
		return
	}
	object := s.answer(r)
	if object == nil {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":{"type":"invalid_request_error","message":"no"}}`))
		return
	}
	text, _ := json.Marshal(object)
	if r.Method == http.MethodPost {
		s.asked = append(s.asked, Asked{Path: r.URL.Path, Key: key, Form: r.PostForm})
		s.answers[key] = text
	}
	_, _ = w.Write(text)
}

func (s *Stripe) answer(r *http.Request) map[string]any {
	path := strings.TrimPrefix(r.URL.Path, "/v1/")
	id, ending := strings.CutSuffix(strings.TrimPrefix(path, "checkout/sessions/"), "/expire")
	switch {
	case path == "checkout/sessions":
		return s.session(r.PostForm)
	case path == "refunds" && r.Method == http.MethodPost:
		return s.refund(r.PostForm)
	case path == "refunds":
		return map[string]any{"object": "list", "data": []any{}, "has_more": false}
	case ending && s.objects[id]["status"] == "open":
		s.objects[id]["status"] = "expired"
		return s.objects[id]
	case ending:
		return nil
	}
	return s.objects[id]
}

func (s *Stripe) session(f url.Values) map[string]any {
	total := int64(0)
	for i := 0; f.Has(fmt.Sprintf("line_items[%d][quantity]", i)); i++ {
		quantity, _ := strconv.ParseInt(f.Get(fmt.Sprintf("line_items[%d][quantity]", i)), 10, 64)
		each, _ := strconv.ParseInt(f.Get(fmt.Sprintf("line_items[%d][price_data][unit_amount]", i)), 10, 64)
		total += quantity * each
	}
	id := fmt.Sprintf("cs_test_%d", len(s.objects)+1)
	s.objects[id] = map[string]any{"id": id, "object": "checkout.session", "url": s.URL + "/c/pay/" + id, "status": "open", "payment_status": "unpaid",
		"client_reference_id": f.Get("client_reference_id"), "amount_total": total, "currency": f.Get("line_items[0][price_data][currency]"), "livemode": false}
	return s.objects[id]
}

func (s *Stripe) refund(f url.Values) map[string]any {
	amount, _ := strconv.ParseInt(f.Get("amount"), 10, 64)
	id := fmt.Sprintf("re_test_%d", len(s.objects)+1)
	s.objects[id] = map[string]any{"id": id, "object": "refund", "status": "pending", "amount": amount, "currency": "usd",
		"payment_intent": f.Get("payment_intent"), "metadata": map[string]string{"refund": f.Get("metadata[refund]")}}
	return s.objects[id]
}

// Down has Stripe answer 503 from now on, or answer again.
func (s *Stripe) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Asked are the requests that changed something, in their order.
func (s *Stripe) Asked() []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Asked{}, s.asked...)
}

// Pay has a buyer pay in a session.
func (s *Stripe) Pay(sessionID string) {
	s.Set(sessionID, map[string]any{"status": "complete", "payment_status": "paid", "payment_intent": "pi_of_" + sessionID})
}

// Set changes an object of Stripe's.
func (s *Stripe) Set(id string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, value := range fields {
		s.objects[id][name] = value
	}
}

// Event is what Stripe tells of an object as it is now, with some fields as they are not.
func (s *Stripe) Event(eventID, kind, id string, wrong map[string]any) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	object, live := map[string]any{}, false
	for name, value := range s.objects[id] {
		object[name] = value
	}
	for name, value := range wrong {
		object[name] = value
	}
	if mode, said := object["livemode"].(bool); said {
		live = mode
	}
	text, _ := json.Marshal(map[string]any{"id": eventID, "object": "event", "type": kind, "livemode": live, "api_version": "2026-03-25.dahlia",
		"data": map[string]any{"object": object}})
	return text
}

// Signature is Stripe's header for a message.
func Signature(payload []byte, secret string, at time.Time) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(webhook.ComputeSignature(at, payload, secret)))
}

// Tell sends a message to the shop's webhook, signed now by the machine's clock, and answers the status.
func (s *Shop) Tell(t testing.TB, payload []byte) int {
	t.Helper()
	return s.TellSigned(t, payload, Signature(payload, WebhookSecret, s.Machine.Now().Time()))
}

// TellSigned is Tell with a header of the caller's.
func (s *Shop) TellSigned(t testing.TB, payload []byte, signature string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/webhooks/stripe", strings.NewReader(string(payload)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Stripe-Signature", signature)
	response, err := s.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}
