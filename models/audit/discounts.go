package audit

import "softlaunch/models/order"

// discounts: a discount is used no more often than it allows, over all orders and by each buyer; each order that lives uses
// what was taken off it, and no other does.
var discounts = check{
	row: 19, name: "Discounts are used as often as they allow, by live orders",
	counts: `SELECT COUNT(*) FROM discounts`,
	findings: []string{
		`SELECT 'discount ' || d.id || ': ' || d.uses_allowed || ' uses are allowed, but ' || d.live || ' are live'
			FROM (SELECT id, uses_allowed, (SELECT COUNT(*) FROM discount_uses u WHERE u.discount_id = discounts.id AND u.ended_at IS NULL) AS live
				FROM discounts) AS d WHERE d.uses_allowed > 0 AND d.live > d.uses_allowed`,
		`SELECT 'discount ' || d.id || ': ' || d.uses_buyer || ' uses are allowed to a buyer, but one has ' || b.n
			FROM (SELECT discount_id, COUNT(*) AS n FROM discount_uses WHERE ended_at IS NULL GROUP BY discount_id, email_key
				UNION ALL SELECT discount_id, COUNT(*) FROM discount_uses WHERE ended_at IS NULL GROUP BY discount_id, address_key) AS b
			JOIN discounts d ON d.id = b.discount_id WHERE d.uses_buyer > 0 AND b.n > d.uses_buyer`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.kept || ' discounts were taken off it, it uses ' || s.used
			FROM (SELECT order_id, SUM(kept) AS kept, SUM(used) AS used FROM (
				SELECT order_id, 1 AS kept, 0 AS used FROM order_discounts
				UNION ALL SELECT order_id, 0, 1 FROM discount_uses WHERE ended_at IS NULL) AS sides GROUP BY order_id) AS s
			JOIN orders o ON o.id = s.order_id
			WHERE s.used <> CASE WHEN o.state = 'awaiting_payment' OR o.state IN ` + order.Sold + ` THEN s.kept ELSE 0 END`,
		`SELECT 'order ' || o.number || ': discount ' || u.discount_id || ' was not taken off it, or is of another market'
			FROM discount_uses u JOIN orders o ON o.id = u.order_id JOIN discounts d ON d.id = u.discount_id
			WHERE d.market_id <> o.market_id OR NOT EXISTS (SELECT 1 FROM order_discounts k WHERE k.order_id = o.id AND k.discount_id = u.discount_id)`,
	},
}
