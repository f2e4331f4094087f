package launch_test

import (
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// shared is the headphones of Venlo as Germany, Spain and Italy see them: Spain and Italy have set aside two waves each, of
// 5 and 3 units and of 4 and 2.
func shared(t testing.TB, onHand int) (de, es, it counter) {
	t.Helper()
	es = headphones(t)
	de, it = at(t, es.Shop, "de", es.slug, es.sku), at(t, es.Shop, "it", es.slug, es.sku)
	es.waves(t, 5, 3)
	it.waves(t, 4, 2)
	es.Stock(t, "venlo", es.sku, onHand)
	return de, es, it
}

func TestWhatOtherMarketsSetAsideIsNotSold(t *testing.T) {
	t.Parallel()
	de, es, it := shared(t, 20)
	de.says(t, modelstest.Start, launch.OnSale, 20-8-6)
	es.says(t, modelstest.Start, launch.Test, 5)
	it.says(t, modelstest.Start, launch.Test, 4)
	es.take(t, 3) // leaves stock and batch alike
	de.says(t, modelstest.Start, launch.OnSale, 6)
	de.take(t, 6)
	de.says(t, modelstest.Start, launch.SoldOut, 0)
	es.says(t, modelstest.Start, launch.Test, 2)
	it.says(t, modelstest.Start, launch.Test, 4)
	if err := de.Carts.Add(t.Context(), "a German's cart", de.Store(t, "de"), de.sku, 1); !fault.Is(err, fault.NotOpen) {
		t.Errorf("Germany sells what Spain has set aside: %v", err)
	}
	es.take(t, 2)
	it.take(t, 4)
	es.says(t, modelstest.Start, launch.SoldOut, 0)
	es.says(t, secondWave, launch.Test, 3)
	it.says(t, secondWave, launch.Test, 2)
	de.says(t, secondWave, launch.SoldOut, 0)
}

func TestTooFewGoodsForTheBatchesAreNobodysToSell(t *testing.T) {
	t.Parallel()
	de, es, it := shared(t, 10)
	de.says(t, modelstest.Start, launch.SoldOut, 0)
	es.says(t, modelstest.Start, launch.Test, 10-6) // Italy's six are not Spain's
	it.says(t, modelstest.Start, launch.Test, 10-8)
	es.take(t, 4)
	if o := es.says(t, modelstest.Start, launch.SoldOut, 0); o.StaffReason != "offer.staff.no_stock" {
		t.Errorf("staff read %s", o.StaffReason)
	}
	it.says(t, modelstest.Start, launch.Test, 2)
}

func TestAtTheLaunchWhatIsLeftIsPlainStock(t *testing.T) {
	t.Parallel()
	de, es, it := shared(t, 20)
	es.take(t, 2)
	launchAt := es.market.LaunchAt
	it.Exec(t, "UPDATE markets SET launch_at = ? WHERE code = 'it'", launchAt+1000)
	de.says(t, launchAt-1, launch.OnSale, 18-6-6)
	if o := de.offer(t, launchAt-1); o.Until != launchAt {
		t.Errorf("Germany's offer holds until %s", o.Until)
	}
	de.says(t, launchAt, launch.OnSale, 18-6)
	es.says(t, launchAt, launch.OnSale, 18-6)
	it.says(t, launchAt, launch.Test, 6)
	de.says(t, launchAt+999, launch.OnSale, 18-6)
	de.says(t, launchAt+1000, launch.OnSale, 18)
	es.says(t, launchAt+1000, launch.OnSale, 18)
}

// Units that Spain held for an order that was not paid are set aside for Spain again, whether or not anybody has swept.
func TestAHoldThatRanOutIsSetAsideAgain(t *testing.T) {
	t.Parallel()
	de, es, _ := shared(t, 20)
	o := es.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{es.sku: 1})
	es.says(t, o.HoldUntil-1, launch.Test, 4)
	if german := de.says(t, o.HoldUntil-1, launch.OnSale, 6); german.Until != o.HoldUntil {
		t.Errorf("Germany's offer holds until %s", german.Until)
	}
	for range 2 {
		es.says(t, o.HoldUntil, launch.Test, 5)
		de.says(t, o.HoldUntil, launch.OnSale, 6)
		if err := es.Orders.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	german := de.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{de.sku: 1})
	de.says(t, o.HoldUntil, launch.OnSale, 5)
	es.says(t, o.HoldUntil, launch.Test, 5)
	de.says(t, german.HoldUntil, launch.OnSale, 6)
}

// The United States is served from Reno, where nobody sets anything aside.
func TestOnlyMarketsOfTheSamePlaceSetAside(t *testing.T) {
	t.Parallel()
	_, es, _ := shared(t, 20)
	at(t, es.Shop, "us", es.slug, es.sku).says(t, modelstest.Start, launch.OnSale, 20000)
}

// Germany, served by two locations, empties the one that nobody shares before it touches the one where Spain and Italy have
// set units aside; the nearest location does not come first then.
func TestSharedLocationsAreSoldFromLast(t *testing.T) {
	t.Parallel()
	de, es, it := shared(t, 8+6)
	de.Exec(t, "INSERT INTO location_markets (location_id, market_id, position) SELECT l.id, m.id, 9 FROM locations l, markets m WHERE l.code = 'reno' AND m.code = 'de'")
	de.Stock(t, "reno", de.sku, 5)
	de.says(t, modelstest.Start, launch.OnSale, 5)
	de.take(t, 5)
	de.says(t, modelstest.Start, launch.SoldOut, 0)
	es.says(t, modelstest.Start, launch.Test, 5)
	es.take(t, 5)
	it.take(t, 4)
}
