package report

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Wave is a part of a batch with what became of it. BeginsAt is when it starts to sell, not before the test phase does;
// none when it never does. Taken are its units that are sold or held, Held those of unpaid orders, SoldOutAt when the last of them was taken, none
// while units are left. Units of buyers with a code come off code waves first, then off the others; within these the
// earlier wave gives first.
type Wave struct {
	SKU       string
	OpensAt   clock.Instant
	BeginsAt  clock.Instant
	Quantity  int
	NeedsCode bool
	Taken     int
	Held      int
	SoldOutAt clock.Instant
}

// SoldOut reports whether no unit is left.
func (w Wave) SoldOut() bool { return !w.SoldOutAt.IsZero() }

// ToSellOut is how long the wave lasted; 0 while units are left.
func (w Wave) ToSellOut() time.Duration {
	if !w.SoldOut() {
		return 0
	}
	return w.SoldOutAt.Sub(w.BeginsAt)
}

// taking is units that were taken from a batch at an instant.
type taking struct {
	at       clock.Instant
	quantity int
	withCode bool
	held     bool
}

// Waves are what became of the waves of a market's test phase, by instant and SKU.
func (r *Reports) Waves(ctx context.Context, code string) ([]Wave, error) {
	var l Launch
	err := r.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		l = Launch{Market: m, At: tx.Now()}
		return l.readWaves(tx)
	})
	return l.Waves, err
}

func (l *Launch) readWaves(tx db.Tx) error {
	taken := map[string][]taking{}
	err := each(tx, func(rows *sql.Rows) error {
		var sku string
		var t taking
		err := rows.Scan(&sku, &t.quantity, &t.withCode, &t.held, &t.at)
		taken[sku] = append(taken[sku], t)
		return err
	}, `SELECT v.sku, u.quantity, u.with_code, o.state = 'awaiting_payment',
			(SELECT MAX(e.at) FROM order_events e WHERE e.order_id = u.order_id AND e.to_state = 'awaiting_payment' AND e.from_state <> e.to_state)
		FROM buyer_units u JOIN variants v ON v.id = u.variant_id JOIN orders o ON o.id = u.order_id
		WHERE u.market_id = ? AND u.phase = 'test' AND u.ended_at IS NULL AND NOT (o.state = 'awaiting_payment' AND o.hold_until <= ?)
		ORDER BY u.id`, l.Market.ID, l.At)
	if err != nil {
		return err
	}
	waves := map[string][]Wave{}
	err = each(tx, func(rows *sql.Rows) error {
		var w Wave
		err := rows.Scan(&w.SKU, &w.OpensAt, &w.Quantity, &w.NeedsCode)
		w.BeginsAt = l.begins(w)
		waves[w.SKU] = append(waves[w.SKU], w)
		return err
	}, `SELECT v.sku, w.opens_at, w.quantity, w.needs_code FROM waves w JOIN variants v ON v.id = w.variant_id
		WHERE w.market_id = ? ORDER BY w.opens_at, w.id`, l.Market.ID)
	for sku, batch := range waves {
		l.Waves = append(l.Waves, fill(batch, taken[sku])...)
	}
	slices.SortStableFunc(l.Waves, func(a, b Wave) int { return cmp.Or(cmp.Compare(a.OpensAt, b.OpensAt), cmp.Compare(a.SKU, b.SKU)) })
	return err
}

// begins is when a wave starts to sell, as launch.Decide has it.
func (l *Launch) begins(w Wave) clock.Instant {
	at := max(w.OpensAt, l.Market.TestAt)
	if l.Market.TestAt.IsZero() || l.Market.LaunchAt.Reached(at) {
		return 0
	}
	return at
}

// fill takes units from the waves of one batch in the order in which they were taken.
func fill(waves []Wave, taken []taking) []Wave {
	filled := slices.Clone(waves)
	for _, t := range taken {
		rest := t.quantity
		if t.withCode {
			rest = draw(filled, t, rest, true)
		}
		draw(filled, t, rest, false)
	}
	return filled
}

// draw takes units from the waves of one kind that have begun and answers how many it did not find there.
func draw(waves []Wave, t taking, units int, needsCode bool) int {
	for i := range waves {
		w := &waves[i]
		if w.NeedsCode != needsCode || !w.BeginsAt.Reached(t.at) {
			continue
		}
		part := min(units, w.Quantity-w.Taken)
		w.Taken += part
		if t.held {
			w.Held += part
		}
		if units -= part; part > 0 && w.Taken == w.Quantity {
			w.SoldOutAt = t.at
		}
	}
	return units
}
