// Package modelstest gives tests a shop of their own: the example shop on a fresh database, with clocks to move.
package modelstest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"softlaunch/models"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/example"
	"softlaunch/models/payment"
	"softlaunch/models/payment/sandbox"
	"softlaunch/models/payment/transfer"
	"softlaunch/models/staff"
)

// Start is when a test begins unless it moves the clock: a Friday at noon UTC at which the United States, the United
// Kingdom, Germany and France are open and Spain and Italy are in test.
var Start = At("2026-11-20T12:00:00Z")

// Owner is the example's member of staff, who may do everything.
var Owner = staff.Actor{ID: 1, Name: "Example Owner", Role: staff.Owner}

// Shop is a shop with its clocks.
type Shop struct {
	*models.Shop
	Path    string
	Time    *Clock // the shop's clock
	Machine *Clock

	database func() (*db.DB, error)
}

// New is the example shop at Start, set up for these ways to pay beside the usual. When the test ends everything that must
// always hold is checked.
func New(t testing.TB, more ...payment.Gateway) *Shop {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, seeded(t), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &Shop{Path: path, Time: NewClock(Start), Machine: NewClock(Start)}
	s.Shop = Open(t, path, s.Time, s.Machine, more...)
	s.database = sync.OnceValues(func() (*db.DB, error) { return opened(t, path, s.Time.Now) })
	return s
}

// Open opens a shop on a database that is there.
func Open(t testing.TB, path string, shop, machine *Clock, more ...payment.Gateway) *models.Shop {
	t.Helper()
	opened, err := models.Open(context.Background(), models.Options{Path: path, Clock: shop.Now, Machine: machine.Now, Gateways: slices.Concat(Gateways, more)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		Audit(t, opened)
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	return opened
}

// Gateways are the ways to pay that a shop in development has.
var Gateways = payment.Gateways{sandbox.Gateway{}, transfer.Gateway{}}

// seeded is the example's database file. It is written once a test process and copied for each test.
func seeded(t testing.TB) []byte {
	t.Helper()
	file, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

var once = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "softlaunch")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "store.db")
	if err := example.Write(context.Background(), path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Clock is a clock that stands until it is moved.
type Clock struct{ at atomic.Int64 }

// NewClock stands at an instant.
func NewClock(at clock.Instant) *Clock {
	c := &Clock{}
	c.Set(at)
	return c
}

// Now is where the clock stands.
func (c *Clock) Now() clock.Instant { return clock.Instant(c.at.Load()) }

// Set moves the clock to an instant.
func (c *Clock) Set(at clock.Instant) { c.at.Store(int64(at)) }

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) { c.at.Add(d.Milliseconds()) }

// At is the instant of an RFC 3339 time.
func At(text string) clock.Instant {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return clock.Of(t)
}
