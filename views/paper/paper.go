// Package paper prints what a seller gives on paper: invoices, credit notes and packing slips, as PDF. A Paper says all that
// stands on it, ready to read; Print sets it. The same Paper always gives the same bytes.
package paper

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Paper is a document on paper. Its table may take any number of pages: each repeats the heads, and what was carried over
// from the page before.
type Paper struct {
	Language string // BCP 47
	Size     string // a4, letter
	At       time.Time
	Title    string // "Invoice"
	Name     string // "Invoice DE-2026-00001", on later pages and in the file's properties
	Seller   string
	Sender   string // the seller's address on one line, above the recipient's
	ToTitle  string
	To       []string
	Facts    []Row
	Columns  []Column
	Lines    []Line
	Carried  string // what carried sums are called; empty carries none
	Totals   []Row
	Taxes    Taxes
	Notes    []string
	Foot     [3][]string
	PageOf   func(page, pages int) string
}

// Row is a name and a value. A Strong one stands out.
type Row struct {
	Name, Value string
	Strong      bool
}

// Column is a part of the table. Share is its part of the width; End aligns figures at its end.
type Column struct {
	Title string
	Share float64
	End   bool
}

// Line is a row of the table. Small are further lines of each cell in small print; Sum is what the lines come to so far. A
// Box in the last column is there to be ticked.
type Line struct {
	Cells []string
	Small [][]string
	Sum   string
	Box   bool
}

// Taxes is the table of what was taxed at which rate. Without heads there is none.
type Taxes struct {
	Heads []string
	Rows  [][]string
	Sums  []string
}

// Print sets a Paper and answers its PDF.
func Print(p Paper) ([]byte, error) {
	s := newSheet(p)
	s.head()
	s.letter()
	s.table()
	s.sums()
	s.notes()
	s.feet()
	var out bytes.Buffer
	err := s.pdf.Output(&out)
	return out.Bytes(), err
}

// sizes are the papers in points.
var sizes = map[string]fpdf.SizeType{"a4": {Wd: 595.28, Ht: 841.89}, "letter": {Wd: 612, Ht: 792}}
