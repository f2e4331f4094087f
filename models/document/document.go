// Package document issues what the law has a seller give for what was sold: an invoice when an order is paid, a credit note
// when some of it is taken back. A document says what it said for ever; its numbers have no gap.
package document

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Kind is what a document is.
type Kind string

// The kinds.
const (
	Invoice    Kind = "invoice"
	CreditNote Kind = "credit_note"
)

// JobPrint is the job that prints a document; its subject is the document.
const JobPrint = "document.print"

// Document is an invoice or a credit note as it is listed. Series and Ordinal make its number, which is the market's own.
type Document struct {
	ID        int64
	MarketID  int64
	Series    string
	Ordinal   int64
	Number    string
	Kind      Kind
	OrderID   int64
	CreditID  *int64 // of a credit note
	IssuedAt  clock.Instant
	KeepUntil clock.Instant
	Printed   bool
}

// File is a document as it was printed.
type File struct {
	Document
	PDF    []byte
	SHA256 string // of PDF, in hexadecimal
}

// Documents are the shop's documents.
type Documents struct{ data *db.DB }

// New keeps documents in a database.
func New(data *db.DB) *Documents { return &Documents{data: data} }

var errUnknown = fault.New(fault.NotFound, "fault.document")
