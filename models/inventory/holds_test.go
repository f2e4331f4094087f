package inventory_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/inventory"
	"softlaunch/models/modelstest"
)

// warehouse is a shop whose plush toys lie at two places for Germany, Venlo first, and an order to hold them for.
type warehouse struct {
	*modelstest.Shop
	market, variant int64
}

const plush = "PIP-PLUSH-FOX"

func twoPlaces(t testing.TB, venlo, reno int) warehouse {
	t.Helper()
	s := modelstest.New(t)
	w := warehouse{s, s.Store(t, "de").Market.ID, s.Number(t, "SELECT id FROM variants WHERE sku = ?", plush)}
	s.Exec(t, "INSERT INTO location_markets (location_id, market_id, position) SELECT id, ?, 2 FROM locations WHERE code = 'reno'", w.market)
	s.Stock(t, "venlo", plush, venlo)
	s.Stock(t, "reno", plush, reno)
	return w
}

// level is what a place has on hand and holds.
func (w warehouse) level(t testing.TB, place string) string {
	t.Helper()
	var level inventory.Level
	w.Read(t, func(tx db.Tx) error {
		return tx.QueryRow("SELECT on_hand, held FROM levels WHERE variant_id = ? AND location_id = (SELECT id FROM locations WHERE code = ?)",
			w.variant, place).Scan(&level.OnHand, &level.Held)
	})
	return fmt.Sprintf("%d-%d", level.OnHand, level.Held)
}

func (w warehouse) levels(t testing.TB, venlo, reno string) {
	t.Helper()
	if v, r := w.level(t, "venlo"), w.level(t, "reno"); v != venlo || r != reno {
		t.Errorf("Venlo has %s and Reno %s, want %s and %s", v, r, venlo, reno)
	}
}

func (w warehouse) served(t testing.TB) inventory.Stock {
	t.Helper()
	var stock map[int64]inventory.Stock
	w.Read(t, func(tx db.Tx) (err error) {
		stock, err = inventory.Served(tx, w.market, 0, w.variant)
		return err
	})
	return stock[w.variant]
}

func TestAnOrderIsHeldNearestFirstAndSoldFromWhereItLies(t *testing.T) {
	t.Parallel()
	w := twoPlaces(t, 2, 5)
	o := w.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{plush: 4})
	w.levels(t, "2-2", "5-2")
	if got := w.served(t); got.Free != 3 || got.HoldEnds != o.HoldUntil {
		t.Errorf("%d free until %s", got.Free, got.HoldEnds)
	}
	w.Pay(t, o)
	w.levels(t, "0-0", "3-0")
	if err := w.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "changed his mind"); err != nil {
		t.Fatal(err)
	}
	w.levels(t, "2-0", "5-0")
	o = w.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{plush: 1})
	w.levels(t, "2-1", "5-0")
	if err := w.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "changed his mind"); err != nil {
		t.Fatal(err)
	}
	w.levels(t, "2-0", "5-0")
}

// France is served from Venlo alone and the United States from Reno alone; the places are shared, not the goods.
func TestAPlaceServesItsMarketsOnly(t *testing.T) {
	t.Parallel()
	w := twoPlaces(t, 2, 5)
	w.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{plush: 4})
	w.levels(t, "2-0", "5-4")
	if got := w.served(t).Free; got != 3 {
		t.Errorf("Germany has %d free", got)
	}
	w.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{plush: 3})
	w.levels(t, "2-2", "5-5")
	token := "a cart in France"
	if err := w.Carts.Add(t.Context(), token, w.Store(t, "fr"), plush, 1); err == nil {
		t.Error("France sells what Germany holds")
	}
}

// Where there are too few goods none are held, not even those that are there.
func TestTooFewGoodsAreNotHeldAtAll(t *testing.T) {
	t.Parallel()
	w := twoPlaces(t, 2, 5)
	o := w.Place(t, "uk", modelstest.Buyer("uk"), modelstest.Goods{"MI-BAND-BLACK": 1})
	undone := errors.New("undone")
	reserve := func(quantity int) error {
		return w.Try(t, func(tx db.Tx) error {
			return errors.Join(inventory.Reserve(tx, o.ID, w.market, w.variant, quantity, o.HoldUntil, nil), undone)
		})
	}
	for quantity, short := range map[int]bool{1: false, 2: false, 3: false, 7: false, 8: true, 9999: true} {
		if err := reserve(quantity); !errors.Is(err, undone) || errors.Is(err, inventory.ErrShort) != short {
			t.Errorf("%d of 7: %v", quantity, err)
		}
	}
	w.levels(t, "2-0", "5-0")
}

