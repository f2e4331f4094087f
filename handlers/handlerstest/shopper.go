package handlerstest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"

	"softlaunch/models/cart"
)

// Shopper buys over HTTP as a browser would, one page after the other. Unlike a Visit it answers what went wrong instead
// of ending the test, so that many can shop at once and the server may die under them.
type Shopper struct {
	client *http.Client
	origin string
}

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

// Refusal is a page that says no: with 409, for goods that are not to be had.
type Refusal struct {
	Step   string
	Status int
}

func (r Refusal) Error() string { return fmt.Sprintf("%s: answered %d", r.Step, r.Status) }

// Refused reports whether err is a 409.
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
	if _, _, err := s.get(ctx, "product", "/"+w.Store+"/products/"+w.Slug); err != nil {
		return nil, err
	}
	if _, err := s.post(ctx, "add", "/"+w.Store+"/cart/items", url.Values{"sku": {w.SKU}, "quantity": {"1"}}); err != nil {
		return nil, err
	}
	if _, _, err := s.get(ctx, "cart", "/"+w.Store+"/cart"); err != nil {
		return nil, err
	}
	d := w.Details
	if _, err := s.post(ctx, "details", "/"+w.Store+"/checkout", url.Values{
		"email": {d.Email}, "name": {d.Name}, "line1": {d.Line1}, "line2": {d.Line2}, "postal_code": {d.PostalCode}, "city": {d.City},
		"region": {d.Region}, "phone": {d.Phone}, "delivery": {d.Delivery}, "payment": {d.Payment}}); err != nil {
		return nil, err
	}
	page, _, err := s.get(ctx, "review", "/"+w.Store+"/checkout/review")
	if err != nil {
		return nil, err
	}
	key, total := keyField.FindStringSubmatch(page), totalField.FindStringSubmatch(page)
	if key == nil || total == nil {
		return nil, Refusal{"review", http.StatusConflict} // a review of what can't be had has no order button
	}
	return url.Values{"idempotency_key": {key[1]}, "total": {total[1]}}, nil
}

// Order presses the order button and answers where the buyer is led to: the page that takes the payment.
func (s *Shopper) Order(ctx context.Context, store string, form url.Values) (payment string, err error) {
	return s.post(ctx, "order", "/"+store+"/orders", form)
}

// Pay pays in the sandbox and answers the order's own page.
func (s *Shopper) Pay(ctx context.Context, payment string) (order string, err error) {
	if _, _, err := s.get(ctx, "payment", payment); err != nil {
		return "", err
	}
	return s.post(ctx, "pay", payment, url.Values{"outcome": {"paid"}})
}

// Buy goes all the way from the product to the paid order and answers the order's page.
func (s *Shopper) Buy(ctx context.Context, w Wish) (order string, err error) {
	form, err := s.Ready(ctx, w)
	if err != nil {
		return "", err
	}
	payment, err := s.Order(ctx, w.Store, form)
	if err != nil {
		return "", err
	}
	if order, err = s.Pay(ctx, payment); err != nil {
		return "", err
	}
	_, _, err = s.get(ctx, "order page", order)
	return order, err
}

// get asks for a page, which must answer 200.
func (s *Shopper) get(ctx context.Context, step, path string) (page string, status int, err error) {
	page, _, status, err = s.do(ctx, step, http.MethodGet, path, "")
	if err == nil && status != http.StatusOK {
		err = Refusal{step, status}
	}
	return page, status, err
}

// post sends a form, which must answer 303, and answers where to.
func (s *Shopper) post(ctx context.Context, step, path string, form url.Values) (location string, err error) {
	_, location, status, err := s.do(ctx, step, http.MethodPost, path, form.Encode())
	if err == nil && status != http.StatusSeeOther {
		err = Refusal{step, status}
	}
	return location, err
}

func (s *Shopper) do(ctx context.Context, step, method, path, body string) (page, location string, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, method, s.origin+path, strings.NewReader(body))
	if err != nil {
		return "", "", 0, err
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", s.origin)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return "", "", 0, fmt.Errorf("%s: %w", step, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return "", "", 0, fmt.Errorf("%s: %w", step, err)
	}
	return string(text), response.Header.Get("Location"), response.StatusCode, nil
}
