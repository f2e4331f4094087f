package order

import (
	"context"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/market"
)

// late is what staff ask for with Filter.Late: orders whose promised day of arrival has passed in their market while something
// of them has yet to leave. It is a condition for orders o with its values.
func late(tx db.Tx) (condition string, values []any, err error) {
	markets, err := market.All(tx)
	if err != nil || len(markets) == 0 {
		return "1 = 0", nil, err
	}
	var days []string
	for _, m := range markets {
		days = append(days, "(o.market_id = ? AND o.arrives_to < ?)")
		values = append(values, m.ID, clock.DayOf(tx.Now(), m.Location()))
	}
	return "o.state IN " + ToShip + " AND o.arrives_to <> '' AND (" + strings.Join(days, " OR ") + ")", values, nil
}

// SweepLate tells the buyers of orders that have become late so, each once: that they may wait, or cancel what has not left
// (in the United States 16 CFR 435.2 wants it; in the Union article 18 of Directive 2011/83/EU).
func (o *Orders) SweepLate(ctx context.Context) error {
	var due []int64
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		due, err = untold(tx)
		return err
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		due, err := untold(tx)
		if err != nil {
			return err
		}
		for _, id := range due {
			if err := job.Queue(tx, MailLate, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// untold are the late orders whose buyers were not told.
func untold(tx db.Tx) ([]int64, error) {
	condition, values, err := late(tx)
	if err != nil {
		return nil, err
	}
	id := func(id *int64) []any { return []any{id} }
	return db.List(tx, id, "SELECT o.id FROM orders o WHERE "+condition+
		" AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = '"+MailLate+"' AND j.subject_id = o.id) ORDER BY o.id", values...)
}
