package audit

import "softlaunch/models/order"

// holds: a hold ends once, as its order's state says. A sale is one movement for each hold that ended in it.
var holds = check{
	row: 8, name: "Holds end once, as their orders did",
	counts: `SELECT COUNT(*) FROM holds`,
	findings: []string{
		`SELECT 'order ' || o.number || ': a hold ended, but not both how and when are known'
			FROM holds h JOIN orders o ON o.id = h.order_id WHERE (h.ended IS NULL) <> (h.ended_at IS NULL)`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.ordered || ' of ' || v.sku || ' ordered, ' || s.live || ' held, ' || s.sold || ' sold'
			FROM (SELECT order_id, variant_id, SUM(ordered) AS ordered, SUM(live) AS live, SUM(sold) AS sold FROM (
				SELECT order_id, variant_id, quantity AS ordered, 0 AS live, 0 AS sold FROM order_lines
				UNION ALL SELECT order_id, variant_id, 0, CASE WHEN ended IS NULL THEN quantity ELSE 0 END,
					CASE ended WHEN 'sold' THEN quantity ELSE 0 END FROM holds) AS sides
				GROUP BY order_id, variant_id) AS s
			JOIN orders o ON o.id = s.order_id JOIN variants v ON v.id = s.variant_id
			WHERE s.live <> CASE o.state WHEN 'awaiting_payment' THEN s.ordered ELSE 0 END
				OR (o.state IN ` + order.Sold + ` AND s.sold <> s.ordered)
				OR (o.state IN ('awaiting_payment', 'expired') AND s.sold <> 0)
				OR (o.state = 'cancelled' AND s.sold NOT IN (0, s.ordered))`,
		`SELECT 'order ' || o.number || ': a hold runs out at another instant than the order'
			FROM holds h JOIN orders o ON o.id = h.order_id WHERE h.ended IS NULL AND h.expires_at <> o.hold_until`,
		`SELECT 'order ' || o.number || ': ' || s.held || ' of ' || v.sku || ' sold from holds at ' || p.code || ', ' || s.moved || ' moved as sold'
			FROM (SELECT order_id, location_id, variant_id, SUM(held) AS held, SUM(moved) AS moved FROM (
				SELECT order_id, location_id, variant_id, quantity AS held, 0 AS moved FROM holds WHERE ended = 'sold'
				UNION ALL SELECT order_id, location_id, variant_id, 0, -quantity FROM movements WHERE reason = 'sold') AS sides
				GROUP BY order_id, location_id, variant_id) AS s
			JOIN orders o ON o.id = s.order_id JOIN variants v ON v.id = s.variant_id JOIN locations p ON p.id = s.location_id
			WHERE s.held <> s.moved`,
	},
}
