package db_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"softlaunch/models/db"
)

// writers is how many callers wait at once in the grouped benchmarks.
const writers = 64

// An order-like transaction: an order, two lines, two changes of stock.
const (
	insertOrder = "INSERT INTO bench_order (buyer, total, placed_at) VALUES (?, ?, ?)"
	insertLine  = "INSERT INTO bench_line (order_id, sku, quantity) VALUES (?, ?, ?)"
	takeStock   = "UPDATE bench_stock SET free = free - ?, held = held + ? WHERE id = ?"
)

var benchTables = []string{
	"CREATE TABLE bench_order (id INTEGER PRIMARY KEY, buyer TEXT NOT NULL, total INTEGER NOT NULL, placed_at INTEGER NOT NULL) STRICT",
	"CREATE TABLE bench_line (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES bench_order (id), sku TEXT NOT NULL, quantity INTEGER NOT NULL) STRICT",
	"CREATE INDEX bench_line_order ON bench_line (order_id)",
	"CREATE TABLE bench_stock (id INTEGER PRIMARY KEY, free INTEGER NOT NULL CHECK (free >= 0), held INTEGER NOT NULL) STRICT",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO bench_stock SELECT i, 1000000000, 0 FROM n",
}

type benchOrder struct {
	ID       int64
	Buyer    string
	Total    int64
	PlacedAt int64
}

func (benchOrder) TableName() string { return "bench_order" }

type benchLine struct {
	ID, OrderID int64
	SKU         string `gorm:"column:sku"`
	Quantity    int64
}

func (benchLine) TableName() string { return "bench_line" }

type benchStock struct{ ID, Free, Held int64 }

func (benchStock) TableName() string { return "bench_stock" }

// placePrepared places the nth order through the prepared door.
func placePrepared(n int64) func(db.Tx) error {
	return func(tx db.Tx) error {
		placed, err := tx.Exec(insertOrder, "buyer@example.com", 5990, int64(tx.Now()))
		if err != nil {
			return err
		}
		order, err := placed.LastInsertId()
		for i := int64(0); i < 2 && err == nil; i++ {
			if _, err = tx.Exec(insertLine, order, "band-black", 1); err == nil {
				_, err = tx.Exec(takeStock, 1, 1, (n+i)%100+1)
			}
		}
		return err
	}
}

// placeGormExec places it through GORM's Exec.
func placeGormExec(n int64) func(db.Tx) error {
	return func(tx db.Tx) error {
		g := tx.Gorm()
		var order int64
		err := g.Raw(insertOrder+" RETURNING id", "buyer@example.com", 5990, tx.Now()).Scan(&order).Error
		for i := int64(0); i < 2 && err == nil; i++ {
			if err = g.Exec(insertLine, order, "band-black", 1).Error; err == nil {
				err = g.Exec(takeStock, 1, 1, (n+i)%100+1).Error
			}
		}
		return err
	}
}

