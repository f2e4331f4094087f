package order_test

import (
	"encoding/json"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// edits change everything that an order could be tempted to look up again.
var edits = []string{
	"UPDATE products SET slug = 'new-' || slug, brand = 'New', tax_class = 'delivery', manufacturer = 'New', position = -position",
	"UPDATE product_texts SET name = 'New ' || name, line = 'New', story = 'New', warnings = 'New', disposal = 'New', folded = 'new'",
	"UPDATE variants SET sku = 'NEW-' || sku, colour = 'black', weight_grams = 1",
	"UPDATE colour_texts SET name = 'New'",
	"UPDATE categories SET tint = 'peach', slug = 'new-' || slug",
	"UPDATE category_texts SET name = 'New'",
	"DELETE FROM picture_texts",
	"DELETE FROM pictures",
	"UPDATE prices SET amount = amount + 777",
	"UPDATE tax_rates SET rate_ppm = 30000, name = 'New'",
	"UPDATE delivery_methods SET amount = amount + 333, days_min = 20, days_max = 30, code = 'new-' || code",
	"UPDATE delivery_texts SET name = 'New'",
	"UPDATE regions SET name = 'New'",
	"UPDATE markets SET tax_included = 1 - tax_included, hold_minutes = 99, zone = 'Pacific/Auckland', postal_pattern = 'X', bank_holder = 'New'",
	"UPDATE market_languages SET order_button = 'New'",
	"UPDATE listings SET limit_order = 99, limit_buyer = 99, visible_from = 4000000000000",
}

// Row 5 of GUARANTEES: a placed order keeps names, prices, tax and dates as sold, and is paid and shipped at them.
func TestAPlacedOrderDoesNotChangeWithTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"us", "de"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			goods := modelstest.Goods{"MI-BAND-BLACK": 2, "MI-BAND-CORAL": 1, "POWER-BANK-5000-SILVER": 3}
			o := s.Place(t, path, modelstest.Buyer(path), goods)
			waits := s.Place(t, path, modelstest.Buyer(path), goods)
			before := written(t, s, o.Number)
			for _, edit := range edits {
				s.Exec(t, edit)
				if after := written(t, s, o.Number); after != before {
					t.Fatalf("changed by %s:\n%s\nwas\n%s", edit, after, before)
				}
			}
			s.Pay(t, o)
			if err := s.Orders.Ship(t.Context(), modelstest.Owner, o.Number, order.Parcel{Carrier: "Parcel Post"}); err != nil {
				t.Error(err)
			}
			if err := s.Orders.Cancel(t.Context(), modelstest.Owner, waits.Number, "changed his mind"); err != nil {
				t.Error(err)
			}
			if after := written(t, s, o.Number); after != before {
				t.Errorf("shipped it is\n%s\nwas\n%s", after, before)
			}
			if paid := look(t, s, o.Number).Payments[0]; paid.Amount != o.TotalAmount || paid.Currency != o.Currency {
				t.Errorf("paid with %d %s", paid.Amount, paid.Currency)
			}
		})
	}
}

// written is all that an order says of what was sold: everything but how far it has come.
func written(t *testing.T, s *modelstest.Shop, number string) string {
	t.Helper()
	o := look(t, s, number)
	o.State, o.Events, o.Shipments, o.Payments, o.Refunds = order.None, nil, nil, nil, nil
	for i := range o.Lines {
		o.Lines[i].Fate = order.Fate{}
	}
	text, err := json.MarshalIndent(o, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Between review and button the shop may change: the buyer is asked again and nothing is ordered.
func TestAChangedTotalIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"dearer":           "UPDATE prices SET amount = amount + 1",
		"cheaper":          "UPDATE prices SET amount = amount - 1",
		"more tax":         "UPDATE tax_rates SET rate_ppm = rate_ppm + 100000",
		"dearer delivery":  "UPDATE delivery_methods SET amount = amount + 1",
		"no such delivery": "UPDATE delivery_methods SET code = 'new-' || code",
		"no such payment":  "DELETE FROM payment_methods WHERE provider = 'sandbox'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := modelstest.New(t)
			p := s.Ready(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 5})
			s.Exec(t, change)
			want := map[string]string{"no such delivery": "fault.delivery_gone", "no such payment": "fault.payment_gone"}[name]
			if want == "" {
				want = "fault.total_changed"
			}
			if _, err := s.Orders.Place(t.Context(), p); key(err) != want {
				t.Errorf("%v", err)
			}
			view, err := s.Carts.View(t.Context(), p.CartToken, p.Store, cart.Choice{})
			if err != nil || len(view.Lines) != 1 || s.Number(t, "SELECT COUNT(*) FROM orders") != 0 || s.Number(t, "SELECT SUM(held) FROM levels") != 0 {
				t.Errorf("something was ordered: %v", err)
			}
		})
	}
}
