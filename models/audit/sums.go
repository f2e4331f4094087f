package audit

// sums: an order adds up whichever way it is read, in minor units. Tax at a rate is on the lines of that rate and, at one
// of the rates, on delivery; it is within one unit of rate times base, because it is rounded once.
var sums = check{
	row: 4, name: "Orders add up to the minor unit",
	counts: `SELECT COUNT(*) FROM orders`,
	findings: []string{
		`SELECT 'order ' || number || ': the total is ' || total_amount || ', its parts come to ' || parts
			FROM (SELECT o.*, o.lines_amount - o.discount_amount + o.delivery_amount + CASE o.tax_included WHEN 0 THEN o.tax_amount ELSE 0 END AS parts FROM orders o) AS o
			WHERE total_amount <> parts`,
		`SELECT 'order ' || o.number || ': lines are ' || COALESCE(SUM(l.amount), 0) || ', the order says ' || o.lines_amount
			FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
			GROUP BY o.id, o.number, o.lines_amount
			HAVING COUNT(l.id) = 0 OR SUM(l.amount) <> o.lines_amount`,
		`SELECT 'order ' || o.number || ', line ' || l.position || ': ' || l.quantity || ' at ' || l.unit_amount || ' is not ' || l.amount
			FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.amount <> l.quantity * l.unit_amount`,
		`SELECT 'order ' || o.number || ': discounts are ' || o.discount_amount || ', ' || SUM(l.discount_amount) || ' of them on lines, delivery is ' || o.delivery_amount
			FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.id, o.number, o.discount_amount, o.delivery_amount
			HAVING SUM(l.discount_amount) > o.discount_amount OR o.discount_amount - SUM(l.discount_amount) > o.delivery_amount`,
		`SELECT 'order ' || number || ': discounts are ' || discount_amount || ', those taken off come to ' || taken
			FROM (SELECT o.*, (SELECT COALESCE(SUM(d.amount), 0) FROM order_discounts d WHERE d.order_id = o.id) AS taken FROM orders o) AS o
			WHERE discount_amount <> taken`,
		`SELECT 'order ' || o.number || ': taxes are ' || COALESCE(SUM(t.tax_amount), 0) || ', the order says ' || o.tax_amount
			FROM orders o LEFT JOIN order_taxes t ON t.order_id = o.id
			GROUP BY o.id, o.number, o.tax_amount HAVING COALESCE(SUM(t.tax_amount), 0) <> o.tax_amount`,
		`SELECT 'order ' || o.number || ': ' || t.tax_amount || ' is not ' || t.rate_ppm || ' ppm of ' || t.base_amount
			FROM order_taxes t JOIN orders o ON o.id = t.order_id
			WHERE ABS(t.tax_amount * 1000000 - t.base_amount * t.rate_ppm) > 1000000`,
		`SELECT 'order ' || number || ' at ' || rate_ppm || ' ppm: ' || taxed || ' taxed with ' || tax || ', lines are ' || goods || ' with ' || share
			FROM (SELECT o.number, o.delivery_amount - o.discount_amount + (SELECT SUM(l.discount_amount) FROM order_lines l WHERE l.order_id = o.id) AS delivery, r.rate_ppm, SUM(r.base) + CASE o.tax_included WHEN 1 THEN SUM(r.tax) ELSE 0 END AS taxed,
					SUM(r.tax) AS tax, SUM(r.goods) AS goods, SUM(r.share) AS share
				FROM (SELECT order_id, rate_ppm, base_amount AS base, tax_amount AS tax, 0 AS goods, 0 AS share FROM order_taxes
					UNION ALL SELECT order_id, rate_ppm, 0, 0, amount - discount_amount, tax_amount FROM order_lines WHERE rate_ppm > 0 OR tax_amount > 0) AS r
				JOIN orders o ON o.id = r.order_id
				GROUP BY o.id, o.number, o.tax_included, r.rate_ppm) AS rates
			WHERE NOT ((taxed = goods AND tax = share) OR (taxed = goods + delivery AND tax >= share))`,
	},
}
