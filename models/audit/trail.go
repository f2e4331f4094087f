package audit

// trail: what staff did to an order stands in the trail, written at the same instant because in the same transaction.
var trail = check{
	row: 10, name: "What staff did to orders is in the trail",
	counts: `SELECT COUNT(*) FROM order_events WHERE actor NOT IN ('buyer', 'shop')`,
	findings: []string{
		`SELECT 'order ' || o.number || ': what staff did (' || e.from_state || ' to ' || e.to_state || ') is not in the trail'
			FROM order_events e JOIN orders o ON o.id = e.order_id
			WHERE e.actor NOT IN ('buyer', 'shop') AND NOT EXISTS (SELECT 1 FROM trail t
				WHERE t.subject = 'order' AND t.name = o.number AND t.actor = e.actor AND t.at = e.at)`,
		`SELECT 'trail entry ' || id || ' names nobody or nothing' FROM trail WHERE actor = '' OR verb = '' OR subject = ''`,
	},
}
