package launch_test

import (
	"fmt"
	"testing"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// wantFigures are the figures of Spain's lists, by product.
func wantFigures(t *testing.T, s *modelstest.Shop, want ...launch.Figures) {
	t.Helper()
	var got []launch.Figures
	es := s.Store(t, "es").Market
	s.Read(t, func(tx db.Tx) (err error) {
		got, err = launch.FiguresOf(tx, es.ID)
		return err
	})
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the figures are %+v, want %+v", got, want)
	}
}

// buys has the holder of an address pay for goods in Spain.
func buys(t *testing.T, s *modelstest.Shop, email, sku string) (number string) {
	t.Helper()
	buyer := modelstest.Buyer("es")
	buyer.Email = email
	return s.Pay(t, s.Place(t, "es", buyer, modelstest.Goods{sku: 1})).Number
}

func plush(email string) launch.Wish {
	return launch.Wish{Product: "pip-plush", Email: email, TextVersion: "1"}
}

const fox = "PIP-PLUSH-FOX"

// What is left of who was told: numbers, and for a while a hash by which his orders are known.
func TestOrdersAreCountedAfterTheEntryIsGone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, name := range []string{"soon", "late", "other", "last", "past", "never"} {
		join(t, s, "es", plush(name+"@example.com"))
	}
	join(t, s, "es", launch.Wish{Email: "late@example.com", TextVersion: "1"})
	wantFigures(t, s, launch.Figures{Confirmed: 1, Waiting: 1}, launch.Figures{Product: "pip-plush", Confirmed: 6, Waiting: 6})
	opens := s.Store(t, "es").Market.LaunchAt
	s.Time.Set(opens)
	must(t, s.Interests.Sweep(t.Context()))
	buys(t, s, "soon@example.com", fox) // before his mail is out
	wantFigures(t, s, launch.Figures{Confirmed: 1, Waiting: 1}, launch.Figures{Product: "pip-plush", Confirmed: 6, Waiting: 6, Ordered: 1})
	s.Work(t)
	if n := s.Number(t, "SELECT COUNT(*) FROM interests"); n != 0 {
		t.Fatalf("%d entries are left", n)
	}
	wantFigures(t, s, launch.Figures{Confirmed: 1, Told: 1}, launch.Figures{Product: "pip-plush", Confirmed: 6, Told: 6, Ordered: 1})

	s.Time.Advance(20 * 24 * time.Hour)
	buys(t, s, "LATE+gift@Example.com", fox)
	buys(t, s, "other@example.com", "MI-BAND-BLACK") // not what he waited for
	buys(t, s, "stranger@example.com", fox)
	for range 2 {
		s.Work(t)
		wantFigures(t, s, launch.Figures{Confirmed: 1, Told: 1, Ordered: 1}, launch.Figures{Product: "pip-plush", Confirmed: 6, Told: 6, Ordered: 2})
	}
	ends := opens.Add(launch.TracedFor)
	s.Time.Set(ends - 1)
	buys(t, s, "last@example.com", fox)
	s.Time.Set(ends)
	buys(t, s, "past@example.com", fox)
	settled := []launch.Figures{{Confirmed: 1, Told: 1, Ordered: 1}, {Product: "pip-plush", Confirmed: 6, Told: 6, Ordered: 3}}
	wantFigures(t, s, settled...)
	s.Work(t)
	if n := s.Number(t, "SELECT (SELECT COUNT(*) FROM interest_traces) + (SELECT COUNT(*) FROM interest_keys)"); n != 0 {
		t.Errorf("%d traces or secrets outlive their end", n)
	}
	wantFigures(t, s, settled...)
}

func TestAnOrderThatCameToNothingIsNotCounted(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, name := range []string{"unpaid", "cancelled"} {
		join(t, s, "es", plush(name+"@example.com"))
	}
	s.Time.Set(s.Store(t, "es").Market.LaunchAt)
	s.Work(t)
	buyer := modelstest.Buyer("es")
	buyer.Email = "unpaid@example.com"
	s.Place(t, "es", buyer, modelstest.Goods{fox: 1})
	number := buys(t, s, "cancelled@example.com", fox)
	wantFigures(t, s, launch.Figures{Product: "pip-plush", Confirmed: 2, Told: 2, Ordered: 1})
	must(t, s.Orders.Cancel(t.Context(), modelstest.Owner, number, "asked for it"))
	wantFigures(t, s, launch.Figures{Product: "pip-plush", Confirmed: 2, Told: 2})
}

