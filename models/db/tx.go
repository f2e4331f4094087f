package db

import (
	"context"
	"database/sql"

	"gorm.io/gorm"

	"softlaunch/models/clock"
)

// Tx is what a function of Read or Write works with. It is good until that function returns. It has two doors to the
// same transaction: GORM, and plain statements that are prepared once per connection. A function may run twice, so it
// touches nothing outside tx but its own result, which it sets anew each time; it uses tx from one goroutine.
type Tx struct{ scope *scope }

// Now is the instant at which the function began; every row of one change has one instant.
func (tx Tx) Now() clock.Instant { return tx.scope.now }

// Context carries the caller's values and, in Read, his cancellation. Read and Write refuse it.
func (tx Tx) Context() context.Context { return tx.scope.ctx }

// After has f run when the function has been committed, before Write or Read returns, and not otherwise. It runs on the
// caller's goroutine, outside the transaction.
func (tx Tx) After(f func()) { tx.scope.after = append(tx.scope.after, f) }

// Gorm is a fresh session in the transaction. Unique and foreign key violations are GORM's errors; Transaction nests by
// savepoint, Begin and Commit are refused.
func (tx Tx) Gorm() *gorm.DB { return tx.scope.session() }

// Exec runs a plain statement.
func (tx Tx) Exec(query string, args ...any) (sql.Result, error) {
	return tx.scope.ExecContext(tx.scope.ctx, query, args...)
}

// Query runs a plain query. Rows left open are closed when the function returns.
func (tx Tx) Query(query string, args ...any) (*sql.Rows, error) {
	return tx.scope.QueryContext(tx.scope.ctx, query, args...)
}

// QueryRow runs a plain query of at most one row.
func (tx Tx) QueryRow(query string, args ...any) *sql.Row {
	return tx.scope.QueryRowContext(tx.scope.ctx, query, args...)
}
