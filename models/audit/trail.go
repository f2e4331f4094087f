package audit

// trail: what staff did to orders and stock stands in the trail, written at the same instant because in the same
// transaction. (When the clock has jumped back a step of an order is dated like the one before, and the trail as the clock
// stands.) What a location had of its goods at first came with them.
var trail = check{
	row: 10, name: "What staff did is in the trail",
	counts: `SELECT (SELECT COUNT(*) FROM order_events WHERE actor NOT IN ('buyer', 'shop'))
		+ (SELECT COUNT(*) FROM movements WHERE reason IN ('counted', 'received'))`,
	findings: []string{
		`SELECT 'order ' || o.number || ': what staff did (' || e.from_state || ' to ' || e.to_state || ') is not in the trail'
			FROM order_events e JOIN orders o ON o.id = e.order_id
			WHERE e.actor NOT IN ('buyer', 'shop') AND NOT EXISTS (SELECT 1 FROM trail t
				WHERE t.subject = 'order' AND t.name = o.number AND t.actor = e.actor AND (t.at = e.at OR (t.at < e.at
					AND e.at = (SELECT MAX(p.at) FROM order_events p WHERE p.order_id = e.order_id AND p.id < e.id))))`,
		`SELECT v.sku || ' at ' || p.code || ': ' || m.quantity || ' ' || m.reason || ' is not in the trail'
			FROM movements m JOIN variants v ON v.id = m.variant_id JOIN locations p ON p.id = m.location_id
			WHERE m.reason IN ('counted', 'received')
				AND m.id > (SELECT MIN(f.id) FROM movements f WHERE f.variant_id = m.variant_id AND f.location_id = m.location_id)
				AND NOT EXISTS (SELECT 1 FROM trail t
					WHERE t.subject = 'stock' AND t.name = p.code || ' ' || v.sku AND t.at = m.at)`,
		`SELECT 'trail entry ' || id || ' names nobody or nothing' FROM trail WHERE actor = '' OR verb = '' OR subject = ''`,
	},
}
