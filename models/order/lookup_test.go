package order_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// ask asks for the orders of an address and is their answer's job.
func ask(t *testing.T, s *modelstest.Shop, store, email, number string) job.Job {
	t.Helper()
	if err := s.Lookups.Ask(t.Context(), s.Store(t, store), order.Lookup{Email: email, OrderNumber: number}, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	return s.Job(t, order.MailLinks)
}

// finish ends a lookup as if nobody was to be mailed.
func finish(t *testing.T, s *modelstest.Shop, j job.Job) {
	t.Helper()
	if err := s.Lookups.Finish(t.Context(), j, false); err != nil {
		t.Fatal(err)
	}
}

func TestALookupFindsTheOrdersOfItsAddressInItsMarket(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	buyer.Email = "Ada@Example.com"
	first := s.Pay(t, s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 1}))
	tagged := buyer
	tagged.Email = "ada+shop@example.com" // the same buyer to limits, but maybe another's mailbox
	s.Pay(t, s.Place(t, "us", tagged, modelstest.Goods{"MI-BAND-BLACK": 1}))
	german := modelstest.Buyer("de")
	german.Email = buyer.Email
	s.Place(t, "de", german, modelstest.Goods{"MI-BAND-BLACK": 1})
	second := s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	s.Time.Advance(time.Hour)

	for _, c := range []struct{ store, email, number, want string }{
		{"us", "ada@example.com", "", second.Number + " expired, " + first.Number + " paid"},
		{"us", " ADA@EXAMPLE.COM ", "", second.Number + " expired, " + first.Number + " paid"},
		{"us", "ada@example.com", strings.ToLower(first.Number), first.Number + " paid"},
		{"us", "ada@example.com", "US-99999", ""},
		{"us", "ada+other@example.com", "", ""},
		{"us", "eve@example.com", first.Number, ""},
		{"uk", "ada@example.com", "", ""},
	} {
		j := ask(t, s, c.store, c.email, c.number)
		_, orders, err := s.Lookups.Answer(t.Context(), j.SubjectID)
		var found []string
		for _, o := range orders {
			found = append(found, fmt.Sprint(o.Number, " ", o.State))
		}
		if got := strings.Join(found, ", "); err != nil || got != c.want {
			t.Errorf("%s asked for %q: found %q, %v", c.email, c.number, got, err)
		}
		finish(t, s, j)
		s.Machine.Advance(time.Hour) // the throttle forgets
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM order_lookups"); n != 0 {
		t.Errorf("%d lookups are left", n)
	}
}

func TestALookupEndsWithTheMonthsItPromises(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("us")
	s.Pay(t, s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 1}))
	for at, want := range map[string]int{"2028-11-20T12:00:00Z": 1, "2028-11-20T12:00:00.001Z": 0} {
		s.Time.Set(modelstest.At(at))
		j := ask(t, s, "us", buyer.Email, "")
		if _, orders, err := s.Lookups.Answer(t.Context(), j.SubjectID); err != nil || len(orders) != want {
			t.Errorf("at %s: %d orders, %v", at, len(orders), err)
		}
		finish(t, s, j)
	}
}

func TestALookupIsForgottenWhenItsTimeIsUp(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	placed := s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	j := ask(t, s, "us", placed.Email, "")
	if _, err := s.Orders.KeepMail(t.Context(), order.Mail{JobID: j.ID, Kind: j.Kind, Recipient: placed.Email}); err != nil {
		t.Fatal(err)
	}
	left := func() int64 {
		if err := s.Lookups.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		return s.Number(t, "SELECT (SELECT COUNT(*) FROM order_lookups) + (SELECT COUNT(*) FROM mails WHERE kind = ?)", order.MailLinks)
	}
	s.Time.Advance(24*time.Hour - time.Millisecond)
	if left() != 2 {
		t.Error("forgotten too early")
	}
	s.Time.Advance(time.Millisecond)
	if _, orders, err := s.Lookups.Answer(t.Context(), j.SubjectID); err != nil || len(orders) != 0 {
		t.Errorf("answered after its time: %d orders, %v", len(orders), err)
	}
	if left() != 0 {
		t.Error("kept for too long")
	}
	finish(t, s, j)
}

func TestLookupsOfAnAddressAndOfANetworkAreFew(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	store := s.Store(t, "de")
	asked := func(email, peer string) error {
		return s.Lookups.Ask(t.Context(), store, order.Lookup{Email: email}, peer)
	}
	refused := 0
	for i := range 8 {
		if fault.Is(asked("ada@example.com", fmt.Sprintf("198.51.100.%d", i)), fault.TooMany) {
			refused++
		}
	}
	if refused != 3 {
		t.Errorf("of 8 lookups of an address %d were refused", refused)
	}
	refused = 0
	for i := range 40 {
		if fault.Is(asked(fmt.Sprintf("somebody%d@example.com", i), "203.0.113.7"), fault.TooMany) {
			refused++
		}
	}
	if refused != 10 {
		t.Errorf("of 40 lookups from a network %d were refused", refused)
	}
	if err := asked("no address", "192.0.2.9"); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}
