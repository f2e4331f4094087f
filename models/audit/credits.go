package audit

// credited finds what is wrong with credits. A credit adds up, its money goes back, and no order gives back more than was paid: in all, of a line, of delivery,
// at a rate of tax. A line all of whose units are credited was given back to the minor unit.
var credited = []string{
	`SELECT 'order ' || o.number || ', credit ' || c.id || ': its parts come to other sums' FROM credits c JOIN orders o ON o.id = c.order_id
			WHERE c.total_amount <> c.lines_amount - c.discount_amount + c.delivery_amount + CASE c.tax_included WHEN 0 THEN c.tax_amount ELSE 0 END
				OR c.tax_included <> o.tax_included
				OR c.lines_amount <> (SELECT COALESCE(SUM(l.amount), 0) FROM credit_lines l WHERE l.credit_id = c.id)
				OR c.discount_amount <> (SELECT COALESCE(SUM(l.discount_amount), 0) FROM credit_lines l WHERE l.credit_id = c.id)
				OR c.tax_amount <> (SELECT COALESCE(SUM(t.tax_amount), 0) FROM credit_taxes t WHERE t.credit_id = c.id)`,
	`SELECT 'order ' || o.number || ', credit ' || c.id || ': ' || c.total_amount || ' owed, ' ||
				(SELECT COALESCE(SUM(r.amount), 0) FROM refunds r WHERE r.credit_id = c.id) || ' refunded'
			FROM credits c JOIN orders o ON o.id = c.order_id
			WHERE c.total_amount <> (SELECT COALESCE(SUM(r.amount), 0) FROM refunds r JOIN payments p ON p.id = r.payment_id
				WHERE r.credit_id = c.id AND p.order_id = c.order_id)`,
	`SELECT 'order ' || o.number || ': a refund of ' || r.amount || ' is for no credit'
			FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = p.order_id
			WHERE r.credit_id IS NULL AND (r.amount <> p.amount OR NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.note = 'paid_back'))`,
	`SELECT 'order ' || number || ' is refunded "' || refund_state || '": ' || credited || ' of ' || total_amount || ' credited'
			FROM (SELECT o.*, (SELECT COALESCE(SUM(c.total_amount), 0) FROM credits c WHERE c.order_id = o.id) AS credited,
					(SELECT COALESCE(SUM(c.delivery_amount), 0) FROM credits c WHERE c.order_id = o.id) AS delivery,
					(SELECT COALESCE(SUM(l.discount_amount), 0) FROM order_lines l WHERE l.order_id = o.id) AS on_lines FROM orders o) AS sums
			WHERE refund_state <> CASE WHEN credited = 0 THEN 'none' WHEN credited = total_amount THEN 'refunded' ELSE 'partly_refunded' END
				OR credited > total_amount OR delivery > delivery_amount - discount_amount + on_lines`,
	`SELECT 'order ' || o.number || ', line ' || l.position || ': ' || s.net || ' with ' || s.tax || ' tax credited for ' || s.units || ' of ' || l.quantity || ' units'
			FROM (SELECT order_line_id, SUM(quantity) AS units, SUM(amount - discount_amount) AS net, SUM(tax_amount) AS tax FROM credit_lines GROUP BY order_line_id) AS s
			JOIN order_lines l ON l.id = s.order_line_id JOIN orders o ON o.id = l.order_id
			WHERE s.net > l.amount - l.discount_amount OR s.tax > l.tax_amount OR s.units > l.quantity
				OR (s.units = l.quantity AND (s.net <> l.amount - l.discount_amount OR s.tax <> l.tax_amount))`,
	`SELECT 'order ' || o.number || ' at ' || s.rate_ppm || ' ppm: ' || s.tax || ' of ' || s.sold || ' tax credited'
			FROM (SELECT order_id, rate_ppm, SUM(tax) AS tax, SUM(base) AS base, SUM(sold) AS sold, SUM(bearing) AS bearing FROM (
				SELECT c.order_id, t.rate_ppm, t.tax_amount AS tax, t.base_amount AS base, 0 AS sold, 0 AS bearing FROM credit_taxes t JOIN credits c ON c.id = t.credit_id
				UNION ALL SELECT order_id, rate_ppm, 0, 0, tax_amount, base_amount FROM order_taxes) AS sides GROUP BY order_id, rate_ppm) AS s
			JOIN orders o ON o.id = s.order_id
			WHERE s.tax > s.sold OR s.base > s.bearing OR (o.refund_state = 'refunded' AND (s.tax <> s.sold OR s.base <> s.bearing))`,
	`SELECT 'credit ' || c.id || ' has a line of another order' FROM credit_lines l JOIN credits c ON c.id = l.credit_id
			JOIN order_lines n ON n.id = l.order_line_id WHERE n.order_id <> c.order_id`,
}
