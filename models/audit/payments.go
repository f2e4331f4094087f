package audit

import "softlaunch/models/order"

// payments: money came in once, for the whole order, and what went back never exceeds it. A surplus is a later payment for the
// same order that goes back as a whole.
var payments = check{
	row: 3, name: "Payments and refunds agree with their orders",
	counts: `SELECT (SELECT COUNT(*) FROM payments) + (SELECT COUNT(*) FROM refunds) + (SELECT COUNT(*) FROM credits)`,
	findings: append([]string{
		`SELECT 'order ' || o.number || ': a payment of ' || p.amount || ' ' || p.currency || ' by ' || p.provider ||
				' for ' || o.total_amount || ' ' || o.currency || ' by ' || o.payment
			FROM payments p JOIN orders o ON o.id = p.order_id
			WHERE p.amount <> o.total_amount OR p.currency <> o.currency OR p.provider <> o.payment`,
		`SELECT 'a payment of ' || provider || ' is there ' || COUNT(*) || ' times, for order ' || MIN(o.number)
			FROM payments p JOIN orders o ON o.id = p.order_id GROUP BY provider, provider_id HAVING COUNT(*) > 1`,
		`SELECT 'order ' || o.number || ': ' || SUM(r.amount) || ' refunded of a payment of ' || p.amount || ' that was ' || p.state
			FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = p.order_id
			GROUP BY p.id, o.number, p.amount, p.state
			HAVING p.state <> 'captured' OR SUM(r.amount) > p.amount`,
		`SELECT 'order ' || number || ' is ' || state || ': ' || captured || ' of ' || total_amount || ' captured, ' || refunded || ' refunded'
			FROM (SELECT o.number, o.state, o.total_amount,
					(SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id AND p.state = 'captured') AS captured,
					(SELECT COALESCE(SUM(r.amount), 0) FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.order_id = o.id) AS refunded,
					(SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id AND p.state = 'captured'
						AND p.id > (SELECT MIN(first.id) FROM payments first WHERE first.order_id = o.id AND first.state = 'captured')
						AND p.amount = (SELECT COALESCE(SUM(r.amount), 0) FROM refunds r WHERE r.payment_id = p.id)) AS surplus
				FROM orders o) AS sums
			WHERE (state IN ` + order.Sold + ` AND captured - surplus <> total_amount)
				OR (state IN ('awaiting_payment', 'expired') AND captured <> 0)
				OR (state = 'cancelled' AND (captured <> refunded OR captured - surplus > total_amount))`,
	}, credited...),
}
