package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"softlaunch/models/db"
	"softlaunch/models/document"
)

// documents: invoices and credit notes have numbers without a gap in the order of their dates, add up, and are printed as
// they were kept. Every order that was paid has its invoice, which charges what the order does, or waits for it.
var documents = check{
	row: 4, name: "Documents have no gap and agree with their orders",
	counts: `SELECT COUNT(*) FROM documents`,
	findings: []string{
		`SELECT m.code || ' ' || d.series || ': ' || COUNT(*) || ' documents, the numbers are ' || MIN(d.ordinal) || ' to ' || MAX(d.ordinal) || ', the next would be ' || COALESCE(MAX(n.next), 0)
			FROM documents d JOIN markets m ON m.id = d.market_id LEFT JOIN document_numbers n ON n.market_id = d.market_id AND n.series = d.series
			GROUP BY d.market_id, m.code, d.series HAVING MIN(d.ordinal) <> 1 OR MAX(d.ordinal) <> COUNT(*) OR COALESCE(MAX(n.next), 0) <> MAX(d.ordinal) + 1`,
		`SELECT m.code || ' ' || n.series || ': ' || (n.next - 1) || ' numbers were drawn and there is no document'
			FROM document_numbers n JOIN markets m ON m.id = n.market_id
			WHERE n.next > 1 AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.market_id = n.market_id AND d.series = n.series)`,
		`SELECT 'document ' || d.number || ' is dated before ' || p.number FROM documents d
			JOIN documents p ON p.market_id = d.market_id AND p.series = d.series AND p.ordinal = d.ordinal - 1 WHERE d.issued_at < p.issued_at`,
		`SELECT 'order ' || o.number || ' is ' || o.state || ' and has no invoice' FROM orders o
			WHERE o.state IN ('paid', 'packed', 'partly_shipped', 'shipped', 'delivered', 'returned')
				AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.order_id = o.id AND d.kind = 'invoice')
				AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'document.invoice' AND j.subject_id = o.id AND j.done_at IS NULL)`,
		`SELECT 'credit ' || c.id || ' of order ' || o.number || ' has no credit note' FROM credits c JOIN orders o ON o.id = c.order_id
			WHERE c.total_amount > 0 AND EXISTS (SELECT 1 FROM documents d WHERE d.order_id = c.order_id AND d.kind = 'invoice')
				AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.credit_id = c.id)
				AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'document.credit_note' AND j.subject_id = c.id AND j.done_at IS NULL)`,
		`SELECT 'document ' || d.number || ' is not printed and nobody will' FROM documents d
			WHERE NOT EXISTS (SELECT 1 FROM document_files f WHERE f.document_id = d.id)
				AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'document.print' AND j.subject_id = d.id AND j.done_at IS NULL)`,
	},
	look: func(tx db.Tx) ([]string, error) {
		found, err := contents(tx)
		if err != nil {
			return found, err
		}
		files, err := hashes(tx)
		return append(found, files...), err
	},
}

// contents finds documents that do not add up, or say something else than they are or their orders do.
func contents(tx db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT d.number, d.kind, d.content, o.number, COALESCE(c.total_amount, o.total_amount), COALESCE(c.tax_amount, o.tax_amount), o.currency
		FROM documents d JOIN orders o ON o.id = d.order_id LEFT JOIN credits c ON c.id = d.credit_id ORDER BY d.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var number, kind, text, order, currency string
		var total, tax int64
		if err := rows.Scan(&number, &kind, &text, &order, &total, &tax, &currency); err != nil {
			return nil, err
		}
		var c document.Content
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			found = append(found, fmt.Sprintf("document %s can't be read", number))
			continue
		}
		for _, wrong := range c.Check() {
			found = append(found, fmt.Sprintf("document %s: %s", number, wrong))
		}
		if c.Number != number || string(c.Kind) != kind || c.Order != order || c.Currency != currency {
			found = append(found, fmt.Sprintf("document %s says it is %s %s of order %s in %s", number, c.Kind, c.Number, c.Order, c.Currency))
		}
		if c.Total != total || c.Tax != tax {
			found = append(found, fmt.Sprintf("%s %s says %d with %d tax, order %s %d with %d", kind, number, c.Total, c.Tax, order, total, tax))
		}
	}
	return found, rows.Err()
}

// hashes finds printed documents whose bytes are not those that were kept.
func hashes(tx db.Tx) ([]string, error) {
	rows, err := tx.Query("SELECT d.number, f.pdf, f.sha256 FROM document_files f JOIN documents d ON d.id = f.document_id ORDER BY d.id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var number, kept string
		var pdf []byte
		if err := rows.Scan(&number, &pdf, &kept); err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(pdf); hex.EncodeToString(sum[:]) != kept {
			found = append(found, fmt.Sprintf("document %s is printed otherwise than it was kept", number))
		}
	}
	return found, rows.Err()
}
