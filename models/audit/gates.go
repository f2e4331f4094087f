package audit

import (
	"fmt"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// gates: orders were placed while their market sold, in the phase they name. Schedules move: orders older than the last
// time that staff moved their market's are not judged.
var gates = check{
	row: 12, name: "Nothing was sold before its market opened",
	counts: `SELECT COUNT(*) FROM orders`,
	look:   gated,
}

func gated(tx db.Tx) ([]string, error) {
	markets, err := market.All(tx)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, m := range markets {
		early, err := outside(tx, m)
		if err != nil {
			return nil, err
		}
		found = append(found, early...)
	}
	return found, nil
}

// outside are a market's orders that were placed when it was not in the phase they name.
func outside(tx db.Tx, m market.Market) ([]string, error) {
	rows, err := tx.Query(`SELECT number, phase, placed_at FROM orders WHERE market_id = ? AND placed_at > COALESCE(
		(SELECT MAX(at) FROM trail WHERE verb = 'reschedule' AND subject = 'market' AND name = ?), 0)`, m.ID, m.Code)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var number, phase string
		var at clock.Instant
		if err := rows.Scan(&number, &phase, &at); err != nil {
			return nil, err
		}
		if was := m.Phase(at); string(was) != phase && !pausedAt(m, at) {
			found = append(found, fmt.Sprintf("order %s: placed in %q while the market was in %q", number, phase, was))
		}
	}
	return found, rows.Err()
}

// pausedAt reports whether a pause of the market begins at an instant. Staff may have begun it in the millisecond in which an
// order was placed, and after it.
func pausedAt(m market.Market, at clock.Instant) bool {
	return slices.ContainsFunc(m.Pauses, func(p market.Pause) bool { return p.FromAt == at })
}
