package audit

import (
	"strings"

	"softlaunch/models/order"
)

// aboutOrders are the kinds of jobs that mail about an order, as a list for SQL; mailed is which.
var aboutOrders = "('" + strings.Join(order.MailKinds, "', '") + "')"

// mails: each step a buyer must hear of queued its mail, once, and no mail is about something else. That a job is dead,
// because an address refuses mail, breaks nothing: staff are shown it.
var mails = check{
	row: 11, name: "Each step of an order queued its mail",
	counts: `SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM withdrawals) + (SELECT COUNT(*) FROM mails)`,
	findings: []string{
		`SELECT 'refund ' || j.subject_id || ': ' || COUNT(*) || ' jobs to tell of it' FROM jobs j WHERE j.kind = 'refund.sent'
			GROUP BY j.subject_id HAVING COUNT(*) > 1`,
		`SELECT 'mail ' || m.id || ' (' || m.kind || ') does not go to the buyer of order ' || o.number
			FROM mails m JOIN jobs j ON j.id = m.job_id JOIN refunds r ON r.id = j.subject_id JOIN payments p ON p.id = r.payment_id
				JOIN orders o ON o.id = p.order_id
			WHERE m.kind = 'refund.sent' AND (m.order_id IS NULL OR m.order_id <> o.id OR m.recipient <> o.email)`,
		`SELECT 'sending ' || s.id || ' of mail ' || s.mail_id || ': ' || COUNT(j.id) || ' jobs'
			FROM mail_sendings s LEFT JOIN jobs j ON j.subject_id = s.id AND j.kind = 'mail.again'
			GROUP BY s.id, s.mail_id HAVING COUNT(j.id) <> 1`,
		`SELECT 'lookup ' || l.id || ': ' || COUNT(j.id) || ' jobs to answer it'
			FROM order_lookups l LEFT JOIN jobs j ON j.subject_id = l.id AND j.kind = 'order.links'
			GROUP BY l.id HAVING COUNT(j.id) <> 1`,
		`SELECT 'mail ' || m.id || ' (order.links) was sent and is not forgotten' FROM mails m WHERE m.kind = 'order.links' AND m.sent_at IS NOT NULL`,
		`SELECT 'order ' || o.number || ': ' || s.steps || ' times ' || s.kind || ', ' || s.jobs || ' jobs to mail it'
			FROM (SELECT order_id, kind, SUM(steps) AS steps, SUM(jobs) AS jobs FROM (
				SELECT id AS order_id, 'order.received' AS kind, 1 AS steps, 0 AS jobs FROM orders
				UNION ALL SELECT order_id, 'order.' || to_state, 1, 0 FROM order_events
					WHERE from_state <> to_state AND (to_state = 'cancelled' OR (to_state = 'paid' AND from_state = 'awaiting_payment'))
				UNION ALL SELECT order_id, 'order.shipped', 1, 0 FROM shipments
				UNION ALL SELECT order_id, 'order.refunded', 1, 0 FROM credits WHERE cause <> 'cancelled'
				UNION ALL SELECT order_id, 'order.paid_back', 1, 0 FROM order_events WHERE note = 'paid_back'
				UNION ALL SELECT order_id, 'order.return', 1, 0 FROM order_events WHERE note IN ('return_approved', 'return_refused')
				UNION ALL SELECT ` + mailed + `, j.kind, 0, 1 FROM jobs j
					WHERE j.kind IN ('order.received', 'order.paid', 'order.shipped', 'order.refunded', 'order.return', 'order.cancelled', 'order.paid_back')) AS sides
				GROUP BY order_id, kind) AS s
			JOIN orders o ON o.id = s.order_id WHERE s.steps <> s.jobs`,
		`SELECT 'order ' || o.number || ': ' || COUNT(*) || ' jobs to tell that it is late' FROM jobs j JOIN orders o ON o.id = j.subject_id
			WHERE j.kind = 'order.late' GROUP BY o.id, o.number HAVING COUNT(*) > 1`,
		`SELECT 'withdrawal ' || w.id || ': ' || COUNT(j.id) || ' jobs to acknowledge it'
			FROM withdrawals w LEFT JOIN jobs j ON j.subject_id = w.id AND j.kind = 'withdrawal.received'
			GROUP BY w.id HAVING COUNT(j.id) <> 1`,
		`SELECT 'job ' || j.id || ' (' || j.kind || ') is about something that is not there'
			FROM jobs j WHERE (j.kind IN ` + aboutOrders + ` AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = ` + mailed + `))
				OR (j.kind = 'refund.sent' AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.id = j.subject_id))
				OR (j.kind = 'mail.again' AND j.done_at IS NULL AND NOT EXISTS (SELECT 1 FROM mail_sendings s WHERE s.id = j.subject_id))
				OR (j.kind = 'withdrawal.received' AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.id = j.subject_id))`,
		`SELECT 'mail ' || m.id || ' (' || m.kind || ') is not what job ' || m.job_id || ' is about'
			FROM mails m LEFT JOIN jobs j ON j.id = m.job_id
				LEFT JOIN orders o ON o.id = ` + mailed + ` LEFT JOIN withdrawals w ON w.id = j.subject_id
			WHERE j.id IS NULL OR j.kind <> m.kind
				OR (m.kind IN ` + aboutOrders + ` AND (o.id IS NULL OR m.order_id IS NULL OR m.order_id <> o.id OR m.recipient <> o.email))
				OR (m.kind = 'withdrawal.received' AND (w.id IS NULL OR m.recipient <> w.email))`,
		`SELECT 'job ' || j.id || ' (' || j.kind || ') is done without a mail'
			FROM jobs j LEFT JOIN mails m ON m.job_id = j.id
			WHERE (j.kind IN ` + aboutOrders + ` OR j.kind = 'refund.sent' OR j.kind = 'withdrawal.received') AND j.done_at IS NOT NULL AND m.id IS NULL`,
		`SELECT 'mail ' || m.id || ' was sent, but job ' || j.id || ' waits'
			FROM mails m JOIN jobs j ON j.id = m.job_id WHERE m.sent_at IS NOT NULL AND j.done_at IS NULL`,
	},
}

// mailed is the order that a job j of a buyer's mail is about.
const mailed = `CASE j.kind WHEN 'order.shipped' THEN (SELECT s.order_id FROM shipments s WHERE s.id = j.subject_id)
	WHEN 'order.return' THEN (SELECT r.order_id FROM returns r WHERE r.id = j.subject_id)
	WHEN 'order.refunded' THEN (SELECT c.order_id FROM credits c WHERE c.id = j.subject_id) ELSE j.subject_id END`
