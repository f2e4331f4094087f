package audit

import (
	"fmt"
	"strconv"
	"strings"

	"softlaunch/models/db"
)

// numbers: an order that was placed is there, once. Its number, its token and the key of its form are its own, and a
// market's numbers have no gap, because each is drawn in the transaction that writes the order.
var numbers = check{
	row: 6, name: "No order is lost or doubled",
	counts: `SELECT COUNT(*) FROM orders`,
	findings: []string{
		`SELECT 'order ' || number || ' is there ' || COUNT(*) || ' times' FROM orders GROUP BY number HAVING COUNT(*) > 1`,
		`SELECT 'orders ' || MIN(number) || ' and ' || MAX(number) || ' share a token' FROM orders GROUP BY token HAVING COUNT(*) > 1`,
		`SELECT 'orders ' || MIN(number) || ' and ' || MAX(number) || ' come from one form' FROM orders
			GROUP BY cart_id, idempotency_key HAVING COUNT(*) > 1`,
	},
	look: gaps,
}

// gaps finds numbers of a market that were drawn and belong to no order.
func gaps(tx db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT m.code, o.number, COALESCE(n.next, 0) FROM orders o
		JOIN markets m ON m.id = o.market_id LEFT JOIN order_numbers n ON n.market_id = m.id ORDER BY m.id, length(o.number), o.number`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	following := map[string]int64{}
	drawn := map[string]int64{}
	for rows.Next() {
		var code, number string
		var next int64
		if err := rows.Scan(&code, &number, &next); err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(strings.TrimPrefix(number, strings.ToUpper(code)+"-"), 10, 64)
		if err != nil {
			found = append(found, fmt.Sprintf("order %s: not a number of %s", number, code))
			continue
		}
		if expected, begun := following[code]; begun && n > expected {
			found = append(found, fmt.Sprintf("%s: %d to %d belong to no order", code, expected, n-1))
		}
		following[code], drawn[code] = n+1, next
	}
	for code, n := range following {
		if n != drawn[code] {
			found = append(found, fmt.Sprintf("%s: the next number is %d, but should be %d", code, drawn[code], n))
		}
	}
	return found, rows.Err()
}
