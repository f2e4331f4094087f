package launch_test

import (
	"slices"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// secondWave is when the second wave of Spain and Italy begins.
var secondWave = modelstest.At("2027-03-15T10:00:00+01:00")

// counter is a variant in a market.
type counter struct {
	*modelstest.Shop
	market  market.Market
	slug    string
	sku     string
	variant int64
}

func at(t testing.TB, s *modelstest.Shop, code, slug, sku string) counter {
	t.Helper()
	return counter{s, s.Store(t, code).Market, slug, sku, s.Number(t, "SELECT id FROM variants WHERE sku = ?", sku)}
}

// headphones are sold in Spain from two waves of 50.
func headphones(t testing.TB) counter {
	t.Helper()
	return at(t, modelstest.New(t), "es", "mi-headphones", "MI-HEADPHONES-BLACK")
}

// offer is what a buyer is offered at an instant.
func (c counter) offer(t testing.TB, now clock.Instant, who ...launch.Keys) launch.Offer {
	t.Helper()
	c.Time.Set(now)
	var sale launch.Sale
	c.Read(t, func(tx db.Tx) error {
		m, err := market.ByID(tx, c.market.ID)
		if err != nil {
			return err
		}
		keys := launch.Keys{}
		if len(who) > 0 {
			keys = who[0]
		}
		sales, err := launch.Decided(tx, m, keys, c.variant)
		sale = sales[c.variant]
		return err
	})
	return sale.Offer
}

// says checks an offer's state and units, and that the page shows the same.
func (c counter) says(t testing.TB, now clock.Instant, state launch.State, left int) launch.Offer {
	t.Helper()
	o := c.offer(t, now)
	if o.State != state || o.Left != left {
		t.Errorf("%s at %s: %s with %d left, want %s with %d", c.sku, now, o.State, o.Left, state, left)
	}
	item, err := c.Gate.Item(t.Context(), c.Store(t, c.market.Code), c.slug)
	if (state == launch.Hidden) != fault.Is(err, fault.NotFound) || (state != launch.Hidden && err != nil) {
		t.Errorf("%s at %s: the page of %s goods answers %v", c.sku, now, state, err)
	}
	for _, sale := range item.Sales {
		if sale.VariantID == c.variant && (sale.Offer.State != state || sale.Offer.Left != left) {
			t.Errorf("%s at %s: the page says %s with %d left", c.sku, now, sale.Offer.State, sale.Offer.Left)
		}
	}
	return o
}

// take sells so many units, one to a buyer.
func (c counter) take(t testing.TB, units int) {
	t.Helper()
	for range units {
		c.Pay(t, c.Place(t, c.market.Code, modelstest.Buyer(c.market.Code), modelstest.Goods{c.sku: 1}))
	}
}

func (c counter) waves(t testing.TB, first, second int) {
	t.Helper()
	c.Exec(t, "UPDATE waves SET quantity = CASE WHEN opens_at < ? THEN ? ELSE ? END WHERE market_id = ? AND variant_id = ?",
		secondWave, first, second, c.market.ID, c.variant)
}

func TestWavesRollForwardAtTheirInstants(t *testing.T) {
	t.Parallel()
	c := headphones(t)
	m := c.market
	c.waves(t, 5, 3)
	c.says(t, m.TestAt-1, launch.Announced, 0)
	if o := c.says(t, m.TestAt, launch.Test, 5); o.Published != 5 {
		t.Errorf("%d published", o.Published)
	}
	c.take(t, 2)
	if o := c.says(t, secondWave-1, launch.Test, 3); o.Published != 5 || o.Until != secondWave {
		t.Errorf("%d published until %s", o.Published, o.Until)
	}
	if o := c.says(t, secondWave, launch.Test, 6); o.Published != 8 {
		t.Errorf("%d published", o.Published)
	}
	c.take(t, 6)
	if o := c.says(t, secondWave+1, launch.SoldOut, 0); o.Next != m.LaunchAt {
		t.Errorf("sold out until %s", o.Next)
	}
	c.says(t, m.LaunchAt-1, launch.SoldOut, 0)
	if o := c.says(t, m.LaunchAt, launch.OnSale, 20000-8); o.Published != 0 || o.Most != 5 {
		t.Errorf("open: %d published, at most %d", o.Published, o.Most)
	}
}

func TestSoldOutUntilTheSecondWave(t *testing.T) {
	t.Parallel()
	c := headphones(t)
	c.waves(t, 2, 3)
	c.take(t, 2)
	if o := c.says(t, modelstest.Start, launch.SoldOut, 0); o.Next != secondWave || o.Reason != "offer.reason.sold_out_wave" {
		t.Errorf("%s until %s", o.Reason, o.Next)
	}
	c.says(t, secondWave-1, launch.SoldOut, 0)
	c.says(t, secondWave, launch.Test, 3)
}

func TestAWaveForCodesAsksForOne(t *testing.T) {
	t.Parallel()
	c := headphones(t)
	c.Exec(t, "UPDATE waves SET needs_code = 1 WHERE market_id = ? AND variant_id = ? AND opens_at < ?", c.market.ID, c.variant, secondWave)
	c.says(t, c.market.TestAt-1, launch.Announced, 0)
	o := c.says(t, c.market.TestAt, launch.Code, 50)
	if o.Most != 0 || o.Buyable() || o.Next != secondWave {
		t.Errorf("without a code at most %d until %s", o.Most, o.Next)
	}
	c.says(t, secondWave-1, launch.Code, 50)
	if o := c.says(t, secondWave, launch.Test, 100); o.Most != 1 {
		t.Errorf("in the public wave at most %d", o.Most)
	}
	c.waves(t, 50, 2)
	c.take(t, 2)
	if o := c.says(t, secondWave, launch.Code, 50); o.Next != c.market.LaunchAt {
		t.Errorf("the public wave is sold, until %s", o.Next)
	}
	c.says(t, c.market.LaunchAt, launch.OnSale, 20000-2)
}

func TestAnApprovalLetsSellFromItsInstantToItsEnd(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	c := at(t, s, "us", "mi-note", "MI-NOTE-BLACK")
	from, to := modelstest.Start+1000, modelstest.Start+2000
	if o := c.says(t, modelstest.Start, launch.Blocked, 0); !slices.Equal(o.Missing, []string{"carrier", "certification", "service", "software"}) {
		t.Errorf("missing are %v", o.Missing)
	}
	grant := func(kind string, from, to clock.Instant) {
		t.Helper()
		s.Exec(t, `UPDATE approvals SET status = 'granted', valid_from = ?, valid_to = ? WHERE market_id = ? AND kind = ?
			AND category_id = (SELECT id FROM categories WHERE slug = 'phones')`, from, to, c.market.ID, kind)
	}
	grant("carrier", 0, 0)
	grant("service", modelstest.Start-1000, 0)
	grant("software", 0, to)
	if o := c.says(t, modelstest.Start, launch.Blocked, 0); !slices.Equal(o.Missing, []string{"certification"}) || o.Next != 0 {
		t.Errorf("missing are %v until %s", o.Missing, o.Next)
	}
	grant("certification", from, 0)
	if o := c.says(t, from-1, launch.Blocked, 0); o.Next != from {
		t.Errorf("blocked until %s", o.Next)
	}
	if o := c.says(t, from, launch.OnSale, 500); o.Until != to || o.Next != to {
		t.Errorf("on sale until %s", o.Until)
	}
	placed := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-NOTE-BLACK": 1})
	c.says(t, to-1, launch.OnSale, 500)
	if o := c.says(t, to, launch.Blocked, 0); !slices.Equal(o.Missing, []string{"software"}) {
		t.Errorf("missing are %v", o.Missing)
	}
	if _, err := s.Orders.Place(t.Context(), placed); !fault.Is(err, fault.NotOpen) {
		t.Errorf("sold without an approval: %v", err)
	}
	s.Time.Set(to - 1)
	if _, err := s.Orders.Place(t.Context(), placed); err != nil {
		t.Errorf("in the last millisecond: %v", err)
	}
}

// An approval for one product doesn't cover its category, one of another market nothing here.
func TestAnApprovalCoversWhatItNames(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	note, pad := at(t, s, "us", "mi-note", "MI-NOTE-BLACK"), at(t, s, "us", "mi-pad", "MI-PAD-SILVER")
	for _, kind := range []string{"certification", "software", "service", "carrier"} {
		s.Exec(t, `INSERT INTO approvals (market_id, product_id, kind, status) SELECT ?, id, ?, 'granted' FROM products WHERE slug = 'mi-note'`, note.market.ID, kind)
	}
	note.says(t, modelstest.Start, launch.OnSale, 500)
	pad.says(t, modelstest.Start, launch.Blocked, 0)
	at(t, s, "uk", "mi-note", "MI-NOTE-BLACK").says(t, modelstest.Start, launch.Blocked, 0)
}

func TestAnUnreadyListingIsBlocked(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		market, change string
		missing        []string
	}{
		"no price":                         {"de", "DELETE FROM prices WHERE market_id = (SELECT id FROM markets WHERE code = 'de')", []string{"price"}},
		"no price yet":                     {"de", "UPDATE prices SET valid_from = 1900000000000, ends_at = NULL", []string{"price"}},
		"another market has a price":       {"uk", "DELETE FROM prices WHERE market_id = (SELECT id FROM markets WHERE code = 'de')", nil},
		"no manufacturer in the EU":        {"de", "UPDATE products SET manufacturer = ''", []string{"safety"}},
		"no address in the EU":             {"fr", "UPDATE products SET manufacturer_address = ''", []string{"safety"}},
		"no contact in the EU":             {"de", "UPDATE products SET manufacturer_contact = ''", []string{"safety"}},
		"nobody responsible in the EU":     {"de", "UPDATE products SET responsible_person = ''", []string{"safety"}},
		"no model number in the EU":        {"de", "UPDATE products SET model_number = ''", []string{"safety"}},
		"no warnings in a language of it":  {"de", "UPDATE product_texts SET warnings = '' WHERE language = 'en'", []string{"safety"}},
		"no text at all in a language":     {"de", "DELETE FROM product_texts WHERE language = 'de'", []string{"safety"}},
		"no warnings in a foreign tongue":  {"de", "UPDATE product_texts SET warnings = '' WHERE language IN ('es', 'fr', 'it')", nil},
		"nobody responsible in the US":     {"us", "UPDATE products SET responsible_person = ''", nil},
		"nobody responsible in the UK":     {"uk", "UPDATE products SET responsible_person = ''", []string{"safety"}}, // Northern Ireland
		"neither price nor responsibility": {"de", "UPDATE products SET responsible_person = ''; DELETE FROM prices", []string{"price", "safety"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			c := at(t, s, row.market, "mi-band", "MI-BAND-BLACK")
			ready := s.Ready(t, row.market, modelstest.Buyer(row.market), modelstest.Goods{c.sku: 1})
			s.Exec(t, row.change)
			o := c.offer(t, modelstest.Start)
			if !slices.Equal(o.Missing, row.missing) || (o.State == launch.Blocked) != (len(row.missing) > 0) {
				t.Errorf("%s, missing are %v", o.State, o.Missing)
			}
			if _, err := s.Orders.Place(t.Context(), ready); (err == nil) != (row.missing == nil) || (err != nil && !fault.Is(err, fault.NotOpen)) {
				t.Errorf("the order: %v", err)
			}
		})
	}
}

