package audit

import "softlaunch/models/order"

// batches: the ledger of buyers' units says what batches have given, and stays within waves and caps.
//
// A live unit is one whose order was neither cancelled nor ran out. Live units are counted in the order in which they were
// taken, against the waves that had begun by then, which nobody can change any more. Caps are counted as launch.Decide does: in test only test units, later all, of the same
// e-mail or the same address. Staff may lower a cap, and then older units may exceed it: units ordered before the last
// change of their listing in the trail are not held against it.
var batches = check{
	row: 2, name: "Test units stay within their batch, buyers within their cap",
	counts: `SELECT COUNT(*) FROM buyer_units`,
	findings: []string{
		`SELECT v.sku || ' in ' || m.code || ': the batch has given ' || s.public || ' and ' || s.code || ' with codes, but buyers have ' || s.units || ' and ' || s.coded
			FROM (SELECT market_id, variant_id, SUM(public) AS public, SUM(code) AS code, SUM(units) AS units, SUM(coded) AS coded FROM (
				SELECT market_id, variant_id, taken_public AS public, taken_code AS code, 0 AS units, 0 AS coded FROM batches
				UNION ALL SELECT market_id, variant_id, 0, 0, CASE with_code WHEN 0 THEN quantity ELSE 0 END, CASE with_code WHEN 1 THEN quantity ELSE 0 END
				FROM buyer_units WHERE phase = 'test' AND ended_at IS NULL) AS sides
				GROUP BY market_id, variant_id) AS s
			JOIN variants v ON v.id = s.variant_id JOIN markets m ON m.id = s.market_id
			WHERE s.public <> s.units OR s.code <> s.coded`,
		`SELECT v.sku || ' in ' || m.code || ': ' || t.units || ' test units were taken when ' || t.begun || ' had been published'
			FROM (SELECT u.market_id, u.variant_id, u.units,
					(SELECT COALESCE(SUM(w.quantity), 0) FROM waves w
						WHERE w.market_id = u.market_id AND w.variant_id = u.variant_id AND w.opens_at <= u.at) AS begun
				FROM (` + testUnits + `) AS u) AS t
			JOIN variants v ON v.id = t.variant_id JOIN markets m ON m.id = t.market_id
			WHERE t.units > t.begun`,
		`SELECT v.sku || ' in ' || m.code || ': ' || t.uncoded || ' test units were taken without a code when ' || t.begun || ' needed none'
			FROM (SELECT u.market_id, u.variant_id, u.uncoded,
					(SELECT COALESCE(SUM(w.quantity), 0) FROM waves w
						WHERE w.market_id = u.market_id AND w.variant_id = u.variant_id AND w.needs_code = 0 AND w.opens_at <= u.at) AS begun
				FROM (` + testUnits + `) AS u) AS t
			JOIN variants v ON v.id = t.variant_id JOIN markets m ON m.id = t.market_id
			WHERE t.uncoded > t.begun`,
		`SELECT 'order ' || o.number || ': its buyer has ' || c.units || ' of ' || p.slug || ', the cap is ' || c.most
			FROM (SELECT u.order_id, u.product_id,
					CASE u.phase WHEN 'test' THEN l.test_limit_buyer ELSE l.limit_buyer END AS most,
					(SELECT SUM(b.quantity) FROM buyer_units b JOIN orders bo ON bo.id = b.order_id
						WHERE b.id IN (
							SELECT e.id FROM buyer_units e WHERE e.market_id = u.market_id AND e.email_key = u.email_key AND e.ended_at IS NULL
							UNION SELECT a.id FROM buyer_units a WHERE a.market_id = u.market_id AND a.address_key = u.address_key AND a.ended_at IS NULL)
						AND b.product_id = u.product_id AND b.id <= u.id AND (u.phase = 'open' OR b.phase = 'test')
						AND bo.placed_at > COALESCE((SELECT MAX(t.at) FROM trail t JOIN products tp ON tp.id = u.product_id
							JOIN markets tm ON tm.id = u.market_id
							WHERE t.subject = 'listing' AND t.name = tm.code || ' ' || tp.slug), 0)) AS units
				FROM buyer_units u JOIN listings l ON l.market_id = u.market_id AND l.product_id = u.product_id
				WHERE u.ended_at IS NULL) AS c
			JOIN orders o ON o.id = c.order_id JOIN products p ON p.id = c.product_id
			WHERE c.most > 0 AND c.units > c.most`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.ordered || ' of ' || v.sku || ' ordered, but its buyer is counted with ' || s.counted
			FROM (SELECT order_id, variant_id, SUM(ordered) AS ordered, SUM(counted) AS counted FROM (
				SELECT order_id, variant_id, quantity AS ordered, 0 AS counted FROM order_lines
				UNION ALL SELECT l.order_id, l.variant_id, -c.taken_off, 0 FROM credit_lines c JOIN order_lines l ON l.id = c.order_line_id
				UNION ALL SELECT order_id, variant_id, 0, quantity FROM buyer_units WHERE ended_at IS NULL) AS sides
				GROUP BY order_id, variant_id) AS s
			JOIN orders o ON o.id = s.order_id JOIN variants v ON v.id = s.variant_id
			WHERE s.counted <> CASE WHEN o.state = 'awaiting_payment' OR o.state IN ` + order.Sold + ` THEN s.ordered ELSE 0 END`,
	},
}

// testUnits are the live test units of a variant in a market as they grew, with the instant at which each was taken: when
// its order last began to wait for payment.
const testUnits = `SELECT u.market_id, u.variant_id,
		SUM(u.quantity) OVER taken AS units,
		SUM(CASE u.with_code WHEN 0 THEN u.quantity ELSE 0 END) OVER taken AS uncoded,
		(SELECT MAX(e.at) FROM order_events e WHERE e.order_id = u.order_id AND e.to_state = 'awaiting_payment' AND e.from_state <> e.to_state) AS at
	FROM buyer_units u WHERE u.phase = 'test' AND u.ended_at IS NULL
	WINDOW taken AS (PARTITION BY u.market_id, u.variant_id ORDER BY u.id)`
