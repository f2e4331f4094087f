package audit

// stock: on hand = free + held; what is held is what live holds hold; what is on hand is what movements brought.
var stock = check{
	row: 1, name: "Stock is never negative and adds up",
	counts: `SELECT COUNT(*) FROM levels`,
	findings: []string{
		`SELECT v.sku || ' at ' || p.code || ': ' || l.on_hand || ' on hand, ' || l.held || ' held'
			FROM levels l JOIN variants v ON v.id = l.variant_id JOIN locations p ON p.id = l.location_id
			WHERE l.on_hand < 0 OR l.held < 0 OR l.held > l.on_hand`,
		`SELECT v.sku || ' at ' || p.code || ': ' || s.level || ' held, but live holds are ' || s.held
			FROM (SELECT location_id, variant_id, SUM(level) AS level, SUM(held) AS held FROM (
				SELECT location_id, variant_id, held AS level, 0 AS held FROM levels
				UNION ALL SELECT location_id, variant_id, 0, quantity FROM holds WHERE ended IS NULL) AS sides
				GROUP BY location_id, variant_id) AS s
			JOIN variants v ON v.id = s.variant_id JOIN locations p ON p.id = s.location_id
			WHERE s.level <> s.held`,
		`SELECT v.sku || ' at ' || p.code || ': ' || s.level || ' on hand, but movements come to ' || s.moved
			FROM (SELECT location_id, variant_id, SUM(level) AS level, SUM(moved) AS moved FROM (
				SELECT location_id, variant_id, on_hand AS level, 0 AS moved FROM levels
				UNION ALL SELECT location_id, variant_id, 0, quantity FROM movements) AS sides
				GROUP BY location_id, variant_id) AS s
			JOIN variants v ON v.id = s.variant_id JOIN locations p ON p.id = s.location_id
			WHERE s.level <> s.moved`,
	},
}