// placeGorm places it with GORM's own verbs.
func placeGorm(n int64) func(db.Tx) error {
	return func(tx db.Tx) error {
		g := tx.Gorm()
		order := benchOrder{Buyer: "buyer@example.com", Total: 5990, PlacedAt: int64(tx.Now())}
		if err := g.Create(&order).Error; err != nil {
			return err
		}
		lines := []benchLine{{OrderID: order.ID, SKU: "band-black", Quantity: 1}, {OrderID: order.ID, SKU: "bank-white", Quantity: 1}}
		if err := g.Create(&lines).Error; err != nil {
			return err
		}
		for i := range int64(2) {
			err := g.Model(&benchStock{}).Where("id = ?", (n+i)%100+1).
				Updates(map[string]any{"free": gorm.Expr("free - ?", 1), "held": gorm.Expr("held + ?", 1)}).Error
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// BenchmarkWrite tells orders per second through each door, one at a time and with 64 callers waiting, beside plain
// prepared SQL on a file with the same settings. Each grouped line also tells how many times single it is.
func BenchmarkWrite(b *testing.B) {
	for _, door := range []struct {
		name  string
		place func(int64) func(db.Tx) error
	}{{"prepared", placePrepared}, {"gorm-exec", placeGormExec}, {"gorm", placeGorm}} {
		b.Run(door.name, func(b *testing.B) {
			var single float64
			b.Run("single", func(b *testing.B) { single = orders(b, 0, writeSingle, door.place) })
			b.Run("grouped", func(b *testing.B) { orders(b, single, writeGrouped, door.place) })
		})
	}
	b.Run("plain-sql", func(b *testing.B) {
		var single float64
		b.Run("single", func(b *testing.B) { single = plainOrders(b, 0, 1) })
		b.Run("grouped", func(b *testing.B) { plainOrders(b, single, writers) })
	})
}

// orders runs on a fresh database and returns the orders per second.
func orders(b *testing.B, single float64, run func(*testing.B, *db.DB, func(int64) func(db.Tx) error),
	place func(int64) func(db.Tx) error) float64 {
	d := openAt(b, filepath.Join(b.TempDir(), "shop.db"))
	for _, statement := range benchTables {
		write(b, d, statement)
	}
	b.ResetTimer()
	run(b, d, place)
	return report(b, single)
}

// report tells the orders per second and, where single is known, the ratio to it.
func report(b *testing.B, single float64) float64 {
	b.StopTimer()
	perSecond := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(perSecond, "orders/s")
	if single > 0 {
		b.ReportMetric(perSecond/single, "x-single")
	}
	return perSecond
}

func writeSingle(b *testing.B, d *db.DB, place func(int64) func(db.Tx) error) {
	for n := range b.N {
		if err := d.Write(b.Context(), place(int64(n))); err != nil {
			b.Fatal(err)
		}
	}
}

func writeGrouped(b *testing.B, d *db.DB, place func(int64) func(db.Tx) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := d.Write(b.Context(), place(n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// plainOrders is the yardstick: prepared statements on one connection, a commit after every `each` orders.
func plainOrders(b *testing.B, single float64, each int) float64 {
	pool := raw(b, "file:"+filepath.Join(b.TempDir(), "plain.db")+"?_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1")
	conn, err := pool.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	p := plain{b: b, conn: conn}
	for _, statement := range benchTables {
		p.exec(statement)
	}
	p.prepare()
	b.ResetTimer()
	for n := 0; n < b.N; n += each {
		p.exec("BEGIN IMMEDIATE")
		for i := n; i < min(n+each, b.N); i++ {
			p.place(int64(i))
		}
		p.exec("COMMIT")
	}
	return report(b, single)
}

// plain is a connection with the three statements prepared by hand.
type plain struct {
	b                  *testing.B
	conn               *sql.Conn
	order, line, stock *sql.Stmt
}

func (p *plain) exec(query string) {
	if _, err := p.conn.ExecContext(context.Background(), query); err != nil {
		p.b.Fatal(err)
	}
}

func (p *plain) prepare() {
	for query, statement := range map[string]**sql.Stmt{insertOrder: &p.order, insertLine: &p.line, takeStock: &p.stock} {
		prepared, err := p.conn.PrepareContext(context.Background(), query)
		if err != nil {
			p.b.Fatal(err)
		}
		p.b.Cleanup(func() { _ = prepared.Close() })
		*statement = prepared
	}
}

func (p *plain) place(n int64) {
	placed := p.run(p.order, "buyer@example.com", 5990, n)
	order, _ := placed.LastInsertId()
	for i := range int64(2) {
		p.run(p.line, order, "band-black", 1)
		p.run(p.stock, 1, 1, (n+i)%100+1)
	}
}

func (p *plain) run(statement *sql.Stmt, args ...any) sql.Result {
	result, err := statement.ExecContext(context.Background(), args...)
	if err != nil {
		p.b.Fatal(err)
	}
	return result
}
