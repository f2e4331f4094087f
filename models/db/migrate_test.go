package db_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// What was sent and given back before parcels had lines and money had credits is told as if they had been there.
func TestParcelsAndCreditsAreFilledFromBefore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	pool, err := db.MigratedTo(t.Context(), path, 8)
	if err != nil {
		t.Fatal(err)
	}
	const order = `INSERT INTO orders (id, market_id, number, token, cart_id, idempotency_key, state, phase, store, language, placed_at, hold_until, currency,
		tax_included, lines_amount, delivery_amount, tax_amount, total_amount, email, name, line1, line2, postal_code, city, region, country, phone,
		email_key, address_key, payment, delivery_code, delivery_name, arrives_from, arrives_to)
		VALUES (?, 1, 'US-' || ?, 'a-token-of-some-length' || ?, ?, 'key', ?, 'open', 'us', 'en', 1, 2, 'USD', 0, 2998, 499, 217, 3714, 'a@b.c', 'A',
		'1', '', '1', 'C', '', 'US', '', 'k', 'k', 'sandbox', 'ground', 'Ground', '', '')`
	execute := func(statement string, args ...any) {
		t.Helper()
		if _, err := pool.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	execute(`INSERT INTO markets (id, code, country, currency, zone, tax_included, product_safety, postal_pattern, region_kind)
		VALUES (1, 'us', 'US', 'USD', 'America/New_York', 0, 0, '', 'none')`)
	for id, state := range map[int]string{7: "shipped", 8: "cancelled", 9: "cancelled"} {
		execute(order, id, id, id, id, state)
		execute(`INSERT INTO order_lines (id, order_id, position, product_id, variant_id, slug, sku, name, colour, picture, tint, quantity, unit_amount, amount, rate_ppm, tax_amount)
			VALUES (?, ?, 1, 1, 1, 's', 'S', 'N', '', '', '', 2, 1499, 2998, 72500, 217)`, id, id)
		execute("INSERT INTO order_taxes (order_id, name, rate_ppm, base_amount, tax_amount) VALUES (?, 'Tax', 72500, 2998, 217)", id)
		execute("INSERT INTO order_events (order_id, at, actor, from_state, to_state) VALUES (?, 5, 'Owner', 'paid', ?)", id, state)
	}
	execute("INSERT INTO shipments (id, order_id, carrier, at) VALUES (3, 7, 'UPS', 3)")
	execute("INSERT INTO jobs (kind, subject_id, run_at, queued_at) VALUES ('order.shipped', 7, 3, 3)")
	execute("INSERT INTO payments (id, order_id, provider, provider_id, state, amount, currency, at) VALUES (4, 8, 'sandbox', 'x', 'captured', 3714, 'USD', 2)")
	execute("INSERT INTO refunds (payment_id, amount, state, reason, at, done_at) VALUES (4, 3714, 'done', 'asked for', 5, 5)")
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := db.Open(t.Context(), path, func() clock.Instant { return 10 })
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	for query, want := range map[string]string{
		"SELECT group_concat(shipment_id || ':' || order_line_id || ':' || quantity) FROM shipment_lines":                                   "3:7:2",
		"SELECT group_concat(subject_id) FROM jobs":                                                                                         "3",
		"SELECT group_concat(order_id || ' ' || cause || ' ' || reason || ' ' || actor || ' ' || total_amount) FROM credits":                "8 cancelled asked for Owner 3714",
		"SELECT group_concat(order_line_id || ' ' || quantity || ' ' || taken_off || ' ' || amount || ' ' || tax_amount) FROM credit_lines": "8 2 2 2998 217",
		"SELECT group_concat(rate_ppm || ' ' || base_amount || ' ' || tax_amount) FROM credit_taxes":                                        "72500 2998 217",
		"SELECT group_concat(credit_id IS NOT NULL) FROM refunds":                                                                           "1",
		"SELECT group_concat(number || ' ' || refund_state) FROM (SELECT * FROM orders ORDER BY id)":                                        "US-7 none,US-8 refunded,US-9 none",
		"SELECT group_concat(order_id || ' ' || from_state || ' ' || to_state) FROM order_events WHERE about = 'refund'":                    "8 none refunded",
	} {
		err := data.Read(t.Context(), func(tx db.Tx) error {
			var got string
			err := tx.QueryRow(query).Scan(&got)
			if got != want {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// The table of orders is written anew by the eighth migration: an order of before is all there afterwards, and so is what
// refers to it.
func TestOrdersOutliveTheirTable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store.db")
	pool, err := db.MigratedTo(t.Context(), path, 7)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO markets (id, code, country, currency, zone, tax_included, product_safety, postal_pattern, region_kind)
			VALUES (1, 'us', 'US', 'USD', 'America/New_York', 0, 0, '', 'none')`,
		`INSERT INTO orders (id, market_id, number, token, cart_id, idempotency_key, state, phase, store, language, placed_at, hold_until, currency,
			tax_included, lines_amount, delivery_amount, tax_amount, total_amount, email, name, line1, line2, postal_code, city, region, country, phone,
			email_key, address_key, payment, delivery_code, delivery_name, arrives_from, arrives_to)
			VALUES (7, 1, 'US-10001', 'a-token-of-some-length', 3, 'key', 'shipped', 'open', 'us', 'en', 1, 2, 'USD', 0, 1499, 499, 109, 2107, 'a@b.c', 'A',
			'1', '', '1', 'C', '', 'US', '', 'k', 'k', 'sandbox', 'ground', 'Ground', '', '')`,
		`INSERT INTO shipments (order_id, carrier, at) VALUES (7, 'UPS', 3)`,
	} {
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := db.Open(t.Context(), path, func() clock.Instant { return 10 })
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	err = data.Read(t.Context(), func(tx db.Tx) error {
		var number, state, refunds, carrier string
		var total, discount int64
		err := tx.QueryRow(`SELECT o.number, o.state, o.refund_state, o.total_amount, o.discount_amount, s.carrier
			FROM orders o JOIN shipments s ON s.order_id = o.id`).Scan(&number, &state, &refunds, &total, &discount, &carrier)
		if number != "US-10001" || state != "shipped" || refunds != "none" || total != 2107 || discount != 0 || carrier != "UPS" {
			t.Errorf("%s %s %s %d %d %s", number, state, refunds, total, discount, carrier)
		}
		if err != nil {
			return err
		}
		var broken sql.NullString
		if err := tx.QueryRow("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1").Scan(&broken); !db.NotFound(err) {
			t.Errorf("%s refers to what is not there, %v", broken.String, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
