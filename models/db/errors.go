package db

import (
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"softlaunch/models/fault"
)

// ErrNested is the answer to Read or Write from within a function of Read or Write. It would wait for itself, or not see
// the changes of the transaction around it: pass tx on instead.
var ErrNested = errors.New("db: Read or Write from within a function of Read or Write")

var (
	errClosed = errors.New("db: closed")
	errOver   = errors.New("db: the function of this Tx has returned")
	errEnds   = errors.New("db: a function does not end its transaction, it returns an error or nil")
	errExited = errors.New("db: the function ended its goroutine")
)

// PanicError is what Write returns when its function panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("db: panic: %v\n\n%s", e.Value, e.Stack) }

// Unwrap is the value that was panicked with when it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// NotFound reports whether a query through either door found no row.
func NotFound(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound)
}

// IsUnique reports whether a change through either door would have doubled a key.
func IsUnique(err error) bool {
	return errors.Is(err, gorm.ErrDuplicatedKey) || hasExtended(err, codesUnique)
}

// IsCheck reports whether a change through either door broke a CHECK constraint.
func IsCheck(err error) bool {
	return errors.Is(err, gorm.ErrCheckConstraintViolated) || hasExtended(err, codesCheck)
}

// classify makes a Busy fault of what is not the statement's fault: disk full, read or write failed, out of memory, a lock
// that another process held for too long. The cause stays beside it.
func classify(err error) error {
	if hasCode(err, codeFull, codeIO, codeMemory, codeOpen, codeBusy, codeLocked) {
		return busy(err)
	}
	return err
}

// busy is a Busy fault with its cause.
func busy(cause error) error {
	if fault.Is(cause, fault.Busy) {
		return cause
	}
	return errors.Join(fault.New(fault.Busy, "fault.busy"), cause)
}
