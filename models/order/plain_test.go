package order_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// atOnce is how many shoppers order at a time, and how many orders a commit of plain writes.
const atOnce = 64

// plain writes what an order writes, by prepared statements on one connection and without deciding anything: the most
// that this database can do. It copies the rows of an order that was placed.
type plain struct {
	shop   *modelstest.Shop
	conn   *sql.Conn
	rows   []row
	stmts  map[string]*sql.Stmt
	number int
}

// row is a row of an order; its values are those of the first.
type row struct {
	insert  string
	columns []string
	values  []any
}

// settings are those of models/db for its writer.
const settings = "?mode=rw&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_busy_timeout=5000&_cache_size=-4096"

// after are the statements of an order that are no inserts of its own rows: its cart's number, then the order's.
var after = []string{
	"UPDATE order_numbers SET next = next + 1 WHERE market_id = 1",
	"UPDATE levels SET held = held + 1 WHERE variant_id = 1 AND location_id = 1",
	"DELETE FROM cart_lines WHERE cart_id = ?",
	"DELETE FROM checkouts WHERE cart_id = ? AND market_id = 1",
}

func newPlain(b *testing.B) *plain {
	b.Helper()
	p := &plain{shop: modelstest.New(b), stmts: map[string]*sql.Stmt{}}
	first := p.shop.Place(b, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	pool, err := sql.Open("sqlite3", "file:"+p.shop.Path+settings)
	p.must(b, err)
	b.Cleanup(func() { _ = pool.Close() })
	p.conn, err = pool.Conn(b.Context())
	p.must(b, err)
	p.number = 10001
	p.copy(b, "orders", "id", first.ID)
	for _, table := range []string{"order_lines", "order_taxes", "order_events", "holds", "buyer_units"} {
		p.copy(b, table, "order_id", first.ID)
	}
	p.copy(b, "jobs", "subject_id", first.ID)
	for _, statement := range after {
		p.prepare(b, statement)
	}
	return p
}

// copy takes the rows of a table that belong to an order as models.
func (p *plain) copy(b *testing.B, table, column string, id int64) {
	b.Helper()
	found, err := p.conn.QueryContext(b.Context(), "SELECT * FROM "+table+" WHERE "+column+" = ?", id)
	p.must(b, err)
	defer found.Close()
	columns, err := found.Columns()
	p.must(b, err)
	for found.Next() {
		values := make([]any, len(columns))
		pointers := make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		p.must(b, found.Scan(pointers...))
		r := row{columns: columns, values: values}
		if at := slices.Index(columns, "id"); at >= 0 {
			r.values[at] = nil
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
		r.insert = "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (" + marks + ")"
		p.prepare(b, r.insert)
		p.rows = append(p.rows, r)
	}
	p.must(b, found.Err())
}

func (p *plain) prepare(b *testing.B, statement string) {
	b.Helper()
	prepared, err := p.conn.PrepareContext(b.Context(), statement)
	p.must(b, err)
	b.Cleanup(func() { _ = prepared.Close() })
	p.stmts[statement] = prepared
}

// write writes an order for each cart.
func (p *plain) write(b *testing.B, carts []order.Placement) {
	b.Helper()
	for group := range slices.Chunk(carts, atOnce) {
		_, err := p.conn.ExecContext(b.Context(), "BEGIN IMMEDIATE")
		p.must(b, err)
		for range group {
			p.order(b)
		}
		_, err = p.conn.ExecContext(b.Context(), "COMMIT")
		p.must(b, err)
	}
}

// order writes the next order: its cart has the number that follows the first order's.
func (p *plain) order(b *testing.B) {
	b.Helper()
	p.number++
	cart := int64(p.number - 10000)
	own := map[string]any{"number": fmt.Sprintf("US-%d", p.number), "token": fmt.Sprintf("TOKENTOKENTOKENTOKEN%06d", p.number), "cart_id": cart,
		"email_key": fmt.Sprintf("%032d", p.number), "address_key": fmt.Sprintf("%032d", -p.number)}
	for _, r := range p.rows {
		values := slices.Clone(r.values)
		for i, column := range r.columns {
			if value, changed := own[column]; changed {
				values[i] = value
			}
		}
		written, err := p.stmts[r.insert].ExecContext(b.Context(), values...)
		p.must(b, err)
		if own["order_id"] == nil {
			id, err := written.LastInsertId()
			p.must(b, err)
			own["order_id"], own["subject_id"] = id, id
		}
	}
	for _, statement := range after {
		var args []any
		if strings.Contains(statement, "?") {
			args = append(args, cart)
		}
		_, err := p.stmts[statement].ExecContext(b.Context(), args...)
		p.must(b, err)
	}
}

func (p *plain) must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
