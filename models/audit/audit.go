// Package audit checks what must always hold: the shop's numbered guarantees, as far as a database can show them. Its
// findings name orders by number, goods by SKU and markets by code, never a person.
package audit

import (
	"context"

	"softlaunch/models/db"
)

// Result is a guarantee that was checked. Row is its number, 0 for the database itself; Checked is how many things were
// looked at; Broken says what does not hold, a sentence each.
type Result struct {
	Row     int      `json:"row"`
	Name    string   `json:"name"`
	Checked int      `json:"checked"`
	Broken  []string `json:"broken"`
}

// check is how a guarantee is checked. The query of counts counts what there is to look at. Each query of findings gives
// one text a row for what is broken; look does what SQL can't say.
type check struct {
	row      int
	name     string
	counts   string
	findings []string
	look     func(tx db.Tx) ([]string, error)
}

var checks = []check{
	file, stock, batches, payments, sums, numbers, documents, goods, holds, history, trail, mails, gates, codes, lists, discounts, sessions,
}

// Run checks everything on one snapshot. An error means that it could not look, not that it found something.
func Run(ctx context.Context, data *db.DB) ([]Result, error) {
	results := make([]Result, len(checks))
	err := data.Read(ctx, func(tx db.Tx) error {
		for i, c := range checks {
			var err error
			if results[i], err = c.run(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return results, err
}

// Clean reports whether nothing is broken.
func Clean(results []Result) bool {
	for _, r := range results {
		if len(r.Broken) > 0 {
			return false
		}
	}
	return true
}

func (c check) run(tx db.Tx) (Result, error) {
	r := Result{Row: c.row, Name: c.name, Broken: []string{}}
	if err := tx.QueryRow(c.counts).Scan(&r.Checked); err != nil {
		return r, err
	}
	for _, query := range c.findings {
		found, err := texts(tx, query)
		if err != nil {
			return r, err
		}
		r.Broken = append(r.Broken, found...)
	}
	if c.look == nil {
		return r, nil
	}
	found, err := c.look(tx)
	r.Broken = append(r.Broken, found...)
	return r, err
}

// texts are the rows of a query of one text.
func texts(tx db.Tx, query string) ([]string, error) {
	rows, err := tx.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}
