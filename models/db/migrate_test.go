package db_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

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
