package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"softlaunch/models/cart"
)

// Shopper buys over HTTP as a browser without JavaScript would, one page after the other. It answers what went wrong
// instead of giving up, so that many can shop at once and the server may die under them.
type Shopper struct {
	// Observe, when set, is called before each request; what it returns is called with the answer's status, or 0 when
	// there was none.
	Observe func(Step) func(status int)
	// Patience, when set, is asked whether to wait and send the same again when the shop says that it is too busy, or leads
	// to its waiting room; without it the shopper takes that for an answer.
	Patience func(ctx context.Context, pause time.Duration) bool

	client *http.Client
	origin string
}

// Step is a part of a shopper's way.
type Step string

// The steps, in their order, and the waiting room, if there is one. A browser asks for one address in each.
const (
	StepProduct Step = "product"
	StepAdd     Step = "add"
	StepCart    Step = "cart"
	StepDetails Step = "details"
	StepReview  Step = "review"
	StepOrder   Step = "order"
	StepPayment Step = "payment"
	StepPay     Step = "pay"
	StepDone    Step = "order page"
	StepWait    Step = "waiting room"
)

// Steps are all steps in their order.
var Steps = []Step{StepProduct, StepAdd, StepCart, StepDetails, StepReview, StepOrder, StepPayment, StepPay, StepDone, StepWait}

