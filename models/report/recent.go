package report

import (
	"context"
	"database/sql"

	"softlaunch/models/db"
)

// Reason is why requests to buy were refused, and how many in an hour.
type Reason struct {
	Key      string
	Requests int
}

// Recent are the reasons for which a market has refused requests since the beginning of this hour, the most frequent first.
func (r *Refusals) Recent(ctx context.Context, marketID int64) ([]Reason, error) {
	var reasons []Reason
	err := r.data.Read(ctx, func(tx db.Tx) error {
		reasons = nil
		return each(tx, func(rows *sql.Rows) error {
			var one Reason
			err := rows.Scan(&one.Key, &one.Requests)
			reasons = append(reasons, one)
			return err
		}, `SELECT reason, SUM(requests) FROM refusals WHERE market_id = ? AND hour >= ? GROUP BY reason ORDER BY 2 DESC, 1`,
			marketID, hourOf(tx.Now()))
	})
	return reasons, err
}
