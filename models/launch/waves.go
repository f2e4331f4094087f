package launch

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// taken is the units of a batch that are sold or held in test.
type taken struct{ public, code int }

// aside is the units of a variant that other markets have set aside, and when that changes by itself.
type aside struct {
	units int
	until clock.Instant
}

func waves(tx db.Tx, marketID int64) (map[int64][]Wave, error) {
	rows, err := tx.Query("SELECT variant_id, opens_at, quantity, needs_code FROM waves WHERE market_id = ? ORDER BY opens_at, id", marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64][]Wave{}
	for rows.Next() {
		var id int64
		var w Wave
		if err := rows.Scan(&id, &w.OpensAt, &w.Quantity, &w.NeedsCode); err != nil {
			return nil, err
		}
		found[id] = append(found[id], w)
	}
	return found, rows.Err()
}

// rival is a market with waves that shares a location with another; opens is its launch, zero while it has none.
type rival struct{ opens clock.Instant }

func rivals(tx db.Tx, marketID int64) ([]rival, error) {
	rows, err := tx.Query(`SELECT o.launch_at FROM markets o WHERE o.id <> ? AND EXISTS (SELECT 1 FROM waves w WHERE w.market_id = o.id)
		AND EXISTS (SELECT 1 FROM location_markets theirs JOIN location_markets ours ON ours.location_id = theirs.location_id
			WHERE theirs.market_id = o.id AND ours.market_id = ?)`, marketID, marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []rival
	for rows.Next() {
		var r rival
		if err := rows.Scan(&r.opens); err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

// takenUnits are the units of a market's batches sold or held in test. What spent orders hold counts no more.
func takenUnits(tx db.Tx, marketID int64, who Keys) (map[int64]taken, error) {
	spent, args := who.Spent(tx, marketID)
	rows, err := tx.Query(`SELECT variant_id, taken_public, taken_code FROM batches WHERE market_id = ?
		UNION ALL
		SELECT u.variant_id, -SUM(CASE u.with_code WHEN 0 THEN u.quantity ELSE 0 END), -SUM(CASE u.with_code WHEN 1 THEN u.quantity ELSE 0 END)
		FROM buyer_units u WHERE u.market_id = ? AND u.phase = 'test' AND u.ended_at IS NULL AND u.order_id IN (`+spent+`)
		GROUP BY u.variant_id`, append([]any{marketID, marketID}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64]taken{}
	for rows.Next() {
		var id int64
		var t taken
		if err := rows.Scan(&id, &t.public, &t.code); err != nil {
			return nil, err
		}
		found[id] = taken{found[id].public + t.public, found[id].code + t.code}
	}
	return found, rows.Err()
}

// runOut is the orders whose holds have run out and haven't been swept yet.
const runOut = "SELECT h.order_id FROM holds h WHERE h.ended IS NULL AND h.expires_at <= ?"

// setAside are the unsold units of other markets' waves that share a location with this one, until those markets open.
// What is held there by orders whose time is up is unsold, swept or not.
func setAside(tx db.Tx, marketID int64) (map[int64]aside, error) {
	rows, err := tx.Query(`SELECT w.variant_id, SUM(w.quantity), COALESCE(b.taken_public + b.taken_code, 0) - COALESCE(due.units, 0), o.launch_at
		FROM waves w JOIN markets o ON o.id = w.market_id
		LEFT JOIN batches b ON b.market_id = w.market_id AND b.variant_id = w.variant_id
		LEFT JOIN (SELECT u.market_id, u.variant_id, SUM(u.quantity) AS units FROM buyer_units u
			WHERE u.phase = 'test' AND u.ended_at IS NULL AND u.order_id IN (`+runOut+`) GROUP BY u.market_id, u.variant_id) AS due
			ON due.market_id = w.market_id AND due.variant_id = w.variant_id
		WHERE w.market_id <> ? AND (o.launch_at IS NULL OR o.launch_at > ?) AND o.id IN (
			SELECT theirs.market_id FROM location_markets theirs JOIN location_markets ours ON ours.location_id = theirs.location_id
			WHERE ours.market_id = ?)
		GROUP BY w.market_id, w.variant_id, b.taken_public, b.taken_code, due.units, o.launch_at`, tx.Now(), marketID, tx.Now(), marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64]aside{}
	for rows.Next() {
		var id int64
		var quantity, sold int
		var opens clock.Instant
		if err := rows.Scan(&id, &quantity, &sold, &opens); err != nil {
			return nil, err
		}
		a := found[id]
		found[id] = aside{a.units + max(0, quantity-sold), clock.Earliest(a.until, opens)}
	}
	return found, rows.Err()
}
