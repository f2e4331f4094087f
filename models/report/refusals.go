package report

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// Refusals count demand that was not met. Counting is cheap and writes nothing: counts stay in memory until the worker's
// sweep flushes them, each second, so a crash may lose the last of them. They are requests, not people: who tries twice
// is counted twice.
type Refusals struct {
	data   *db.DB
	now    clock.Clock
	mu     sync.Mutex
	counts map[refused]int
}

// refused is what is counted apart. SKU is "" when a refusal names none.
type refused struct {
	marketID           int64
	sku, reason, phase string
	hour               clock.Instant
}

// maxApart is how many different refusals wait for a flush at most. Beyond it the SKU is no longer kept apart, and then
// nothing new is.
const maxApart = 4096

// NewRefusals counts for a database.
func NewRefusals(data *db.DB, now clock.Clock) *Refusals {
	return &Refusals{data: data, now: now, counts: map[refused]int{}}
}

// Count notes that a shopper's request for a SKU ("" for a whole cart) in a market ended in an error. Only what refused a
// wish to buy is counted: an offer that isn't open or is sold out, a limit, a shop too busy. Other errors, and none, are
// left aside, so a handler may call it with whatever a verb returned.
func (r *Refusals) Count(m market.Market, sku string, err error) {
	reason, counts := demand(err)
	if !counts {
		return
	}
	if fault.Is(err, fault.Busy) {
		sku = "" // it may be any text: the shop was too busy to look
	}
	now := r.now()
	key := refused{marketID: m.ID, sku: sku, reason: reason, phase: string(m.Phase(now)), hour: hourOf(now)}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(key, 1)
}

func (r *Refusals) add(key refused, n int) {
	if _, known := r.counts[key]; !known && len(r.counts) >= maxApart {
		key.sku = ""
		if _, known := r.counts[key]; !known && len(r.counts) >= 2*maxApart {
			return
		}
	}
	r.counts[key] += n
}

// unmet are the reasons beside those of offers that stand for demand.
var unmet = []string{"cart.problem.left", "fault.sold_out", "fault.unpaid_orders"}

// demand is the reason of an error that refused a wish to buy.
func demand(err error) (reason string, counts bool) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return "", false
	}
	return f.Key, f.Kind == fault.Busy || strings.HasPrefix(f.Key, "offer.") || slices.Contains(unmet, f.Key)
}

// Flush writes what was counted. What can't be written is kept for the next flush.
func (r *Refusals) Flush(ctx context.Context) error {
	r.mu.Lock()
	counts := r.counts
	r.counts = map[refused]int{}
	r.mu.Unlock()
	if len(counts) == 0 {
		return nil
	}
	err := r.data.Write(ctx, func(tx db.Tx) error {
		for key, n := range counts {
			if err := keep(tx, key, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		for key, n := range counts {
			r.add(key, n)
		}
	}
	return err
}

func keep(tx db.Tx, key refused, n int) error {
	_, err := tx.Exec(`INSERT INTO refusals (market_id, variant_id, reason, phase, hour, requests)
		VALUES (?, (SELECT id FROM variants WHERE sku = ?), ?, ?, ?, ?)
		ON CONFLICT (market_id, COALESCE(variant_id, 0), reason, phase, hour) DO UPDATE SET requests = refusals.requests + excluded.requests`,
		key.marketID, key.sku, key.reason, key.phase, key.hour, n)
	return err
}

// hourOf is the beginning of an instant's hour, in UTC.
func hourOf(at clock.Instant) clock.Instant { return clock.Of(at.Time().Truncate(time.Hour)) }
