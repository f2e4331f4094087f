package launch

import (
	"context"

	"softlaunch/models/db"
)

// settledAHop is how many traces are settled in one transaction.
const settledAHop = 500

// settle counts who ordered among those whose traces end, and deletes these traces. What they counted stays.
func (i *Interests) settle(ctx context.Context) error {
	due, err := i.marketsDue(ctx)
	if err != nil {
		return err
	}
	for _, marketID := range due {
		if err := i.settleMarket(ctx, marketID); err != nil {
			return err
		}
	}
	return nil
}

// marketsDue are the markets of which some trace ends.
func (i *Interests) marketsDue(ctx context.Context) (due []int64, err error) {
	err = i.data.Read(ctx, func(tx db.Tx) (err error) {
		due, err = db.List(tx, func(id *int64) []any { return []any{id} }, "SELECT DISTINCT market_id FROM interest_traces WHERE ends_at <= ?", tx.Now())
		return err
	})
	return due, err
}

// settleMarket looks for the orders beside the writer, once, and settles some traces in each transaction.
func (i *Interests) settleMarket(ctx context.Context, marketID int64) error {
	var ordered map[int64]trace
	err := i.data.Read(ctx, func(tx db.Tx) (err error) {
		ordered, err = orderedTraces(tx, marketID)
		return err
	})
	if err != nil {
		return err
	}
	for settled := settledAHop; settled == settledAHop; {
		err := i.data.Write(ctx, func(tx db.Tx) (err error) {
			settled, err = settleSome(tx, marketID, ordered)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func settleSome(tx db.Tx, marketID int64, ordered map[int64]trace) (settled int, err error) {
	ended, err := db.List(tx, func(t *trace) []any { return []any{&t.id, &t.productID} }, `DELETE FROM interest_traces WHERE id IN (
			SELECT id FROM interest_traces WHERE market_id = ? AND ends_at <= ? ORDER BY id LIMIT ?)
		RETURNING id, COALESCE(product_id, 0)`, marketID, tx.Now(), settledAHop)
	if err != nil {
		return 0, err
	}
	counts := map[int64]int{}
	for _, t := range ended {
		if _, has := ordered[t.id]; has {
			counts[t.productID]++
		}
	}
	for productID, count := range counts {
		if err := addFigures(tx, marketID, productID, Figures{Ordered: count}); err != nil {
			return 0, err
		}
	}
	return len(ended), dropSecret(tx, marketID)
}

// dropSecret throws a market's secret away when no trace needs it.
func dropSecret(tx db.Tx, marketID int64) error {
	_, err := tx.Exec(`DELETE FROM interest_keys WHERE market_id = ?
		AND NOT EXISTS (SELECT 1 FROM interest_traces WHERE market_id = interest_keys.market_id)`, marketID)
	return err
}

// forgetTraces deletes all traces of an address and counts what they would have. It answers how many there were.
func forgetTraces(tx db.Tx, emailKey string) (int, error) {
	secrets, err := db.List(tx, func(k *traceKey) []any { return []any{&k.marketID, &k.secret} }, "SELECT market_id, secret FROM interest_keys")
	if err != nil {
		return 0, err
	}
	forgotten := 0
	for _, k := range secrets {
		of, err := k.forget(tx, emailKey)
		if err != nil {
			return 0, err
		}
		forgotten += of
	}
	return forgotten, nil
}

type traceKey struct {
	marketID int64
	secret   []byte
}

func (k traceKey) forget(tx db.Tx, emailKey string) (int, error) {
	p := pseudonymOf(k.secret, emailKey)
	traces, err := db.List(tx, (*trace).fields, `DELETE FROM interest_traces WHERE market_id = ? AND pseudonym = ?
		RETURNING id, COALESCE(product_id, 0), since, ends_at, pseudonym`, k.marketID, p[:])
	if err != nil || len(traces) == 0 {
		return 0, err
	}
	for _, t := range traces {
		var ordered int
		if err := tx.QueryRow(`SELECT COUNT(*) FROM (SELECT 1 FROM buyer_units u JOIN orders o ON o.id = u.order_id
				WHERE u.email_key = ? AND u.market_id = ? AND `+paidFor+` AND (? = 0 OR u.product_id = ?)
					AND o.placed_at >= ? AND o.placed_at < ? LIMIT 1) AS first`,
			emailKey, k.marketID, t.productID, t.productID, t.since, t.endsAt).Scan(&ordered); err != nil {
			return 0, err
		}
		if err := addFigures(tx, k.marketID, t.productID, Figures{Ordered: ordered}); err != nil {
			return 0, err
		}
	}
	return len(traces), dropSecret(tx, k.marketID)
}