func TestAListingIsSeenReleasedAndEndedAtItsInstants(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	c := at(t, s, "es", "smart-plug", "SMART-PLUG-WHITE")
	visible, release, ends := c.market.LaunchAt, modelstest.At("2027-06-29T10:00:00+02:00"), modelstest.At("2027-07-29T10:00:00+02:00")
	s.Exec(t, "UPDATE listings SET ends_at = ? WHERE market_id = ? AND product_id = (SELECT id FROM products WHERE slug = 'smart-plug')", ends, c.market.ID)
	c.says(t, modelstest.Start, launch.Hidden, 0)
	c.says(t, visible-1, launch.Hidden, 0)
	if o := c.says(t, visible, launch.Announced, 0); o.Next != release || o.Reason != "offer.reason.announced_release" {
		t.Errorf("%s at %s", o.Reason, o.Next)
	}
	c.says(t, release-1, launch.Announced, 0)
	c.says(t, release, launch.OnSale, 20000)
	if o := c.says(t, ends-1, launch.OnSale, 20000); o.Until != ends {
		t.Errorf("on sale until %s", o.Until)
	}
	c.says(t, ends, launch.Ended, 0)
	shelf, err := s.Gate.Shelf(t.Context(), s.Store(t, "es"), launch.Query{Text: "enchufe"})
	if err != nil || shelf.Total != 1 || shelf.Items[0].Sale().Offer.State != launch.Ended {
		t.Errorf("%d on the shelf, %v", shelf.Total, err)
	}
}

func TestAPauseStopsTheSaleAndEndsItself(t *testing.T) {
	t.Parallel()
	c := at(t, modelstest.New(t), "us", "mi-band", "MI-BAND-BLACK")
	from, to := modelstest.Start+1000, modelstest.Start+2000
	c.Exec(t, "INSERT INTO pauses (market_id, from_at, to_at, reason) VALUES (?, ?, ?, 'stocktaking')", c.market.ID, from, to)
	ready := c.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{c.sku: 1})
	for _, now := range []clock.Instant{from, to - 1} {
		if o := c.says(t, now, launch.Paused, 0); o.Next != to {
			t.Errorf("paused until %s", o.Next)
		}
		if _, err := c.Orders.Place(t.Context(), ready); !fault.Is(err, fault.NotOpen) {
			t.Errorf("sold in a pause: %v", err)
		}
	}
	c.says(t, from-1, launch.OnSale, 20000)
	c.says(t, to, launch.OnSale, 20000)
	if _, err := c.Orders.Place(t.Context(), ready); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}
