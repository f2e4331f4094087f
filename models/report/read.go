package report

import (
	"database/sql"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/launch"
	"softlaunch/models/order"
)

// each runs a query and scans its rows one by one.
func each(tx db.Tx, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *Launch) readPhases(tx db.Tx) error {
	return each(tx, func(rows *sql.Rows) error {
		var name string
		var p Phase
		if err := rows.Scan(&name, &p.Orders, &p.Revenue, &p.Units, &p.Waiting, &p.Expired, &p.Cancelled, &p.Returned, &p.Refunded); err != nil {
			return err
		}
		into := l.phase(name)
		p.From, p.To = into.From, into.To
		*into = p
		return nil
	}, `SELECT o.phase,
			SUM(CASE WHEN o.state IN `+order.Sold+` THEN 1 ELSE 0 END),
			SUM(CASE WHEN o.state IN `+order.Sold+` THEN o.total_amount ELSE 0 END),
			SUM(CASE WHEN o.state IN `+order.Sold+` THEN (SELECT SUM(n.quantity) FROM order_lines n WHERE n.order_id = o.id) ELSE 0 END),
			SUM(CASE WHEN o.state = 'awaiting_payment' AND o.hold_until > ? THEN 1 ELSE 0 END),
			SUM(CASE WHEN o.state = 'expired' OR (o.state = 'awaiting_payment' AND o.hold_until <= ?) THEN 1 ELSE 0 END),
			SUM(CASE WHEN o.state = 'cancelled' THEN 1 ELSE 0 END),
			SUM(CASE WHEN EXISTS (SELECT 1 FROM returns r WHERE r.order_id = o.id AND r.state = 'received') THEN 1 ELSE 0 END),
			SUM(COALESCE(b.amount, 0))
		FROM orders o LEFT JOIN (SELECT order_id, SUM(total_amount) AS amount FROM credits GROUP BY order_id) b
			ON b.order_id = o.id
		WHERE o.market_id = ? GROUP BY o.phase`, l.At, l.At, l.Market.ID)
}

func (l *Launch) readGoods(tx db.Tx) error {
	return each(tx, func(rows *sql.Rows) error {
		var g Good
		err := rows.Scan(&g.SKU, &g.TestUnits, &g.TestRevenue, &g.OpenUnits, &g.OpenRevenue)
		l.Goods = append(l.Goods, g)
		return err
	}, `SELECT n.sku,
			SUM(CASE o.phase WHEN 'test' THEN n.quantity ELSE 0 END), SUM(CASE o.phase WHEN 'test' THEN n.amount ELSE 0 END),
			SUM(CASE o.phase WHEN 'open' THEN n.quantity ELSE 0 END), SUM(CASE o.phase WHEN 'open' THEN n.amount ELSE 0 END)
		FROM order_lines n JOIN orders o ON o.id = n.order_id
		WHERE o.market_id = ? AND o.state IN `+order.Sold+` GROUP BY n.sku ORDER BY n.sku`, l.Market.ID)
}

func (l *Launch) readRefusals(tx db.Tx) error {
	return each(tx, func(rows *sql.Rows) error {
		var r Refusal
		if err := rows.Scan(&r.Reason, &r.Phase, &r.SKU, &r.Requests); err != nil {
			return err
		}
		l.Refusals = append(l.Refusals, r)
		p := l.phase(r.Phase)
		p.Refused += r.Requests
		if r.Limit() {
			p.LimitsHit += r.Requests
		}
		return nil
	}, `SELECT r.reason, r.phase, COALESCE(v.sku, ''), SUM(r.requests) FROM refusals r LEFT JOIN variants v ON v.id = r.variant_id
		WHERE r.market_id = ? GROUP BY r.reason, r.phase, v.sku ORDER BY SUM(r.requests) DESC, r.reason, r.phase, v.sku`, l.Market.ID)
}

func (l *Launch) readInterest(tx db.Tx) error {
	i := &l.Interest
	var err error
	if i.Lists, err = launch.FiguresOf(tx, l.Market.ID); err != nil {
		return err
	}
	for _, list := range i.Lists {
		i.Confirmed, i.Waiting, i.Told = i.Confirmed+list.Confirmed, i.Waiting+list.Waiting, i.Told+list.Told
		i.Gone, i.Ordered = i.Gone+list.Gone, i.Ordered+list.Ordered
	}
	return tx.QueryRow(`SELECT
			(SELECT COUNT(*) FROM access_codes c JOIN code_batches b ON b.id = c.batch_id WHERE b.market_id = ?),
			(SELECT COUNT(c.mailed_at) FROM access_codes c JOIN code_batches b ON b.id = c.batch_id WHERE b.market_id = ?),
			(SELECT COUNT(*) FROM access_codes c JOIN code_batches b ON b.id = c.batch_id WHERE b.market_id = ? AND c.uses_taken > 0),
			(SELECT COUNT(*) FROM orders o WHERE o.market_id = ? AND o.state IN `+order.Sold+`
				AND EXISTS (SELECT 1 FROM code_uses u WHERE u.order_id = o.id AND u.ended_at IS NULL)),
			(SELECT COALESCE(SUM(o.total_amount), 0) FROM orders o WHERE o.market_id = ? AND o.state IN `+order.Sold+`
				AND EXISTS (SELECT 1 FROM code_uses u WHERE u.order_id = o.id AND u.ended_at IS NULL))`,
		l.Market.ID, l.Market.ID, l.Market.ID, l.Market.ID, l.Market.ID).Scan(&i.Codes, &i.Mailed, &i.Used, &i.CodeOrders, &i.CodeRevenue)
}

func (l *Launch) readHours(tx db.Tx) error {
	hours := map[clock.Instant]Hour{}
	err := each(tx, func(rows *sql.Rows) error {
		var h Hour
		err := rows.Scan(&h.At, &h.Orders, &h.Units, &h.Revenue)
		hours[h.At] = h
		return err
	}, `SELECT o.placed_at - o.placed_at % 3600000, COUNT(*),
			SUM((SELECT SUM(n.quantity) FROM order_lines n WHERE n.order_id = o.id)), SUM(o.total_amount)
		FROM orders o WHERE o.market_id = ? AND o.state IN `+order.Sold+` GROUP BY o.placed_at - o.placed_at % 3600000`, l.Market.ID)
	if err != nil {
		return err
	}
	err = each(tx, func(rows *sql.Rows) error {
		var at clock.Instant
		var requests int
		err := rows.Scan(&at, &requests)
		h := hours[at]
		h.At, h.Refused = at, requests
		hours[at] = h
		return err
	}, "SELECT hour, SUM(requests) FROM refusals WHERE market_id = ? GROUP BY hour", l.Market.ID)
	for _, h := range hours {
		l.Hours = append(l.Hours, h)
	}
	slices.SortFunc(l.Hours, func(a, b Hour) int { return int(a.At - b.At) })
	return err
}
