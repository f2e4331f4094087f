// Package fault names the kinds of error that the shop tells people about. A model returns one of them; handlers/errors.go
// turns the kind into a page. Every other error is a defect or an outage and becomes a 500.
package fault

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Kind says what went wrong in the caller's terms.
type Kind int

const (
	// NotFound means there is no such thing for this caller; hidden and foreign things are not found either.
	NotFound Kind = iota + 1
	// Invalid means that fields of the request are wrong; Fields says which.
	Invalid
	// Conflict means that the request was fine but what it rests on has changed.
	Conflict
	// Forbidden means that the caller is known and may not.
	Forbidden
	// NotOpen means that the offer can't be bought now.
	NotOpen
	// Busy means that the shop can't take this now and a later try may succeed.
	Busy
	// TooMany means that this caller has tried too often and must wait.
	TooMany
)

var names = map[Kind]string{
	NotFound: "not found", Invalid: "invalid", Conflict: "conflict",
	Forbidden: "forbidden", NotOpen: "not open", Busy: "busy", TooMany: "too many",
}

func (k Kind) String() string { return names[k] }

// Error is a fault with the message key of what to tell people. Fields maps form fields to message keys and is only set
// for Invalid.
type Error struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Fields map[string]string
}

func (e *Error) Error() string {
	text := e.Kind.String() + ": " + e.Key
	for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
		text += " " + field + "=" + e.Fields[field]
	}
	return strings.TrimSpace(text)
}

// New is a fault of a kind with the message key of its explanation.
func New(kind Kind, key string) *Error { return &Error{Kind: kind, Key: key} }

// With returns the same fault with a value for its message.
func (e *Error) With(name string, value any) *Error {
	args := maps.Clone(e.Args)
	if args == nil {
		args = map[string]any{}
	}
	args[name] = value
	return &Error{Kind: e.Kind, Key: e.Key, Args: args, Fields: e.Fields}
}

// Of is the kind of the first fault in err's chain, or 0 when there is none.
func Of(err error) Kind {
	var f *Error
	if errors.As(err, &f) {
		return f.Kind
	}
	return 0
}

// Is reports whether err is a fault of this kind.
func Is(err error, kind Kind) bool { return Of(err) == kind }

// Fields gathers the message keys of a form's wrong fields.
type Fields map[string]string

// Add notes a field's first fault; later ones of the same field are dropped.
func (f Fields) Add(field, key string) {
	if _, taken := f[field]; !taken {
		f[field] = key
	}
}

// Err is an Invalid fault when a field is wrong and nil otherwise.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: f}
}
