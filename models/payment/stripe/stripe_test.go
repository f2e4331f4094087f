package stripe_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85/webhook"

	"softlaunch/models/clock"
	"softlaunch/models/money"
	"softlaunch/models/payment"
	"softlaunch/models/payment/stripe"
)

const (
	key    = "sk_test_softlaunch"
	secret = "whsec_0123456789abcdef"
	newer  = "whsec_fedcba9876543210"
)

// mock starts stripe-mock, which checks requests against Stripe's own description of its API, and answers its address. The tool
// is built from tools/go.mod.
func mock(t *testing.T) string {
	t.Helper()
	path, err := tool()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, path, "-http-addr", "127.0.0.1:")
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = command.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, found := strings.Cut(lines.Text(), "Listening for HTTP at address: "); found {
			return "http://" + address
		}
	}
	t.Fatal("stripe-mock said no address")
	return ""
}

var tool = sync.OnceValues(func() (string, error) {
	tools, err := filepath.Abs("../../../tools")
	if err != nil {
		return "", err
	}
	out, err := exec.Command("go", "-C", tools, "tool", "-n", "stripe-mock").Output()
	if exit := (&exec.ExitError{}); errors.As(err, &exit) {
		err = fmt.Errorf("stripe-mock can't be built: %s", exit.Stderr)
	}
	return strings.TrimSpace(string(out)), err
})

func gateway(t *testing.T, api string) *stripe.Gateway {
	t.Helper()
	g, err := stripe.New(stripe.Options{Key: key, Secrets: []string{newer, secret}, URL: "https://shop.example.com", API: api})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var intent = payment.Intent{Store: "de-en", Language: "en", Token: "secret", Number: "DE-10001", Email: "ada@example.com",
	Amount: money.Of(3547, "EUR"), Key: "0123456789abcdef-1", ClosesAt: clock.Of(time.Now().Add(time.Hour)),
	Items: []payment.Item{{Name: "Mi Band, black", Quantity: 2, Amount: 1499}, {Name: "Delivery", Quantity: 1, Amount: 549}}}

// Every request is one that Stripe's description of its API allows.
func TestRequestsAreAsStripeDescribesThem(t *testing.T) {
	t.Parallel()
	g := gateway(t, mock(t))
	for name, change := range map[string]func(*payment.Intent){
		"as it is": func(*payment.Intent) {}, "in a language that Stripe does not speak": func(i *payment.Intent) { i.Language = "xx" },
		"in yen": func(i *payment.Intent) { i.Amount.Currency = "JPY" },
	} {
		one := intent
		change(&one)
		// The mock's session leads to Stripe itself, where no session of this address belongs.
		if _, err := g.Start(t.Context(), one); err == nil || !strings.Contains(err.Error(), "leads to another place") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := g.Look(t.Context(), "cs_test_1"); err != nil || s.SessionID == "" {
		t.Errorf("look: %+v, %v", s, err)
	}
	if s, err := g.End(t.Context(), "cs_test_1"); err != nil || s.SessionID == "" {
		t.Errorf("end: %+v, %v", s, err)
	}
	for _, again := range []bool{false, true} {
		a, err := g.Refund(t.Context(), payment.RefundOrder{Key: "pi_1-7", PaymentID: "pi_1", Amount: money.Of(1499, "EUR")}, again)
		if err != nil || a.ID == "" || a.State != payment.RefundDone {
			t.Errorf("refund: %+v, %v", a, err)
		}
	}
}

// What Stripe refuses is told without the words, which may repeat what somebody typed, and never with the key.
func TestARefusalNamesNobody(t *testing.T) {
	t.Parallel()
	g := gateway(t, mock(t))
	wrong := intent
	wrong.Items = []payment.Item{{Name: "", Quantity: 1, Amount: 3547}}
	wrong.Email = "canary@example.com"
	wrong.ClosesAt = 0
	_, err := g.Start(t.Context(), wrong)
	if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), key) {
		t.Errorf("answered %v", err)
	}
	wrong = intent
	wrong.Amount.Minor++
	if _, err := g.Start(t.Context(), wrong); err == nil || !strings.Contains(err.Error(), "don't come to") {
		t.Errorf("items that don't add up: %v", err)
	}
	nobody := gateway(t, "http://127.0.0.1:1")
	if _, err := nobody.Look(t.Context(), "cs_1"); err == nil || errors.As(err, new(payment.Refused)) {
		t.Errorf("nobody there: %v", err)
	}
}

