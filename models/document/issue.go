package document

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/order"
)

// issue numbers a document, writes down what it says and has it printed. All of it happens in one transaction, so a number
// is drawn if and only if its document is there: numbers have no gap, whatever fails.
func issue(tx db.Tx, d Document, o order.Order, fill func(*Content)) error {
	m, err := market.ByID(tx, d.MarketID)
	if err != nil {
		return err
	}
	seller, err := market.SellerOf(tx, m.ID)
	if err != nil {
		return err
	}
	if seller.Name == "" {
		return fault.New(fault.Conflict, "document.no_seller").With("Market", m.Code)
	}
	c := about(o, m, seller)
	fill(&c)
	if err := d.draw(tx, m); err != nil {
		return err
	}
	c.Kind, c.Number, c.IssuedOn = d.Kind, d.Number, clock.DayOf(d.IssuedAt, m.Location())
	d.KeepUntil = keptUntil(c.IssuedOn, seller.KeepYears, m)
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	written, err := tx.Exec(`INSERT INTO documents (market_id, series, ordinal, number, kind, order_id, credit_id, issued_at, keep_until, content)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.MarketID, d.Series, d.Ordinal, d.Number, string(d.Kind), d.OrderID, d.CreditID, d.IssuedAt, d.KeepUntil, string(text))
	if err != nil {
		return err
	}
	id, err := written.LastInsertId()
	if err != nil {
		return err
	}
	return job.Queue(tx, JobPrint, id)
}

// prefixes begin the series of each kind: credit notes have one of their own (for Spain: art. 6.1.a RD 1619/2012).
var prefixes = map[Kind]string{Invoice: "", CreditNote: "C"}

// draw gives a document the next number of its series, which is the year in the market: DE-2026-00001, DE-C2026-00001. The
// dates of a series never run back: where the clock has, a document is dated like the last.
func (d *Document) draw(tx db.Tx, m market.Market) error {
	d.Series = prefixes[d.Kind] + strconv.Itoa(tx.Now().In(m.Location()).Year())
	if err := tx.QueryRow(`INSERT INTO document_numbers (market_id, series, next) VALUES (?, ?, 2)
		ON CONFLICT (market_id, series) DO UPDATE SET next = document_numbers.next + 1 RETURNING next - 1`, m.ID, d.Series).Scan(&d.Ordinal); err != nil {
		return err
	}
	d.Number = fmt.Sprintf("%s-%s-%05d", strings.ToUpper(m.Code), d.Series, d.Ordinal)
	var last clock.Instant
	if err := tx.QueryRow("SELECT COALESCE(MAX(issued_at), 0) FROM documents WHERE market_id = ? AND series = ?", m.ID, d.Series).Scan(&last); err != nil {
		return err
	}
	d.IssuedAt = max(tx.Now(), last)
	return nil
}

// keptUntil is the end of a term of whole years, which begins with the year after that of issue.
func keptUntil(issued clock.Day, years int, m market.Market) clock.Instant {
	year, _ := strconv.Atoi(string(issued)[:4])
	return clock.Day(fmt.Sprintf("%04d-01-01", year+1+years)).Start(m.Location())
}
