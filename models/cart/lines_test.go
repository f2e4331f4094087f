package cart_test

import (
	"errors"
	"fmt"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// basket is a cart in a store.
type basket struct {
	*modelstest.Shop
	store market.Store
	token string
}

func shopAt(t *testing.T, path string) basket {
	t.Helper()
	s := modelstest.New(t)
	return basket{s, s.Store(t, path), "a shopper's token"}
}

func (b basket) add(t *testing.T, sku string, quantity int) error {
	t.Helper()
	return b.Carts.Add(t.Context(), b.token, b.store, sku, quantity)
}

func (b basket) set(t *testing.T, sku string, quantity int) error {
	t.Helper()
	return b.Carts.Set(t.Context(), b.token, b.store, sku, quantity)
}

func (b basket) view(t *testing.T) cart.View {
	t.Helper()
	view, err := b.Carts.View(t.Context(), b.token, b.store, cart.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// holds checks the cart's lines in their order, written "SKU 2, SKU 1".
func (b basket) holds(t *testing.T, want string) {
	t.Helper()
	got, units := "", 0
	for i, l := range b.view(t).Lines {
		if i > 0 {
			got += ", "
		}
		got += fmt.Sprintf("%s %d", l.Variant.SKU, l.Quantity)
		units += l.Quantity
	}
	if got != want {
		t.Errorf("the cart holds %q, want %q", got, want)
	}
	if count, err := b.Carts.Count(t.Context(), b.token); err != nil || count != units {
		t.Errorf("the cart counts %d of %d units, %v", count, units, err)
	}
}

// refused checks an error's kind and key, and gives its message's values.
func refused(t *testing.T, err error, kind fault.Kind, key string) map[string]any {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Key != key {
		t.Errorf("refused with %v, want %s: %s", err, kind, key)
		return nil
	}
	return f.Args
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestLinesAreAddedSetAndTakenOut(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	b.holds(t, "")
	must(t, b.add(t, "PIP-PLUSH-FOX", 1))
	b.Time.Advance(1e9)
	must(t, b.add(t, "MI-BAND-BLACK", 2))
	must(t, b.add(t, "PIP-PLUSH-FOX", 2))
	b.holds(t, "PIP-PLUSH-FOX 3, MI-BAND-BLACK 2")
	must(t, b.set(t, "PIP-PLUSH-FOX", 1))
	must(t, b.set(t, "MI-HEADPHONES-WHITE", 1))
	b.holds(t, "PIP-PLUSH-FOX 1, MI-BAND-BLACK 2, MI-HEADPHONES-WHITE 1")
	must(t, b.set(t, "MI-BAND-BLACK", 0))
	must(t, b.set(t, "MI-BAND-BLACK", 0))
	b.holds(t, "PIP-PLUSH-FOX 1, MI-HEADPHONES-WHITE 1")
	other := b
	other.token = "somebody else's token"
	other.holds(t, "")
	must(t, other.add(t, "MI-BAND-CORAL", 1))
	b.holds(t, "PIP-PLUSH-FOX 1, MI-HEADPHONES-WHITE 1")
	other.holds(t, "MI-BAND-CORAL 1")
}

func TestTheTokenItselfIsNotKept(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "MI-BAND-BLACK", 1))
	if n := b.Number(t, "SELECT COUNT(*) FROM carts WHERE token_hash LIKE '%shopper%'"); n != 0 {
		t.Error("the cart's token can be read in the database")
	}
	if count, err := b.Carts.Count(t.Context(), ""); err != nil || count != 0 {
		t.Errorf("no token counts %d, %v", count, err)
	}
}

func TestTheLimitCountsAllColoursTogether(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	must(t, b.add(t, "MI-BAND-BLACK", 2))
	must(t, b.add(t, "MI-BAND-BLUE", 2))
	args := refused(t, b.add(t, "MI-BAND-CORAL", 2), fault.Conflict, "offer.limit_order")
	if args["Count"] != 5 {
		t.Errorf("the limit named is %v", args["Count"])
	}
	b.holds(t, "MI-BAND-BLACK 2, MI-BAND-BLUE 2")
	must(t, b.add(t, "MI-BAND-CORAL", 1))
	refused(t, b.add(t, "MI-BAND-BLACK", 1), fault.Conflict, "offer.limit_order")
	refused(t, b.set(t, "MI-BAND-BLUE", 3), fault.Conflict, "offer.limit_order")
	must(t, b.set(t, "MI-BAND-BLUE", 1))
	must(t, b.add(t, "MI-BAND-BLACK", 1))
	must(t, b.add(t, "PIP-PLUSH-FOX", 5))
	b.holds(t, "MI-BAND-BLACK 3, MI-BAND-BLUE 1, MI-BAND-CORAL 1, PIP-PLUSH-FOX 5")
	refused(t, b.set(t, "PIP-PLUSH-FOX", 6), fault.Conflict, "offer.limit_order")
}

func TestNoMoreThanThereIs(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	b.Exec(t, "UPDATE listings SET limit_order = 0, limit_buyer = 0")
	b.Stock(t, "reno", "PIP-PLUSH-FOX", 3)
	if args := refused(t, b.add(t, "PIP-PLUSH-FOX", 4), fault.Conflict, "cart.problem.left"); args["Count"] != 3 {
		t.Errorf("%v are left", args["Count"])
	}
	must(t, b.add(t, "PIP-PLUSH-FOX", 3))
	refused(t, b.add(t, "PIP-PLUSH-FOX", 1), fault.Conflict, "cart.problem.left")
	if args := refused(t, b.add(t, "MI-BAND-BLACK", cart.MaxQuantity+1), fault.Conflict, "cart.problem.left"); args["Count"] != cart.MaxQuantity {
		t.Errorf("a line takes %v", args["Count"])
	}
	must(t, b.add(t, "MI-BAND-BLACK", cart.MaxQuantity))
	refused(t, b.add(t, "MI-BAND-BLACK", 1), fault.Conflict, "cart.problem.left")
	b.holds(t, "MI-BAND-BLACK 9999, PIP-PLUSH-FOX 3")
	b.Stock(t, "reno", "PIP-PLUSH-FOX", 0)
	if args := refused(t, b.set(t, "PIP-PLUSH-FOX", 1), fault.NotOpen, "offer.reason.sold_out"); args["Next"] != clock.Instant(0) {
		t.Errorf("sold out until %v", args["Next"])
	}
}

// A hidden SKU answers like one that was never heard of, to every verb.
func TestHiddenGoodsAreUnknown(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "es")
	b.Exec(t, "DELETE FROM listings WHERE market_id = ? AND product_id = (SELECT id FROM products WHERE slug = 'mi-pad')", b.store.Market.ID)
	for name, sku := range map[string]string{"not visible yet": "SMART-PLUG-WHITE", "not listed": "MI-PAD-SILVER",
		"unknown": "NO-SUCH-THING", "in another case": "mi-band-black", "nothing": "", "with a space": " MI-BAND-BLACK"} {
		for _, quantity := range []int{1, 2, 9999} {
			added, set := b.add(t, sku, quantity), b.set(t, sku, quantity)
			if args := refused(t, added, fault.NotFound, "fault.product"); len(args) > 0 {
				t.Errorf("%s: the answer tells %v", name, args)
			}
			if set == nil || set.Error() != added.Error() {
				t.Errorf("%s: set answers %v", name, set)
			}
		}
		must(t, b.set(t, sku, 0))
	}
	visible := b.store.Market.LaunchAt
	b.Time.Set(visible - 1)
	refused(t, b.add(t, "SMART-PLUG-WHITE", 1), fault.NotFound, "fault.product")
	b.Time.Set(visible)
	args := refused(t, b.add(t, "SMART-PLUG-WHITE", 1), fault.NotOpen, "offer.reason.announced_release")
	if args["Next"] != modelstest.At("2027-06-29T10:00:00+02:00") {
		t.Errorf("on sale from %v", args["Next"])
	}
	b.holds(t, "")
}

func TestWhatIsNotOnSaleSaysFromWhen(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "es")
	m := b.store.Market
	second := modelstest.At("2027-03-15T10:00:00+01:00")
	inCode := b.Number(t, "SELECT id FROM variants WHERE sku = 'POWER-BANK-5000-SILVER'")
	b.Exec(t, "UPDATE waves SET needs_code = 1 WHERE market_id = ? AND variant_id = ? AND opens_at < ?", m.ID, inCode, second)
	for _, row := range []struct {
		name, sku, key string
		at, next       clock.Instant
	}{
		{"before the test", "MI-BAND-BLACK", "offer.reason.announced_wave", m.TestAt - 1, m.TestAt},
		{"no wave of this colour", "MI-BAND-BLUE", "offer.reason.announced_launch", modelstest.Start, m.LaunchAt},
		{"no wave at all", "PIP-PLUSH-FOX", "offer.reason.announced_launch", modelstest.Start, m.LaunchAt},
		{"for holders of a code", "POWER-BANK-5000-SILVER", "offer.reason.code_wave", modelstest.Start, second},
		{"waits for an approval", "MI-NOTE-BLACK", "offer.reason.blocked", modelstest.Start, 0},
	} {
		b.Time.Set(row.at)
		if args := refused(t, b.add(t, row.sku, 1), fault.NotOpen, row.key); args["Next"] != row.next {
			t.Errorf("%s: from %v, want %s", row.name, args["Next"], row.next)
		}
	}
	b.holds(t, "")
	b.Time.Set(second)
	must(t, b.add(t, "POWER-BANK-5000-SILVER", 1))
	refused(t, b.add(t, "POWER-BANK-5000-SILVER", 1), fault.Conflict, "offer.limit_order")
	b.Time.Set(m.LaunchAt)
	must(t, b.add(t, "MI-BAND-BLUE", 5))
}

