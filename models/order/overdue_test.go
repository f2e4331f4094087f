package order_test

import (
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// An order is late from the midnight after its promised day on, in its market's own zone, until all of it has left; its buyer
// is told once.
func TestALateOrderIsListedAndItsBuyerToldOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	placed := s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 2}))
	s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1}) // unpaid: nothing is promised
	sent := s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	if err := s.Orders.Ship(ctx, modelstest.Owner, sent.Number, order.Parcel{Carrier: "UPS"}); err != nil {
		t.Fatal(err)
	}
	midnight := placed.ArrivesTo.AddDays(1).Start(s.Store(t, "us").Market.Location())
	if err := s.Orders.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		at   clock.Instant
		late int
	}{{midnight - 1, 0}, {midnight, 1}, {midnight + 1, 1}} {
		s.Time.Set(row.at)
		for range 2 {
			if err := s.Orders.SweepLate(ctx); err != nil {
				t.Fatal(err)
			}
		}
		listed, _, err := s.Orders.List(ctx, order.Filter{Late: true}, 10)
		if err != nil {
			t.Fatal(err)
		}
		duties, err := s.Orders.Duties(ctx)
		if err != nil {
			t.Fatal(err)
		}
		told := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind = ?", order.MailLate)
		if len(listed) != row.late || duties.Late != row.late || told != int64(row.late) {
			t.Errorf("at %s: %d listed, %d to do, %d told, want %d", row.at, len(listed), duties.Late, told, row.late)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE kind = ? AND subject_id = ?", order.MailLate, placed.ID); n != 1 {
		t.Errorf("the buyer was told %d times", n)
	}
	if err := s.Orders.Ship(ctx, modelstest.Owner, placed.Number, order.Parcel{Carrier: "UPS"}); err != nil {
		t.Fatal(err)
	}
	if duties, err := s.Orders.Duties(ctx); err != nil || duties.Late != 0 {
		t.Errorf("once it has left %d are late, %v", duties.Late, err)
	}
}
