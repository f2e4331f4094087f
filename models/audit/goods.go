package audit

import "softlaunch/models/order"

// goods: who has paid has his goods. Units sold less those restocked are what the lines say, or none when the order was
// cancelled; row 3 sees to the money of those.
var goods = check{
	row: 7, name: "Paid orders have their goods",
	counts: `SELECT COUNT(*) FROM orders WHERE state = 'cancelled' OR state IN ` + order.Sold,
	findings: []string{
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.ordered || ' of ' || v.sku || ' ordered, ' || s.moved || ' taken from stock'
			FROM (SELECT order_id, variant_id, SUM(ordered) AS ordered, SUM(moved) AS moved FROM (
				SELECT order_id, variant_id, quantity AS ordered, 0 AS moved FROM order_lines
				UNION ALL SELECT order_id, variant_id, 0, -quantity FROM movements WHERE order_id IS NOT NULL) AS sides
				GROUP BY order_id, variant_id) AS s
			JOIN orders o ON o.id = s.order_id JOIN variants v ON v.id = s.variant_id
			WHERE s.moved <> CASE WHEN o.state IN ` + order.Sold + ` THEN s.ordered ELSE 0 END`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ' with ' || COUNT(p.id) || ' shipments'
			FROM orders o LEFT JOIN shipments p ON p.order_id = o.id
			GROUP BY o.id, o.number, o.state
			HAVING (o.state = 'shipped' AND COUNT(p.id) = 0) OR (o.state <> 'shipped' AND COUNT(p.id) > 0)`,
	},
}