// signed is a header as Stripe makes it.
func signed(at time.Time, payload []byte, secrets ...string) string {
	header := fmt.Sprintf("t=%d", at.Unix())
	for _, s := range secrets {
		header += ",v1=" + hex.EncodeToString(webhook.ComputeSignature(at, payload, s))
	}
	return header + ",v0=00"
}

var paid = []byte(`{"id":"evt_1","object":"event","type":"checkout.session.completed","livemode":false,"data":{"object":{"id":"cs_1","object":"checkout.session",
	"status":"complete","payment_status":"paid","client_reference_id":"DE-10001","amount_total":3547,"currency":"eur","payment_intent":"pi_1"}}}`)

func TestOnlyWhatStripeSignedJustNowCounts(t *testing.T) {
	t.Parallel()
	g := gateway(t, "")
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for name, row := range map[string]struct {
		header string
		fine   bool
	}{
		"signed":                                {signed(now, paid, secret), true},
		"signed with the newer secret":          {signed(now, paid, newer), true},
		"signed with a strange one and ours":    {signed(now, paid, "whsec_somebody", secret), true},
		"300 seconds old":                       {signed(now.Add(-300*time.Second), paid, secret), true},
		"301 seconds old":                       {signed(now.Add(-301*time.Second), paid, secret), false},
		"300 seconds ahead":                     {signed(now.Add(300*time.Second), paid, secret), true},
		"301 seconds ahead":                     {signed(now.Add(301*time.Second), paid, secret), false},
		"another secret":                        {signed(now, paid, "whsec_somebody"), false},
		"another payload":                       {signed(now, append([]byte(" "), paid...), secret), false},
		"no signature":                          {"", false},
		"no time":                               {strings.SplitN(signed(now, paid, secret), ",", 2)[1], false},
		"only the old scheme":                   {fmt.Sprintf("t=%d,v0=%x", now.Unix(), webhook.ComputeSignature(now, paid, secret)), false},
		"a time beside the one that was signed": {fmt.Sprintf("t=%d,v1=%x", now.Unix()+1, webhook.ComputeSignature(now, paid, secret)), false},
		"an empty signature":                    {fmt.Sprintf("t=%d,v1=", now.Unix()), false},
	} {
		e, err := g.Verify(paid, row.header, clock.Of(now))
		if (err == nil) != row.fine || (!row.fine && !errors.Is(err, payment.ErrForeign)) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	if _, err := g.Verify([]byte("{"), signed(now, []byte("{"), secret), clock.Of(now)); !errors.Is(err, payment.ErrForeign) {
		t.Errorf("signed nonsense: %v", err)
	}
}

func TestMessagesAreReadInTheShopsWords(t *testing.T) {
	t.Parallel()
	g := gateway(t, "")
	session := func(kind, status, paymentStatus, currency string) string {
		return fmt.Sprintf(`{"id":"evt_1","type":%q,"livemode":true,"data":{"object":{"id":"cs_1","object":"checkout.session","status":%q,"payment_status":%q,
			"client_reference_id":"X-1","amount_total":1500,"currency":%q,"payment_intent":"pi_1"}}}`, kind, status, paymentStatus, currency)
	}
	refund := func(kind, status string) string {
		return fmt.Sprintf(`{"id":"evt_1","type":%q,"livemode":true,"data":{"object":{"id":"re_1","object":"refund","status":%q,"amount":1500,"currency":"eur",
			"payment_intent":"pi_1","metadata":{"refund":"pi_1-7"},"failure_reason":"lost_or_stolen_card"}}}`, kind, status)
	}
	told := func(p payment.Progress, a money.Amount) *payment.Standing {
		return &payment.Standing{SessionID: "cs_1", Progress: p, Reference: "X-1", PaymentID: "pi_1", Amount: a, Live: true}
	}
	eur := money.Of(1500, "EUR")
	back := func(s payment.RefundState, why string) *payment.RefundAnswer {
		return &payment.RefundAnswer{ID: "re_1", Key: "pi_1-7", PaymentID: "pi_1", State: s, Amount: eur, Reason: why, Live: true}
	}
	for payload, want := range map[string]payment.Event{
		session("checkout.session.completed", "complete", "paid", "eur"):               {Session: told(payment.IsPaid, eur)},
		session("checkout.session.completed", "complete", "unpaid", "eur"):             {Session: told(payment.IsPending, eur)},
		session("checkout.session.async_payment_succeeded", "complete", "paid", "eur"): {Session: told(payment.IsPaid, eur)},
		session("checkout.session.async_payment_failed", "complete", "unpaid", "eur"):  {Session: told(payment.IsUnpaid, eur)},
		session("checkout.session.expired", "expired", "unpaid", "eur"):                {Session: told(payment.IsUnpaid, eur)},
		session("checkout.session.completed", "complete", "paid", "isk"):               {Session: told(payment.IsPaid, money.Of(15, "ISK"))},
		session("checkout.session.completed", "complete", "paid", "jpy"):               {Session: told(payment.IsPaid, money.Of(1500, "JPY"))},
		refund("refund.created", "pending"):                                            {Refund: back(payment.RefundPending, "")},
		refund("refund.updated", "succeeded"):                                          {Refund: back(payment.RefundDone, "")},
		refund("refund.failed", "failed"):                                              {Refund: back(payment.RefundFailed, "lost or stolen card")},
		refund("refund.updated", "canceled"):                                           {Refund: back(payment.RefundFailed, "lost or stolen card")},
		`{"id":"evt_1","type":"customer.created","data":{"object":{"id":"cus_1"}}}`:    {},
	} {
		got, err := g.Read([]byte(payload))
		want.ID, want.Type = "evt_1", got.Type
		one, _ := json.Marshal(got)
		two, _ := json.Marshal(want)
		if err != nil || string(one) != string(two) {
			t.Errorf("%s\nis read as %s, want %s, %v", payload, one, two, err)
		}
	}
}

func TestAGatewayNeedsWholeOptions(t *testing.T) {
	t.Parallel()
	fine := stripe.Options{Key: key, Secrets: []string{secret}, URL: "https://shop.example.com"}
	for name, row := range map[string]struct {
		change func(*stripe.Options)
		want   error
	}{
		"fine": {func(*stripe.Options) {}, nil}, "restricted": {func(o *stripe.Options) { o.Key = "rk_live_0123" }, nil},
		"a publishable key": {func(o *stripe.Options) { o.Key = "pk_test_0123" }, stripe.ErrKey}, "half a key": {func(o *stripe.Options) { o.Key = "sk_test_" }, stripe.ErrKey},
		"no secret": {func(o *stripe.Options) { o.Secrets = nil }, stripe.ErrSecret}, "an empty secret": {func(o *stripe.Options) { o.Secrets = []string{secret, ""} }, stripe.ErrSecret},
		"an open way": {func(o *stripe.Options) { o.API = "http://api.example.com" }, stripe.ErrAPI}, "this machine": {func(o *stripe.Options) { o.API = "http://127.0.0.1:12111" }, nil},
	} {
		o := fine
		row.change(&o)
		g, err := stripe.New(o)
		if !errors.Is(err, row.want) || (err == nil && g.Live() != strings.Contains(o.Key, "live")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
