package command

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// journal is what buyers know: which orders the shop has told them are placed, and which are paid. It reads that off the
// wire: it carries the buyers' requests.
type journal struct {
	wire    *http.Transport
	onPress func(n int) // called when the nth button since the last lap is pressed; none when nil

	mu      sync.Mutex
	tokens  []string          // of the orders that were answered
	owners  map[string]string // whose they are: the cookie, by token
	paid    map[string]bool
	presses int
	waiting int         // buttons that were pressed and not answered yet
	answers map[int]int // how often each status was the answer to a button
	mixed   int         // buyers who were led to an order of somebody else's
	checked int         // how many of the orders were looked up
}

// newJournal belongs to as many buyers at once as there are in any test here.
func newJournal(t testing.TB) *journal {
	t.Helper()
	j := &journal{wire: &http.Transport{MaxIdleConnsPerHost: 200}, owners: map[string]string{}, paid: map[string]bool{}, answers: map[int]int{}}
	t.Cleanup(j.wire.CloseIdleConnections)
	return j
}

// RoundTrip carries a request and notes what became of a button that orders or pays.
func (j *journal) RoundTrip(r *http.Request) (*http.Response, error) {
	orders, pays := strings.HasSuffix(r.URL.Path, "/orders"), strings.Contains(r.URL.Path, "/pay/")
	if r.Method != http.MethodPost || (!orders && !pays) {
		return j.wire.RoundTrip(r)
	}
	j.press()
	response, err := j.wire.RoundTrip(r)
	j.answer(r, response, orders)
	return response, err
}

func (j *journal) press() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.presses++
	j.waiting++
	if j.onPress != nil {
		j.onPress(j.presses)
	}
}

func (j *journal) answer(r *http.Request, response *http.Response, orders bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting--
	if response == nil {
		return
	}
	j.answers[response.StatusCode]++
	if response.StatusCode != http.StatusSeeOther {
		return
	}
	token := path.Base(response.Header.Get("Location"))
	if !orders {
		j.paid[token] = true
		return
	}
	if j.owners[token] == "" {
		j.tokens = append(j.tokens, token)
		j.owners[token] = r.Header.Get("Cookie")
	} else if j.owners[token] != r.Header.Get("Cookie") {
		j.mixed++
	}
}

// lap counts presses and answers from nothing again; known orders stay.
func (j *journal) lap(onPress func(n int)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.presses, j.waiting, j.answers, j.onPress = 0, 0, map[int]int{}, onPress
}

// answered is how often each status was the answer to a button since the last lap.
func (j *journal) answered() map[int]int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return maps.Clone(j.answers)
}

// known is how many orders were answered, and how many payments.
func (j *journal) known() (orders, payments int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.tokens), len(j.paid)
}

// compare looks up the orders that were answered since it was last asked: each must be there, and paid when that was
// answered. (One that is lost later leaves a gap in the numbers, which the audit sees.) Nobody is at the shop meanwhile.
func (j *journal) compare(t testing.TB, p *process) {
	t.Helper()
	if j.mixed > 0 {
		t.Errorf("%d buyers were led to an order of somebody else's", j.mixed)
	}
	wire := &http.Transport{}
	defer wire.CloseIdleConnections()
	client := &http.Client{Transport: wire, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for ; j.checked < len(j.tokens); j.checked++ {
		token := j.tokens[j.checked]
		if status := status(t, client, p.url+"/us/orders/"+token); status != http.StatusOK {
			t.Errorf("an order that was answered: %d", status)
		}
		// The page that takes a payment leads on when there is nothing left to pay.
		if status := status(t, client, p.url+"/us/pay/sandbox/"+token); j.paid[token] && status != http.StatusSeeOther {
			t.Errorf("an order whose payment was answered: its payment page answers %d", status)
		}
	}
}

func status(t testing.TB, client *http.Client, address string) int {
	t.Helper()
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// customer is a buyer at the review, with the form that orders.
type customer struct {
	*handlerstest.Shopper
	form url.Values
}

// band is what they buy: goods of which there are plenty.
func band() handlerstest.Wish {
	return handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
}

// atReview brings buyers as far as the order button.
func (j *journal) atReview(t testing.TB, p *process, n int) []customer {
	t.Helper()
	customers := make([]customer, n)
	var all sync.WaitGroup
	for i := range customers {
		all.Go(func() {
			c := customer{Shopper: handlerstest.NewShopper(p.url, j)}
			var err error
			if c.form, err = c.Ready(context.Background(), band()); err != nil {
				t.Errorf("a buyer on the way to the review: %v", err)
			}
			customers[i] = c
		})
	}
	all.Wait()
	return customers
}

// pressAll has all customers press the order button at once, and then pay. It answers how often each status was
// the answer.
func (j *journal) pressAll(customers []customer) map[int]int {
	j.lap(nil)
	var all sync.WaitGroup
	for _, c := range customers {
		all.Go(func() {
			if payment, err := c.Order(context.Background(), "us", c.form); err == nil {
				_, _ = c.Pay(context.Background(), payment)
			}
		})
	}
	all.Wait()
	return j.answered()
}

// buy has so many buyers go all the way at once, as far as they get. It answers what kept each from it.
func (j *journal) buy(ctx context.Context, p *process, n int) []error {
	failures := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { _, failures[i] = handlerstest.NewShopper(p.url, j).Buy(ctx, band()) })
	}
	all.Wait()
	return failures
}

// sum is how many answers there were.
func sum(answers map[int]int) (n int) {
	for _, times := range answers {
		n += times
	}
	return n
}
