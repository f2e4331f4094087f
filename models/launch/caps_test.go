package launch_test

import (
	"testing"
	"time"

	"softlaunch/models/account"
	"softlaunch/models/cart"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// customer buys under his keys.
type customer struct {
	counter
	details cart.Details
	keys    launch.Keys
}

func (c counter) customer(t testing.TB, limitOrder, limitBuyer int) customer {
	t.Helper()
	c.Exec(t, "UPDATE listings SET test_limit_order = ?, test_limit_buyer = ? WHERE market_id = ?", limitOrder, limitBuyer, c.market.ID)
	d := modelstest.Buyer(c.market.Code)
	return customer{c, d, d.Keys(c.market)}
}

func (c customer) buys(t testing.TB, units int) order.Order {
	t.Helper()
	return c.Place(t, c.market.Code, c.details, modelstest.Goods{c.sku: units})
}

// most checks how many he may take now and which limit says so.
func (c customer) most(t testing.TB, want int, reason string) {
	t.Helper()
	o := c.offer(t, c.Time.Now(), c.keys)
	if o.Most != want || o.MostReason != reason {
		t.Errorf("at most %d because of %q, want %d because of %q", o.Most, o.MostReason, want, reason)
	}
}

func TestTheCapCountsAcrossOrdersAndIsGivenBack(t *testing.T) {
	t.Parallel()
	c := headphones(t).customer(t, 2, 3)
	c.most(t, 2, "offer.limit_order")
	first := c.buys(t, 2)
	c.most(t, 1, "offer.limit_buyer")
	second := c.buys(t, 1)
	c.most(t, 0, "offer.limit_buyer")
	c.Pay(t, second)
	c.Time.Set(first.HoldUntil - 1)
	c.most(t, 0, "offer.limit_buyer")
	c.Time.Set(first.HoldUntil)
	c.most(t, 2, "offer.limit_order")
	if err := c.Orders.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.most(t, 2, "offer.limit_order")
	if err := c.Orders.Cancel(t.Context(), modelstest.Owner, second.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	third := c.buys(t, 2)
	c.most(t, 1, "offer.limit_buyer")
	if err := c.Orders.Cancel(t.Context(), modelstest.Owner, third.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	c.Pay(t, c.buys(t, 2))
	c.Pay(t, c.buys(t, 1))
	if err := c.Orders.Ship(t.Context(), modelstest.Owner, "ES-10005", order.Parcel{Carrier: "Correos"}); err != nil {
		t.Fatal(err)
	}
	c.most(t, 0, "offer.limit_buyer")
}

func TestTheCapKnowsTheBuyerByMailOrByDoor(t *testing.T) {
	t.Parallel()
	c := headphones(t).customer(t, 0, 3)
	c.Pay(t, c.buys(t, 3))
	stranger := modelstest.Buyer("es").Keys(c.market)
	for name, row := range map[string]struct {
		keys launch.Keys
		want int
	}{
		"himself":                 {c.keys, 0},
		"his mailbox, elsewhere":  {launch.Keys{Email: c.keys.Email, Address: stranger.Address}, 0},
		"his door, another name":  {launch.Keys{Email: stranger.Email, Address: c.keys.Address}, 0},
		"his mailbox, no address": {launch.Keys{Email: account.EmailKey(c.details.Email)}, 0},
		"a stranger":              {stranger, 3},
		"nobody":                  {launch.Keys{}, 3},
	} {
		if o := c.offer(t, modelstest.Start, row.keys); o.Most != row.want {
			t.Errorf("%s may take %d", name, o.Most)
		}
	}
}

// The cap of the test counts units of the test; the ordinary one counts all.
func TestAtTheLaunchTheOrdinaryCapCounts(t *testing.T) {
	t.Parallel()
	c := headphones(t).customer(t, 1, 1)
	c.Exec(t, "UPDATE listings SET limit_order = 4, limit_buyer = 5 WHERE market_id = ?", c.market.ID)
	c.Pay(t, c.buys(t, 1))
	c.most(t, 0, "offer.limit_buyer")
	c.Time.Set(c.market.LaunchAt - 1)
	c.most(t, 0, "offer.limit_buyer")
	c.Time.Set(c.market.LaunchAt)
	c.most(t, 4, "offer.limit_order")
	c.Pay(t, c.buys(t, 3))
	c.most(t, 1, "offer.limit_buyer")
	c.Pay(t, c.buys(t, 1))
	c.most(t, 0, "offer.limit_buyer")
}

// An order of the test that is given up after the launch gives its units back to a batch that sells nothing any more.
func TestAnOrderOfTheTestMayEndAfterTheLaunch(t *testing.T) {
	t.Parallel()
	c := headphones(t).customer(t, 1, 1)
	c.Time.Set(c.market.LaunchAt.Add(-time.Minute))
	paid, unpaid := c.buys(t, 1), c.counter.customer(t, 1, 1).buys(t, 1)
	c.Pay(t, paid)
	c.says(t, c.market.LaunchAt, launch.OnSale, 20000-2)
	c.says(t, unpaid.HoldUntil, launch.OnSale, 20000-1)
	if err := c.Orders.Cancel(t.Context(), modelstest.Owner, paid.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	c.says(t, unpaid.HoldUntil, launch.OnSale, 20000)
	late := c.Pay(t, unpaid)
	if late.State != order.Paid || late.Phase != "test" {
		t.Errorf("paid late it is %s of the %s phase", late.State, late.Phase)
	}
	c.says(t, late.HoldUntil, launch.OnSale, 20000-1)
}
