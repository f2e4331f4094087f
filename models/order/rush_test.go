package order_test

import (
	"fmt"
	"sync"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// Row 1 of GUARANTEES: 500 buyers at once for 1, 10 and 100 units that lie at two places. Whoever gets none tries again when
// there are more.
func TestAParallelRushSellsExactlyWhatIsThere(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "INSERT INTO location_markets (location_id, market_id, position) SELECT l.id, m.id, 2 FROM locations l, markets m WHERE l.code = 'daventry' AND m.code = 'us'")
	ready := make([]order.Placement, 500+10+1)
	together(len(ready), func(i int) { ready[i] = s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 1}) })
	for _, row := range []struct{ near, far int }{{1, 0}, {4, 6}, {61, 39}} {
		s.Stock(t, "reno", plush, row.near)
		s.Stock(t, "daventry", plush, row.far)
		units := row.near + row.far
		sold, refused := rush(t, s, ready)
		if len(sold) != units || len(refused) != len(ready)-units {
			t.Errorf("%d sold of %d, %d refused of %d", len(sold), units, len(refused), len(ready))
		}
		stocked(t, s, units, units)
		paid := (len(sold) + 1) / 2
		together(paid, func(i int) { s.Pay(t, sold[i]) })
		stocked(t, s, units-paid, units-paid)
		s.Time.Set(sold[0].HoldUntil)
		if err := s.Orders.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		stocked(t, s, units-paid, 0)
		ready = refused
	}
}

const plush = "PIP-PLUSH-FOX"

// rush presses all the order buttons at once. A refusal is a clean one.
func rush(t *testing.T, s *modelstest.Shop, ready []order.Placement) (sold []order.Order, refused []order.Placement) {
	t.Helper()
	placed, errs := make([]order.Order, len(ready)), make([]error, len(ready))
	together(len(ready), func(i int) { placed[i], errs[i] = s.Orders.Place(t.Context(), ready[i]) })
	for i, err := range errs {
		switch {
		case err == nil:
			sold = append(sold, placed[i])
		case fault.Is(err, fault.NotOpen) || fault.Is(err, fault.Conflict):
			refused = append(refused, ready[i])
		default:
			t.Error(err)
		}
	}
	return sold, refused
}

func together(n int, do func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { do(i) })
	}
	wg.Wait()
}

// stocked checks what is on hand and held of the plush toys at the two places together.
func stocked(t *testing.T, s *modelstest.Shop, onHand, held int) {
	t.Helper()
	const from = " FROM levels WHERE variant_id = (SELECT id FROM variants WHERE sku = ?) AND location_id IN (SELECT id FROM locations WHERE code IN ('reno', 'daventry'))"
	got := fmt.Sprintf("%d-%d", s.Number(t, "SELECT SUM(on_hand)"+from, plush), s.Number(t, "SELECT SUM(held)"+from, plush))
	if want := fmt.Sprintf("%d-%d", onHand, held); got != want {
		t.Errorf("on hand and held are %s, want %s", got, want)
	}
}