func TestACartTakesFiftyDifferentGoods(t *testing.T) {
	t.Parallel()
	b := shopAt(t, "us")
	b.Exec(t, "UPDATE listings SET limit_order = 0, limit_buyer = 0")
	b.Write(t, func(tx db.Tx) error { return plushes(tx, cart.MaxLines+1) })
	for i := range cart.MaxLines {
		must(t, b.add(t, fmt.Sprintf("PLUSH-%d", i), 1))
	}
	args := refused(t, b.add(t, fmt.Sprintf("PLUSH-%d", cart.MaxLines), 1), fault.Conflict, "fault.cart_full")
	if args["Count"] != cart.MaxLines {
		t.Errorf("full at %v", args["Count"])
	}
	must(t, b.add(t, "PLUSH-0", 1))
	must(t, b.set(t, "PLUSH-1", 0))
	must(t, b.add(t, fmt.Sprintf("PLUSH-%d", cart.MaxLines), 1))
	if lines := b.view(t).Lines; len(lines) != cart.MaxLines {
		t.Errorf("%d lines", len(lines))
	}
}

// plushes makes so many more plush toys with a price and goods in the United States.
func plushes(tx db.Tx, count int) error {
	for i := range count {
		sku := fmt.Sprintf("PLUSH-%d", i)
		for _, statement := range []string{
			"INSERT INTO variants (product_id, sku) SELECT id, ? FROM products WHERE slug = 'pip-plush'",
			"INSERT INTO prices (market_id, variant_id, amount, currency, valid_from) SELECT m.id, v.id, 100, 'USD', 1 FROM markets m, variants v WHERE m.code = 'us' AND v.sku = ?",
			"INSERT INTO levels (location_id, variant_id, on_hand) SELECT l.id, v.id, 10 FROM locations l, variants v WHERE l.code = 'reno' AND v.sku = ?",
			"INSERT INTO movements (at, location_id, variant_id, quantity, reason) SELECT 1, l.id, v.id, 10, 'received' FROM locations l, variants v WHERE l.code = 'reno' AND v.sku = ?",
		} {
			if _, err := tx.Exec(statement, sku); err != nil {
				return err
			}
		}
	}
	return nil
}
