package audit

import (
	"fmt"

	"softlaunch/models/db"
	"softlaunch/models/draw"
	"softlaunch/models/order"
)

// codes: an access code is used no more often than it allows, by orders that live and took units with it.
var codes = check{
	row: 17, name: "Access codes are used as often as they allow, by live orders",
	counts: `SELECT COUNT(*) FROM access_codes`,
	findings: []string{
		`SELECT 'code ' || c.number || ' of batch ' || c.batch_id || ': ' || c.uses_taken || ' of ' || c.uses_allowed || ' uses are taken, but ' || c.live || ' are live'
			FROM (SELECT id, batch_id, number, uses_taken, uses_allowed,
				(SELECT COUNT(*) FROM code_uses u WHERE u.code_id = access_codes.id AND u.ended_at IS NULL) AS live FROM access_codes) AS c
			WHERE c.uses_taken <> c.live OR c.uses_taken > c.uses_allowed`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ': ' || s.coded || ' units with a code, ' || s.used || ' codes used'
			FROM (SELECT order_id, SUM(coded) AS coded, SUM(used) AS used FROM (
				SELECT order_id, quantity AS coded, 0 AS used FROM buyer_units WHERE with_code = 1 AND ended_at IS NULL
				UNION ALL SELECT order_id, 0, 1 FROM code_uses WHERE ended_at IS NULL) AS sides GROUP BY order_id) AS s
			JOIN orders o ON o.id = s.order_id
			WHERE (s.coded > 0) <> (s.used > 0) OR s.used > 1 OR (o.state <> 'awaiting_payment' AND o.state NOT IN ` + order.Sold + `)`,
		`SELECT 'order ' || o.number || ': code ' || c.number || ' of batch ' || b.id || ' is not for what was ordered'
			FROM code_uses u JOIN access_codes c ON c.id = u.code_id JOIN code_batches b ON b.id = c.batch_id JOIN orders o ON o.id = u.order_id
			WHERE b.market_id <> o.market_id OR EXISTS (SELECT 1 FROM buyer_units n
				WHERE n.order_id = o.id AND n.with_code = 1 AND u.ended_at IS NULL AND n.ended_at IS NULL AND n.product_id <> b.product_id)`,
		`SELECT 'batch ' || b.id || ': ' || b.made || ' codes made, ' || b.codes || ' are there'
			FROM (SELECT id, made, (SELECT COUNT(*) FROM access_codes c WHERE c.batch_id = code_batches.id) AS codes FROM code_batches) AS b
			WHERE b.made <> b.codes`,
	},
}

// lists: a draw's winners follow from the seed that it committed to, who is told that it is open is told once, the figures of
// a list add up, and a market keeps a secret for its traces exactly as long as it has some.
var lists = check{
	row: 18, name: "Draws follow from their seeds, who waits is told once, and no trace outlives its reason",
	counts: `SELECT (SELECT COUNT(*) FROM draws) + (SELECT COUNT(*) FROM interests)`,
	findings: []string{
		`SELECT 'interest ' || i.id || ': told once, but ' || i.mails || ' jobs to mail it'
			FROM (SELECT id, (SELECT COUNT(*) FROM jobs j WHERE j.kind = 'interest.opened' AND j.subject_id = interests.id) AS mails
				FROM interests WHERE told_at IS NOT NULL) AS i WHERE i.mails <> 1`,
		`SELECT 'draw ' || d.key || ': ' || COUNT(b.id) || ' batches of codes'
			FROM draws d LEFT JOIN code_batches b ON b.draw_id = d.id
			GROUP BY d.id, d.key, d.drawn_at, d.participants HAVING COUNT(b.id) <> CASE WHEN d.participants > 0 THEN 1 ELSE 0 END`,
		`SELECT 'market ' || m.code || ', list ' || f.list || ': ' || f.confirmed || ' confirmed, but ' || f.told || ' told, ' || f.gone || ' gone and ' || f.waiting || ' waiting'
			FROM (SELECT market_id, list, SUM(confirmed) AS confirmed, SUM(told) AS told, SUM(gone) AS gone, SUM(waiting) AS waiting FROM (
				SELECT market_id, COALESCE(product_id, 0) AS list, confirmed, told, gone, 0 AS waiting FROM interest_figures
				UNION ALL SELECT market_id, COALESCE(product_id, 0), 0, 0, 0, 1 FROM interests WHERE confirmed_at IS NOT NULL) AS sides
				GROUP BY market_id, list) AS f JOIN markets m ON m.id = f.market_id WHERE f.confirmed <> f.told + f.gone + f.waiting`,
		`SELECT 'market ' || m.code || ', list ' || f.list || ': ' || f.ordered || ' ordered and ' || f.traced || ' traced of ' || f.ended || ' told or gone'
			FROM (SELECT market_id, list, SUM(ordered) AS ordered, SUM(traced) AS traced, SUM(ended) AS ended FROM (
				SELECT market_id, COALESCE(product_id, 0) AS list, ordered, 0 AS traced, told + gone AS ended FROM interest_figures
				UNION ALL SELECT market_id, COALESCE(product_id, 0), 0, 1, 0 FROM interest_traces) AS sides
				GROUP BY market_id, list) AS f JOIN markets m ON m.id = f.market_id WHERE f.ordered + f.traced > f.ended`,
		`SELECT 'market ' || m.code || ': ' || CASE WHEN k.market_id IS NULL THEN 'traces without their secret' ELSE 'a secret without traces' END
			FROM markets m LEFT JOIN interest_keys k ON k.market_id = m.id
			WHERE (k.market_id IS NULL) = EXISTS (SELECT 1 FROM interest_traces t WHERE t.market_id = m.id)`,
	},
	look: redraw,
}

// redraw does every draw again.
func redraw(tx db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT d.key, d.seed, d.seed_hash, d.winners, d.participants, COALESCE(b.wanted, 0), d.result
		FROM draws d LEFT JOIN code_batches b ON b.draw_id = d.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var key, committed string
		var seed, result []byte
		var wanted, invited int
		var participants *int
		if err := rows.Scan(&key, &seed, &committed, &wanted, &participants, &invited, &result); err != nil {
			return nil, err
		}
		if draw.Hash(seed) != committed {
			found = append(found, fmt.Sprintf("draw %s: the seed is not the one that was committed to", key))
		}
		if result == nil {
			continue
		}
		p, err := draw.Read(result)
		if err == nil {
			err = draw.Verify(result)
		}
		switch {
		case err != nil:
			found = append(found, fmt.Sprintf("draw %s: %v", key, err))
		case p.SeedHash != committed || p.Wanted != wanted || participants == nil || len(p.Tickets) != *participants || len(p.Winners) != invited:
			found = append(found, fmt.Sprintf("draw %s: it published another draw, or invited others than it drew", key))
		}
	}
	return found, rows.Err()
}
