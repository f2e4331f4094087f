package launch_test

import (
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// glance looks at the counter's market.
func (c counter) glance(t testing.TB) launch.Glance {
	t.Helper()
	seen, err := c.Gate.Glance(t.Context(), c.market.ID)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestAGlanceChangesWithWhatShoppersAreTold(t *testing.T) {
	t.Parallel()
	c := headphones(t)
	before := c.glance(t)
	changes := func(want bool, when string) {
		t.Helper()
		now := c.glance(t)
		if now.Same(before) == want {
			t.Errorf("%s: changed %v", when, !want)
		}
		before = now
	}
	changes(false, "nothing happened")
	c.Fill(t, c.Store(t, "es"), modelstest.Goods{c.sku: 1})
	changes(false, "a cart was filled")
	c.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	changes(false, "another market sold")
	held := c.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{c.sku: 1})
	changes(true, "a unit of the test was held")
	c.Pay(t, held)
	changes(false, "the held unit was sold")
	c.Exec(t, "UPDATE products SET brand = 'Other' WHERE slug = 'mi-band'")
	changes(true, "staff changed a product")
}

func TestAGlanceEndsAtTheNextInstant(t *testing.T) {
	t.Parallel()
	c := headphones(t)
	launches := c.market.LaunchAt
	for _, row := range []struct{ now, until clock.Instant }{
		{modelstest.Start, modelstest.Start.Add(15 * time.Minute)},
		{secondWave - 1, secondWave},
		{launches.Add(-7*24*time.Hour) - 1, launches.Add(-7 * 24 * time.Hour)},
		{launches - 1, launches},
		{launches - 60_001, launches}, // a launch on a quarter of an hour
	} {
		c.Time.Set(row.now)
		before := c.glance(t)
		if before.Until() != row.until {
			t.Errorf("at %s: until %s, not %s", row.now, before.Until(), row.until)
		}
		c.Time.Set(row.until)
		if c.glance(t).Same(before) {
			t.Errorf("at %s: as before", row.until)
		}
	}
	c.Time.Set(modelstest.Start)
	held := c.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{c.sku: 1})
	if ends := clock.Instant(c.Number(t, "SELECT expires_at FROM holds WHERE order_id = ?", held.ID)); c.glance(t).Until() > ends {
		t.Errorf("until %s, after a hold ends at %s", c.glance(t).Until(), ends)
	}
}