// NewShopper shops at the server of an address with a cookie jar of its own.
func NewShopper(address string, transport http.RoundTripper) *Shopper {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // only with options, and there are none
	}
	return &Shopper{origin: address, client: &http.Client{
		Jar: jar, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Refusal is an answer that is not the one hoped for.
type Refusal struct {
	Step   Step
	Status int
}

func (r Refusal) Error() string { return fmt.Sprintf("%s: answered %d", r.Step, r.Status) }

// Refused reports whether err is a 409: the goods are not to be had.
func Refused(err error) bool {
	var r Refusal
	return errors.As(err, &r) && r.Status == http.StatusConflict
}

// Wish is what a shopper buys where.
type Wish struct {
	Store, Slug, SKU string
	Details          cart.Details
}

var (
	keyField   = regexp.MustCompile(`name="idempotency_key" value="([^"]+)"`)
	totalField = regexp.MustCompile(`name="total" value="(\d+)"`)
)

// Ready puts the goods into the cart and goes on to the review. It answers the form that orders.
func (s *Shopper) Ready(ctx context.Context, w Wish) (url.Values, error) {
	if _, err := s.Look(ctx, w); err != nil {
		return nil, err
	}
	if err := s.Add(ctx, w); err != nil {
		return nil, err
	}
	return s.CheckOut(ctx, w)
}

// Look opens the product's page with the goods picked and reports whether it sells them.
func (s *Shopper) Look(ctx context.Context, w Wish) (sells bool, err error) {
	page, err := s.read(ctx, StepProduct, "/"+w.Store+"/products/"+w.Slug+"?variant="+url.QueryEscape(w.SKU))
	return bytes.Contains(page, []byte("/"+w.Store+"/cart/items")), err
}

// Add puts the goods into the cart, whatever the product's page said, and looks at it.
func (s *Shopper) Add(ctx context.Context, w Wish) error {
	if _, err := s.post(ctx, StepAdd, "/"+w.Store+"/cart/items", url.Values{"sku": {w.SKU}, "quantity": {"1"}}); err != nil {
		return err
	}
	return s.get(ctx, StepCart, "/"+w.Store+"/cart")
}

// CheckOut types the details and goes on to the review. It answers the form that orders.
func (s *Shopper) CheckOut(ctx context.Context, w Wish) (url.Values, error) {
	d := w.Details
	if _, err := s.post(ctx, StepDetails, "/"+w.Store+"/checkout", url.Values{
		"email": {d.Email}, "name": {d.Name}, "line1": {d.Line1}, "line2": {d.Line2}, "postal_code": {d.PostalCode}, "city": {d.City},
		"region": {d.Region}, "phone": {d.Phone}, "delivery": {d.Delivery}, "payment": {d.Payment}}); err != nil {
		return nil, err
	}
	page, err := s.read(ctx, StepReview, "/"+w.Store+"/checkout/review")
	if err != nil {
		return nil, err
	}
	key, total := keyField.FindSubmatch(page), totalField.FindSubmatch(page)
	if key == nil || total == nil {
		return nil, Refusal{Step: StepReview, Status: http.StatusConflict} // a review of what can't be had has no order button
	}
	return url.Values{"idempotency_key": {string(key[1])}, "total": {string(total[1])}}, nil
}

// Order presses the order button and answers where the buyer is led to: the page that takes the payment.
func (s *Shopper) Order(ctx context.Context, store string, form url.Values) (payment string, err error) {
	return s.post(ctx, StepOrder, "/"+store+"/orders", form)
}

// Pay pays in the sandbox and answers the order's own page.
func (s *Shopper) Pay(ctx context.Context, payment string) (order string, err error) {
	if err := s.get(ctx, StepPayment, payment); err != nil {
		return "", err
	}
	return s.post(ctx, StepPay, payment, url.Values{"outcome": {"paid"}})
}

// Buy goes all the way from the product to the page of the paid order and answers where that is.
func (s *Shopper) Buy(ctx context.Context, w Wish) (order string, err error) {
	form, err := s.Ready(ctx, w)
	if err != nil {
		return "", err
	}
	return s.Finish(ctx, w, form)
}

// Finish orders by the review's form, pays, and looks at the order's page.
func (s *Shopper) Finish(ctx context.Context, w Wish, form url.Values) (order string, err error) {
	payment, err := s.Order(ctx, w.Store, form)
	if err != nil {
		return "", err
	}
	if order, err = s.Pay(ctx, payment); err != nil {
		return "", err
	}
	return order, s.get(ctx, StepDone, order)
}

// read asks for a page, which must answer 200, and reads it.
func (s *Shopper) read(ctx context.Context, step Step, path string) (page []byte, err error) {
	a, err := s.do(ctx, request{step: step, method: http.MethodGet, path: path, read: true}, http.StatusOK)
	return a.page, err
}

// get asks for a page, which must answer 200.
func (s *Shopper) get(ctx context.Context, step Step, path string) error {
	_, err := s.do(ctx, request{step: step, method: http.MethodGet, path: path}, http.StatusOK)
	return err
}

// post sends a form, which must answer 303, and answers where to.
func (s *Shopper) post(ctx context.Context, step Step, path string, form url.Values) (location string, err error) {
	a, err := s.do(ctx, request{step: step, method: http.MethodPost, path: path, body: form.Encode()}, http.StatusSeeOther)
	return a.location, err
}

// request is what a shopper sends; read keeps the page that comes back.
type request struct {
	step               Step
	method, path, body string
	read               bool
}

// answer is what came back.
type answer struct {
	status     int
	page       []byte
	location   string
	retryAfter string
}

// do sends a request, and again while the shop asks for patience.
func (s *Shopper) do(ctx context.Context, r request, hoped int) (answer, error) {
	for {
		a, err := s.send(ctx, r)
		if err != nil {
			return a, fmt.Errorf("%s: %w", r.step, err)
		}
		if pause := a.pause(); pause > 0 && s.Patience != nil && s.Patience(ctx, pause) {
			if err := s.wait(ctx, a.location); err != nil {
				return a, err
			}
			continue
		}
		if a.status != hoped {
			err = Refusal{Step: r.step, Status: a.status}
		}
		return a, err
	}
}

// wait sits in the waiting room, if that is where an answer led, until it leads on.
func (s *Shopper) wait(ctx context.Context, room string) error {
	for room != "" {
		a, err := s.send(ctx, request{step: StepWait, method: http.MethodGet, path: room})
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", StepWait, err)
		case a.status == http.StatusSeeOther:
			return nil
		case !s.Patience(ctx, time.Second):
			return Refusal{Step: StepWait, Status: a.status}
		}
	}
	return nil
}

// pause is how long to wait before the same may be sent again; 0 when the answer stands.
func (a answer) pause() time.Duration {
	if a.status == http.StatusSeeOther && strings.Contains(a.location, "/waiting-room") {
		return time.Second
	}
	if a.status != http.StatusServiceUnavailable {
		return 0
	}
	seconds, err := strconv.Atoi(a.retryAfter)
	if err != nil {
		return 0
	}
	return time.Duration(max(1, seconds)) * time.Second
}

func (s *Shopper) send(ctx context.Context, r request) (a answer, err error) {
	sent, err := http.NewRequestWithContext(ctx, r.method, s.origin+r.path, strings.NewReader(r.body))
	if err != nil {
		return a, err
	}
	sent.Header.Set("Sec-Fetch-Site", "same-origin")
	if r.method == http.MethodPost {
		sent.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		sent.Header.Set("Origin", s.origin)
	}
	if s.Observe != nil {
		answered := s.Observe(r.step)
		defer func() { answered(a.status) }()
	}
	response, err := s.client.Do(sent)
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	a = answer{status: response.StatusCode, location: response.Header.Get("Location"), retryAfter: response.Header.Get("Retry-After")}
	if r.read {
		a.page, err = io.ReadAll(response.Body)
	} else {
		_, err = io.Copy(io.Discard, response.Body)
	}
	return a, err
}
