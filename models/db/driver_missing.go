//go:build !cgo

package db

import "errors"

// errCompiler is what Open answers in a program that was built without a C compiler: Go then leaves SQLite out. This file
// lets such a program be built, so that it can say so in one sentence.
var errCompiler = errors.New("this program was built without a C compiler, which SQLite needs; install one (Debian: gcc and libc6-dev, macOS: xcode-select --install) and build it again")

type code int

const (
	codeFull code = iota
	codeIO
	codeMemory
	codeOpen
	codeBusy
	codeLocked
	codeNotADB
	codeCorrupt
	codeReadOnly
	codeRights
)

var codesUnique, codesCheck []code

func hasExtended(error, []code) bool { return false }

func hasCode(error, ...code) bool { return false }

func watch(any, func(), func() bool) {}

func inTransaction(any) bool { return false }
