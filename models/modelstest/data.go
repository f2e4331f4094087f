package modelstest

import (
	"context"
	"strconv"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/inventory"
)

// Write changes the shop's database on a connection of the test's own, for what no verb does.
func (s *Shop) Write(t testing.TB, f func(tx db.Tx) error) {
	t.Helper()
	if err := s.Try(t, f); err != nil {
		t.Fatal(err)
	}
}

// Try is Write for a change that may be refused.
func (s *Shop) Try(t testing.TB, f func(tx db.Tx) error) error {
	t.Helper()
	return s.data(t).Write(context.Background(), f)
}

// Read looks into the shop's database, for what no verb answers and for the models' functions that take a transaction.
func (s *Shop) Read(t testing.TB, f func(tx db.Tx) error) {
	t.Helper()
	if err := s.data(t).Read(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// Exec runs one statement that must change at least one row.
func (s *Shop) Exec(t testing.TB, query string, args ...any) {
	t.Helper()
	var changed int64
	s.Write(t, func(tx db.Tx) error {
		result, err := tx.Exec(query, args...)
		if err != nil {
			return err
		}
		changed, err = result.RowsAffected()
		return err
	})
	if changed == 0 {
		t.Fatalf("nothing changed by %s", query)
	}
}

// Number is the one number that a query answers.
func (s *Shop) Number(t testing.TB, query string, args ...any) int64 {
	t.Helper()
	var n int64
	s.Read(t, func(tx db.Tx) error { return tx.QueryRow(query, args...).Scan(&n) })
	return n
}

// Stock has staff count so many units of a SKU on hand at a location, which may not have kept it before.
func (s *Shop) Stock(t testing.TB, location, sku string, onHand int) {
	t.Helper()
	tally := inventory.Tally{Location: location, SKU: sku, Quantity: strconv.Itoa(onHand), Reason: "a test"}
	if err := s.Warehouse.Count(context.Background(), Owner, tally); err != nil {
		t.Fatal(err)
	}
}

func (s *Shop) data(t testing.TB) *db.DB {
	t.Helper()
	data, err := s.database()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// opened is a second door to a shop's database. It is closed when the test ends, before the shop is.
func opened(t testing.TB, path string, now clock.Clock) (*db.DB, error) {
	data, err := db.Open(context.Background(), path, now)
	if err == nil {
		t.Cleanup(func() {
			if err := data.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return data, err
}

// Instants are those at which anything that shoppers see can change by time: schedules, pauses, listings, waves, approvals,
// prices and holds. Those that are not set are among them as zero.
func (s *Shop) Instants(t testing.TB) []clock.Instant {
	t.Helper()
	var all []clock.Instant
	s.Read(t, func(tx db.Tx) error {
		return tx.Gorm().Raw(`SELECT announced_at FROM markets UNION SELECT test_at FROM markets UNION SELECT launch_at FROM markets
			UNION SELECT from_at FROM pauses UNION SELECT to_at FROM pauses UNION SELECT visible_from FROM listings
			UNION SELECT on_sale_from FROM listings UNION SELECT ends_at FROM listings UNION SELECT opens_at FROM waves
			UNION SELECT valid_from FROM approvals UNION SELECT valid_to FROM approvals UNION SELECT valid_from FROM prices
			UNION SELECT ends_at FROM prices UNION SELECT expires_at FROM holds`).Scan(&all).Error
	})
	return all
}
