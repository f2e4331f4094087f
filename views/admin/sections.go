package admin

import (
	"github.com/a-h/templ"

	"softlaunch/views/components"
)

// SectionsPage is about one thing, part by part. Actions stand beside the title.
type SectionsPage struct {
	Frame
	State    components.State
	Actions  []components.Link
	Sections []Section
}

// Section is a part of a page: what is so, and forms that change it.
type Section struct {
	Title string
	Notes []string
	Chart templ.Component
	Rows  []components.Row
	Table *Table
	Empty string // stands where the table would be
	Links []components.Link
	Form  *Form
	// Fold hides the form behind the section's title until it is wanted, or has a fault.
	Fold bool
}

func (s Section) open() bool { return s.Form != nil && len(s.Form.faults()) > 0 }

// Table is rows under heads. The first cell of a row names it.
type Table struct {
	Label string
	Heads []Head
	Rows  [][]Cell
}

// Head is a column's title. End aligns figures at the column's end; Unseen keeps it for screen readers.
type Head struct {
	Text        string
	End, Unseen bool
}

// Cell is a text with what belongs to it.
type Cell struct {
	Text, URL, More string
	State           components.State
	Links           []components.Link
	Lines           []string
	Form            *Form
}

// heads are titles of columns; one that ends in > aligns figures at the end, one in parentheses is unseen.
func heads(titles ...string) []Head {
	list := make([]Head, len(titles))
	for i, title := range titles {
		last := len(title) - 1
		switch {
		case title[last] == '>':
			list[i] = Head{Text: title[:last], End: true}
		case title[0] == '(' && title[last] == ')':
			list[i] = Head{Text: title[1:last], Unseen: true}
		default:
			list[i] = Head{Text: title}
		}
	}
	return list
}

// cells are texts as a row's cells.
func cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, text := range texts {
		row[i] = Cell{Text: text}
	}
	return row
}

// look is the table's class: one of few columns fits a narrow screen.
func (t Table) look() string {
	if len(t.Heads) <= 3 {
		return "table table--narrow"
	}
	return "table"
}

func (t Table) end(column int) bool { return column < len(t.Heads) && t.Heads[column].End }

func (t Table) class(column int) string {
	if t.end(column) {
		return "end figures"
	}
	return ""
}