// What is due counts as free from its instant on, before anybody has swept.
func TestHoldsThatHaveRunOutAreFree(t *testing.T) {
	t.Parallel()
	w := twoPlaces(t, 2, 5)
	first := w.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{plush: 3})
	w.Time.Advance(1e9)
	second := w.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{plush: 1})
	for _, row := range []struct {
		at, ends clock.Instant
		free     int
	}{
		{first.HoldUntil - 1, first.HoldUntil, 3}, {first.HoldUntil, second.HoldUntil, 6}, {second.HoldUntil - 1, second.HoldUntil, 6}, {second.HoldUntil, 0, 7},
	} {
		w.Time.Set(row.at)
		if got := w.served(t); got.Free != row.free || got.HoldEnds != row.ends {
			t.Errorf("at %s: %d free until %s", row.at, got.Free, got.HoldEnds)
		}
	}
	if err := w.Orders.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.served(t); got.Free != 7 || got.HoldEnds != 0 {
		t.Errorf("swept: %d free until %s", got.Free, got.HoldEnds)
	}
	w.levels(t, "2-0", "5-0")
}

// Units wander between free, held and sold and none is lost, whatever is done with them.
func TestUnitsAreNeverLost(t *testing.T) {
	t.Parallel()
	w := twoPlaces(t, 0, 0)
	o := w.Place(t, "uk", modelstest.Buyer("uk"), modelstest.Goods{"MI-BAND-BLACK": 1})
	undone := errors.New("undone")
	rapid.Check(t, func(r *rapid.T) {
		venlo, reno := rapid.IntRange(0, 6).Draw(r, "Venlo"), rapid.IntRange(0, 6).Draw(r, "Reno")
		takes := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 6).Draw(r, "takes")
		ends := rapid.SliceOfN(rapid.SampledFrom([]string{"sell", "free"}), 0, 5).Draw(r, "ends")
		err := w.Try(t, func(tx db.Tx) error {
			if _, err := tx.Exec("UPDATE levels SET on_hand = CASE location_id WHEN (SELECT id FROM locations WHERE code = 'venlo') THEN ? "+
				"WHEN (SELECT id FROM locations WHERE code = 'reno') THEN ? ELSE on_hand END WHERE variant_id = ?", venlo, reno, w.variant); err != nil {
				return err
			}
			return errors.Join(wander(r, tx, w, o.ID, venlo+reno, takes, ends), undone)
		})
		if !errors.Is(err, undone) {
			r.Fatal(err)
		}
	})
}

func wander(r *rapid.T, tx db.Tx, w warehouse, order int64, all int, takes []int, ends []string) error {
	free, held, sold := all, 0, 0
	for _, n := range takes {
		if n > free {
			continue
		}
		if err := inventory.Reserve(tx, order, w.market, w.variant, n, tx.Now()+1, nil); err != nil {
			return err
		}
		free, held = free-n, held+n
	}
	for _, how := range ends {
		var err error
		switch how {
		case "sell":
			err, sold, held = inventory.Sell(tx, order), sold+held, 0
		case "free":
			err, free, held = inventory.Free(tx, order, inventory.Released), free+held, 0
		}
		if err != nil {
			return err
		}
		stock, err := inventory.Served(tx, w.market, 0, w.variant)
		if err != nil {
			return err
		}
		var onHand, holding int
		err = tx.QueryRow("SELECT SUM(on_hand), SUM(held) FROM levels JOIN location_markets USING (location_id) WHERE market_id = ? AND variant_id = ?", w.market, w.variant).Scan(&onHand, &holding)
		if err != nil {
			return err
		}
		if stock[w.variant].Free != free || holding != held || onHand != free+held || onHand+sold != all {
			r.Fatalf("%d free, %d held, %d on hand; want %d free, %d held of %d", stock[w.variant].Free, holding, onHand, free, held, all)
		}
	}
	return nil
}