func TestBuyingBeforeAskingIsNoConversion(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buys(t, s, "early@example.com", "MI-BAND-BLACK")
	s.Time.Advance(time.Minute)
	join(t, s, "es", launch.Wish{Email: "early@example.com", TextVersion: "1"})
	wantFigures(t, s, launch.Figures{Confirmed: 1, Waiting: 1})
	s.Time.Set(s.Store(t, "es").Market.LaunchAt)
	s.Work(t)
	wantFigures(t, s, launch.Figures{Confirmed: 1, Told: 1})
}

// Whoever leaves or asks to be forgotten is gone from every table; the numbers stay.
func TestTheForgottenLeaveNumbersAlone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	market := launch.Wish{Email: "leaves@example.com", TextVersion: "1"}
	token := join(t, s, "es", market)
	join(t, s, "es", plush("told@example.com"))
	join(t, s, "es", plush("stays@example.com"))
	buys(t, s, "leaves@example.com", "MI-BAND-BLACK")
	_, err := s.Interests.Leave(ctx, s.Store(t, "es").Market.ID, token)
	must(t, err)
	wantFigures(t, s, launch.Figures{Confirmed: 1, Gone: 1, Ordered: 1}, launch.Figures{Product: "pip-plush", Confirmed: 2, Waiting: 2})

	s.Time.Set(s.Store(t, "es").Market.LaunchAt)
	s.Work(t)
	buys(t, s, "told@example.com", fox)
	for _, want := range []int{1, 0} {
		n, err := s.Interests.Forget(ctx, modelstest.Owner, "Told@example.com")
		must(t, err)
		if n != want {
			t.Errorf("%d forgotten, want %d", n, want)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM interest_traces"); n != 1 {
		t.Errorf("%d traces, want that of who stays", n)
	}
	_, err = s.Interests.Forget(ctx, modelstest.Owner, "stays@example.com")
	must(t, err)
	if n := s.Number(t, "SELECT (SELECT COUNT(*) FROM interest_traces) + (SELECT COUNT(*) FROM interest_keys)"); n != 0 {
		t.Error("a secret that no trace needs is kept")
	}
	wantFigures(t, s, launch.Figures{Confirmed: 1, Gone: 1, Ordered: 1}, launch.Figures{Product: "pip-plush", Confirmed: 2, Told: 2, Ordered: 1})
}

func TestATraceIsKnownByItsSecretAlone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	join(t, s, "es", ada)
	join(t, s, "it", ada)
	s.Time.Set(s.Store(t, "it").Market.LaunchAt)
	s.Work(t)
	if n := s.Number(t, "SELECT COUNT(DISTINCT pseudonym) FROM interest_traces"); n != 2 {
		t.Errorf("one address has %d pseudonyms in two markets", n)
	}
}

// Somebody whom no mail can reach is not kept for ever.
func TestWhoCannotBeReachedIsForgotten(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	join(t, s, "es", ada)
	opens := s.Store(t, "es").Market.LaunchAt
	s.Time.Set(opens)
	must(t, s.Interests.Sweep(t.Context()))
	s.Time.Set(opens.Add(14*24*time.Hour) - 1)
	must(t, s.Interests.Sweep(t.Context()))
	wantFigures(t, s, launch.Figures{Product: "pip-plush", Confirmed: 1, Waiting: 1})
	s.Time.Advance(time.Millisecond)
	must(t, s.Interests.Sweep(t.Context()))
	wantFigures(t, s, launch.Figures{Product: "pip-plush", Confirmed: 1, Gone: 1})
	if n := s.Number(t, "SELECT COUNT(*) FROM interests"); n != 0 {
		t.Error("the entry is still there")
	}
	s.Work(t)
}
