package launch

import (
	"context"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/draw"
	"softlaunch/models/market"
)

// Sweep draws the draws that have closed.
func (d *Draws) Sweep(ctx context.Context) error {
	var due []Draw
	err := d.data.Read(ctx, func(tx db.Tx) (err error) {
		due, err = drawsWhere(tx, "d.drawn_at IS NULL AND d.cancelled_at IS NULL AND d.closes_at <= ?", tx.Now())
		return err
	})
	for _, closed := range due {
		if err == nil {
			err = d.hold(ctx, closed)
		}
	}
	return err
}

// outcome is a draw that was drawn but not written yet.
type outcome struct {
	Draw
	at           clock.Instant
	file         []byte
	winners      []int64 // entries, in the order in which they won
	participants int
}

// hold draws one draw: it reckons on a snapshot, which may take a while, and writes in one short transaction.
func (d *Draws) hold(ctx context.Context, closed Draw) error {
	o := outcome{Draw: closed}
	err := d.data.Read(ctx, o.reckon)
	if err != nil {
		return err
	}
	return d.data.Write(ctx, o.write)
}

// reckon draws among all who had confirmed before the draw closed. Neither staff nor the order of sign-up has a say in it.
func (o *outcome) reckon(tx db.Tx) error {
	m, err := market.ByID(tx, o.MarketID)
	if err != nil {
		return err
	}
	var seed, key []byte
	if err := tx.QueryRow("SELECT seed, ticket_key FROM draws WHERE id = ?", o.ID).Scan(&seed, &key); err != nil {
		return err
	}
	entries, err := takingPart(tx, o.Draw)
	if err != nil {
		return err
	}
	tickets, holders := make([]string, len(entries)), make(map[string]int64, len(entries))
	for i, entry := range entries {
		tickets[i] = draw.Ticket(key, participant(entry))
		holders[tickets[i]] = entry
	}
	o.at, o.participants = tx.Now(), len(entries)
	published := draw.Published{Name: o.Name, Market: m.Code, Product: o.Product, ClosedAt: o.ClosesAt.String(), DrawnAt: o.at.String()}.
		Settle(seed, tickets, o.Winners)
	for _, ticket := range published.Winners {
		o.winners = append(o.winners, holders[ticket])
	}
	o.file, err = published.Encode()
	return err
}

func takingPart(tx db.Tx, d Draw) ([]int64, error) {
	rows, err := tx.Query(`SELECT id FROM interests WHERE market_id = ? AND COALESCE(product_id, 0) = COALESCE(?, 0)
		AND confirmed_at < ? AND told_at IS NULL ORDER BY id`, d.MarketID, d.ProductID, d.ClosesAt)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		entries = append(entries, id)
	}
	return entries, rows.Err()
}

// write keeps the outcome and has each winner mailed a single-use code. A draw that another process has drawn meanwhile, or
// that was cancelled, stays as it is.
func (o *outcome) write(tx db.Tx) error {
	written, err := tx.Exec(`UPDATE draws SET drawn_at = ?, participants = ?, result = ? WHERE id = ? AND drawn_at IS NULL AND cancelled_at IS NULL`,
		o.at, o.participants, string(o.file), o.ID)
	if err != nil {
		return err
	}
	if fresh, err := written.RowsAffected(); err != nil || fresh == 0 || len(o.winners) == 0 {
		return err
	}
	batch, err := begin(tx, CodeBatch{MarketID: o.MarketID, ProductID: o.ProductID, DrawID: &o.ID, Label: o.Name, UsesAllowed: 1, ByMail: true, Wanted: len(o.winners)})
	if err != nil {
		return err
	}
	return inviteThese(tx, batch, o.winners)
}
