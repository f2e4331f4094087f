package audit

import "softlaunch/models/order"

// sessions: what providers of payments said has been taken note of, once, and nobody is left without an answer. A provider's
// session that is open holds its order's goods, or is being ended; one that was paid left one payment; what does not fit, and
// what goes wrong with money, was told to staff.
var sessions = check{
	row: 20, name: "Providers' sessions, messages and refunds were followed up",
	counts: `SELECT (SELECT COUNT(*) FROM payment_sessions) + (SELECT COUNT(*) FROM stripe_events) + (SELECT COUNT(*) FROM payment_exceptions)`,
	findings: []string{
		`SELECT 'order ' || o.number || ' is ' || o.state || ' and would never hear of its session ' || COALESCE(s.provider_id, s.attempt)
			FROM payment_sessions s JOIN orders o ON o.id = s.order_id
			WHERE s.state = 'open' AND ((o.state = 'awaiting_payment' AND (o.hold_until < s.ends_at OR s.ask_at > o.hold_until))
				OR (o.state <> 'awaiting_payment' AND s.ask_at > s.ends_at AND s.silences = 0))`,
		`SELECT 'order ' || o.number || ': the session ' || s.provider_id || ' was for ' || s.amount || ' ' || s.currency || ', the order is for ' || o.total_amount || ' ' || o.currency
			FROM payment_sessions s JOIN orders o ON o.id = s.order_id
			WHERE s.state = 'paid' AND (s.amount <> o.total_amount OR s.currency <> o.currency OR s.provider <> o.payment)`,
		`SELECT 'order ' || o.number || ': ' || COUNT(s.id) || ' sessions were paid, ' ||
				(SELECT COUNT(*) FROM payments p WHERE p.order_id = o.id AND p.state = 'captured' AND p.provider = s.provider) || ' payments are kept'
			FROM payment_sessions s JOIN orders o ON o.id = s.order_id WHERE s.state = 'paid' GROUP BY o.id, o.number, s.provider
			HAVING COUNT(s.id) <> (SELECT COUNT(*) FROM payments p WHERE p.order_id = o.id AND p.state = 'captured' AND p.provider = s.provider)`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ' and was paid by ' || o.payment || ' without a session'
			FROM orders o WHERE o.payment = 'stripe' AND o.state IN ` + order.Sold + `
				AND NOT EXISTS (SELECT 1 FROM payment_sessions s WHERE s.order_id = o.id AND s.state = 'paid')`,
		`SELECT 'event ' || e.event_id || ' waits, and nobody will apply it' FROM stripe_events e
			WHERE e.applied_at IS NULL AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'payment.event' AND j.subject_id = e.id AND j.done_at IS NULL)`,
		`SELECT 'event ' || e.event_id || ' was ' || e.outcome || ' and still holds what it said of its buyer' FROM stripe_events e
			WHERE e.outcome <> 'parked' AND e.payload <> ''`,
		`SELECT 'event ' || e.event_id || ' is parked, and nobody was told' FROM stripe_events e
			WHERE e.outcome = 'parked' AND NOT EXISTS (SELECT 1 FROM payment_exceptions x WHERE x.kind = 'event' AND x.about = e.event_id)`,
		`SELECT 'payment exception ' || x.id || ': ' || COUNT(j.id) || ' jobs to tell staff' FROM payment_exceptions x
			LEFT JOIN jobs j ON j.kind = 'staff.payment' AND j.subject_id = x.id GROUP BY x.id HAVING COUNT(j.id) <> 1`,
		`SELECT 'order ' || o.number || ': a refund of ' || r.amount || ' by stripe ' ||
				CASE WHEN r.failure <> '' THEN 'failed, and nobody was told' ELSE 'was never asked for' END
			FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = p.order_id
			WHERE p.provider = 'stripe' AND CASE WHEN r.failure <> ''
				THEN NOT EXISTS (SELECT 1 FROM payment_exceptions x WHERE x.kind = 'refund' AND x.about = p.provider_id || '-' || r.id)
				ELSE NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'payment.refund' AND j.subject_id = r.id) OR (r.state = 'done' AND r.provider_id IS NULL) END`,
	},
}
