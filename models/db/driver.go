//go:build cgo

package db

import (
	"errors"
	"slices"

	"github.com/mattn/go-sqlite3"
)

// errCompiler is nil: SQLite, which is C, is in this program.
var errCompiler error

// code is a result code of SQLite, primary or extended.
type code int

var (
	codeFull     = code(sqlite3.ErrFull)
	codeIO       = code(sqlite3.ErrIoErr)
	codeMemory   = code(sqlite3.ErrNomem)
	codeOpen     = code(sqlite3.ErrCantOpen)
	codeBusy     = code(sqlite3.ErrBusy)
	codeLocked   = code(sqlite3.ErrLocked)
	codeNotADB   = code(sqlite3.ErrNotADB)
	codeCorrupt  = code(sqlite3.ErrCorrupt)
	codeReadOnly = code(sqlite3.ErrReadonly)
	codeRights   = code(sqlite3.ErrPerm)
)

var (
	codesUnique = []sqlite3.ErrNoExtended{sqlite3.ErrConstraintUnique, sqlite3.ErrConstraintPrimaryKey, sqlite3.ErrConstraintRowID}
	codesCheck  = []sqlite3.ErrNoExtended{sqlite3.ErrConstraintCheck}
)

func hasExtended(err error, codes []sqlite3.ErrNoExtended) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && slices.Contains(codes, e.ExtendedCode)
}

func hasCode(err error, codes ...code) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && slices.Contains(codes, code(e.Code))
}

// watch has a driver's connection tell when its transaction is rolled back, and ask before each commit.
func watch(conn any, lost func(), mayCommit func() bool) {
	c := conn.(*sqlite3.SQLiteConn)
	c.RegisterRollbackHook(lost)
	c.RegisterCommitHook(func() int {
		if mayCommit() {
			return 0
		}
		return 1
	})
}

// inTransaction reports whether a driver's connection is in a transaction.
func inTransaction(conn any) bool { return !conn.(*sqlite3.SQLiteConn).AutoCommit() }
