package order_test

import (
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// A pause stops sales and takes no hold away: what was held before it may be paid in it.
func TestAPausedMarketStillTakesPaymentForAHold(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	held := s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	waiting := s.Ready(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	if err := s.Gate.Pause(t.Context(), modelstest.Owner, "de", "flood in the warehouse", market.Moment{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Orders.Place(t.Context(), waiting); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a new order in a pause: %v", err)
	}
	if paid := s.Pay(t, held); paid.State != order.Paid {
		t.Errorf("a held order in a pause is %s", paid.State)
	}
}

// Whatever staff do to a launch takes no goods from a live hold, and gives none to a cart.
func TestEachChangeOfALaunchLeavesHoldsTheirRight(t *testing.T) {
	t.Parallel()
	move := func(announced, test, opens string) func(*testing.T, *modelstest.Shop) error {
		return func(t *testing.T, s *modelstest.Shop) error {
			times := launch.Times{Announced: market.Moment{Local: announced}, Test: market.Moment{Local: test}, Launch: market.Moment{Local: opens}}
			return s.Gate.Reschedule(t.Context(), modelstest.Owner, "es", times, "es", "a test")
		}
	}
	const announced, test = "2026-10-19T00:00", "2026-11-02T00:00"
	for name, change := range map[string]func(*testing.T, *modelstest.Shop) error{
		"postponed":                move(announced, test, "2027-07-01T00:00"),
		"brought forward":          move(announced, test, "2026-12-01T00:00"),
		"opened at once":           move(announced, test, "2026-11-20T00:00"),
		"the test put off":         move(announced, "2027-01-01T00:00", "2027-06-01T00:00"),
		"made a draft":             move("2027-01-01T00:00", "2027-02-01T00:00", "2027-06-01T00:00"),
		"left without any instant": move("", "", ""),
		"paused": func(t *testing.T, s *modelstest.Shop) error {
			return s.Gate.Pause(t.Context(), modelstest.Owner, "es", "a test", market.Moment{})
		},
		"paused and resumed": func(t *testing.T, s *modelstest.Shop) error {
			if err := s.Gate.Pause(t.Context(), modelstest.Owner, "es", "a test", market.Moment{}); err != nil {
				return err
			}
			s.Time.Advance(time.Minute)
			return s.Gate.Resume(t.Context(), modelstest.Owner, "es", "go on")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			goods := modelstest.Goods{"MI-HEADPHONES-BLACK": 1}
			held := s.Place(t, "es", modelstest.Buyer("es"), goods)
			s.Fill(t, s.Store(t, "es"), goods)
			s.Time.Advance(time.Second)
			if err := change(t, s); err != nil {
				t.Fatal(err)
			}
			if n := s.Number(t, "SELECT SUM(held) FROM levels"); n != 1 {
				t.Errorf("%d units are held, want that of the order and none of the cart", n)
			}
			s.Time.Set(held.HoldUntil - 1)
			if paid := s.Pay(t, held); paid.State != order.Paid || paid.TotalAmount != held.TotalAmount {
				t.Errorf("in the hold's last millisecond it is %s for %d", paid.State, paid.TotalAmount)
			}
		})
	}
}
