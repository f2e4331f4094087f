package audit

import "softlaunch/models/order"

// goods: who has paid has his goods, until they leave in parcels or are taken off. What an order has from stock is what its
// holds took, less what credits and returns put back; its state is where its units are. Row 3 sees to the money.
var goods = check{
	row: 7, name: "Paid orders have their goods",
	counts: `SELECT COUNT(*) FROM orders WHERE state = 'cancelled' OR state IN ` + order.Sold,
	findings: []string{
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.ordered || ' of ' || v.sku || ' ordered, ' || s.moved || ' taken from stock, ' || s.back || ' put back'
			FROM (SELECT order_id, variant_id, SUM(ordered) AS ordered, SUM(sold) AS sold, SUM(moved) AS moved, SUM(back) AS back FROM (
				SELECT order_id, variant_id, quantity AS ordered, 0 AS sold, 0 AS moved, 0 AS back FROM order_lines
				UNION ALL SELECT order_id, variant_id, 0, quantity, 0, 0 FROM holds WHERE ended = 'sold'
				UNION ALL SELECT order_id, variant_id, 0, 0, -quantity, 0 FROM movements WHERE order_id IS NOT NULL
				UNION ALL SELECT l.order_id, l.variant_id, 0, 0, 0, c.restocked FROM credit_lines c JOIN order_lines l ON l.id = c.order_line_id
				UNION ALL SELECT l.order_id, l.variant_id, 0, 0, 0, n.restocked FROM return_lines n JOIN order_lines l ON l.id = n.order_line_id) AS sides
				GROUP BY order_id, variant_id) AS s
			JOIN orders o ON o.id = s.order_id JOIN variants v ON v.id = s.variant_id
			WHERE s.moved <> CASE WHEN o.state IN ` + order.Sold + ` THEN s.ordered ELSE s.sold END - s.back`,
		`SELECT 'order ' || number || ' is ' || state || ': ' || ordered || ' units ordered, ' || off || ' taken off, ' || shipped || ' in ' || parcels || ' parcels, ' ||
				under_way || ' of them under way, ' || back || ' units came back'
			FROM (SELECT o.number, o.state, SUM(f.quantity) AS ordered, SUM(f.off) AS off, SUM(f.shipped) AS shipped, SUM(f.back) AS back,
					(SELECT COUNT(*) FROM shipments p WHERE p.order_id = o.id) AS parcels,
					(SELECT COUNT(*) FROM shipments p WHERE p.order_id = o.id AND p.delivered_on = '') AS under_way
				FROM orders o JOIN (` + fates + `) AS f ON f.order_id = o.id GROUP BY o.id, o.number, o.state) AS orders
			WHERE CASE state
				WHEN 'partly_shipped' THEN shipped = 0 OR shipped + off >= ordered
				WHEN 'shipped' THEN shipped = 0 OR shipped + off <> ordered OR back = shipped OR under_way = 0
				WHEN 'delivered' THEN shipped = 0 OR shipped + off <> ordered OR back = shipped OR under_way > 0
				WHEN 'returned' THEN shipped = 0 OR shipped + off <> ordered OR back <> shipped
				ELSE parcels > 0 OR shipped > 0 OR back > 0 OR (off > 0 AND off >= ordered AND state <> 'cancelled') END`,
		`SELECT 'order ' || o.number || ', line ' || f.position || ': of ' || f.quantity || ' units ' || f.shipped || ' shipped, ' || f.off || ' taken off, ' ||
				f.credited || ' credited, ' || f.asked || ' on returns, ' || f.back || ' came back'
			FROM (` + fates + `) AS f JOIN orders o ON o.id = f.order_id
			WHERE f.shipped + f.off > f.quantity OR f.credited - f.off > f.shipped OR f.asked > f.shipped OR f.back > f.asked`,
		`SELECT 'parcel ' || s.id || ' is empty or has goods of another order' FROM shipments s
			WHERE NOT EXISTS (SELECT 1 FROM shipment_lines l WHERE l.shipment_id = s.id)
				OR EXISTS (SELECT 1 FROM shipment_lines l JOIN order_lines n ON n.id = l.order_line_id WHERE l.shipment_id = s.id AND n.order_id <> s.order_id)`,
		`SELECT 'return ' || r.id || ' is empty, has goods of another order or received some too early' FROM returns r
			WHERE NOT EXISTS (SELECT 1 FROM return_lines l WHERE l.return_id = r.id)
				OR EXISTS (SELECT 1 FROM return_lines l JOIN order_lines n ON n.id = l.order_line_id
					WHERE l.return_id = r.id AND (n.order_id <> r.order_id OR (l.received > 0 AND r.state <> 'received')))`,
	},
}

// fates are what has become of the units of each line.
const fates = `SELECT l.order_id, l.position, l.quantity,
		(SELECT COALESCE(SUM(s.quantity), 0) FROM shipment_lines s WHERE s.order_line_id = l.id) AS shipped,
		(SELECT COALESCE(SUM(c.taken_off), 0) FROM credit_lines c WHERE c.order_line_id = l.id) AS off,
		(SELECT COALESCE(SUM(c.quantity), 0) FROM credit_lines c WHERE c.order_line_id = l.id) AS credited,
		(SELECT COALESCE(SUM(CASE r.state WHEN 'received' THEN n.received ELSE n.quantity END), 0) FROM return_lines n JOIN returns r ON r.id = n.return_id
			WHERE n.order_line_id = l.id AND r.state <> 'refused') AS asked,
		(SELECT COALESCE(SUM(n.received), 0) FROM return_lines n WHERE n.order_line_id = l.id) AS back
	FROM order_lines l`
