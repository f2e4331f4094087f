package launch_test

import (
	"testing"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

const black = "MI-HEADPHONES-BLACK"

// emptied is Spain with all 50 headphones of the first wave sold but the last, which an unpaid order holds, and with somebody
// who waits for more.
func emptied(t *testing.T) (s *modelstest.Shop, unpaid order.Order) {
	t.Helper()
	s = modelstest.New(t)
	for range 49 {
		s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{black: 1}))
	}
	unpaid = s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{black: 1})
	join(t, s, "es", launch.Wish{Product: "mi-headphones", Email: "ada@example.com", TextVersion: "1"})
	wantTold(t, s, 0, "while it is sold out")
	return s, unpaid
}

// wantTold has the shop work and counts whom it tells.
func wantTold(t *testing.T, s *modelstest.Shop, want int, when string) {
	t.Helper()
	told := 0
	for _, n := range s.Work(t) {
		if n.Kind == launch.MailOpened {
			told++
		}
	}
	if told != want {
		t.Errorf("%s %d are told, want %d", when, told, want)
	}
}

// A unit that comes back is for whoever comes by; those who wait are told when there are new goods.
func TestAUnitThatComesBackOpensNothing(t *testing.T) {
	t.Parallel()
	s, unpaid := emptied(t)
	s.Time.Set(unpaid.HoldUntil)
	wantTold(t, s, 0, "when a hold runs out")
	sold := s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{black: 1}))
	wantTold(t, s, 0, "when it is sold again")
	must(t, s.Orders.Cancel(t.Context(), modelstest.Owner, sold.Number, "asked for it"))
	wantTold(t, s, 0, "when an order is cancelled")
	s.Time.Set(secondWave - 1)
	wantTold(t, s, 0, "a millisecond before the next wave")
	s.Time.Set(secondWave)
	wantTold(t, s, 1, "when the next wave begins")
	wantTold(t, s, 0, "after that")
}

func TestNewGoodsOpenWhatWasSoldOut(t *testing.T) {
	t.Parallel()
	for name, bring := range map[string]func(*testing.T, *modelstest.Shop){
		"the launch": func(t *testing.T, s *modelstest.Shop) { s.Time.Set(s.Store(t, "es").Market.LaunchAt) },
		"a wave that staff add": func(t *testing.T, s *modelstest.Shop) {
			must(t, s.Gate.AddWave(t.Context(), modelstest.Owner, "es", black, launch.WaveForm{Quantity: "3"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := emptied(t)
			bring(t, s)
			wantTold(t, s, 1, "at once")
		})
	}
}

func TestAnOpenMarketTellsOfNewStock(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Stock(t, "venlo", fox, 1)
	sold := s.Pay(t, s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{fox: 1}))
	join(t, s, "de", plush("ada@example.com"))
	wantTold(t, s, 0, "while it is sold out")
	must(t, s.Orders.Cancel(t.Context(), modelstest.Owner, sold.Number, "asked for it"))
	wantTold(t, s, 0, "when an order is cancelled")
	s.Stock(t, "venlo", fox, 6)
	wantTold(t, s, 1, "when goods arrive")
}

// Units that codes open are no units for those who wait, and do not hide that the others are gone.
func TestAUnitThatComesBackBesideACodeWaveOpensNothing(t *testing.T) {
	t.Parallel()
	s, unpaid := emptied(t)
	must(t, s.Gate.AddWave(t.Context(), modelstest.Owner, "es", black, launch.WaveForm{Quantity: "9", NeedsCode: true}))
	wantTold(t, s, 0, "by a wave for codes")
	s.Time.Set(unpaid.HoldUntil)
	wantTold(t, s, 0, "when a hold runs out")
}

func TestASellOutInASecondIsNotCalledOpen(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	join(t, s, "es", ada)
	must(t, s.Gate.AddWave(t.Context(), modelstest.Owner, "es", fox, launch.WaveForm{OpensAt: local("2026-12-01T10:00"), Quantity: "1"}))
	s.Time.Set(modelstest.At("2026-12-01T09:00:00Z"))
	quick := s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{fox: 1}) // before the shop looks
	wantTold(t, s, 0, "after a sell-out")
	s.Time.Set(quick.HoldUntil)
	wantTold(t, s, 0, "when the one unit comes back")
	s.Time.Set(s.Store(t, "es").Market.LaunchAt)
	wantTold(t, s, 1, "at the launch")
}
