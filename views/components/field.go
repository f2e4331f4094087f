package components

import "strconv"

// Field is one input of a form. An error summary links to its ID, which is its name where that is unique on the page.
type Field struct {
	ID                              string
	Name, Label, Hint, Error, Value string
	Type                            string // "text" when empty
	Autocomplete, InputMode         string
	Optional                        string // the word for it, empty when the field is required
	MaxLength                       int
	Options                         []Option // makes it a list to choose from
	Prompt                          string   // the list's first, empty entry
	Lines                           int      // makes it a text area of so many lines
	Accept                          string   // of a field of type "file": what it takes
}

// Option is an entry of a list.
type Option struct{ Value, Text string }

// Anchor is the id of the field's element.
func (f Field) Anchor() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) class() string {
	if f.Error != "" {
		return "field field--faulty"
	}
	return "field"
}

// described lists the ids of the hint and error, for aria-describedby.
func (f Field) described() string {
	ids := ""
	if f.Hint != "" {
		ids = f.Anchor() + "-hint"
	}
	if f.Error != "" {
		ids += " " + f.Anchor() + "-error"
	}
	return ids
}

func (f Field) maxLength() string {
	if f.MaxLength == 0 {
		return "200"
	}
	return strconv.Itoa(f.MaxLength)
}

// Choice is one of several ways, shown with what it means: a delivery method, a payment method.
type Choice struct {
	Name, Value, Label string
	More               []string
	Price              string
	Picked             bool
}

// Choices are the ways to choose from and what was wrong with the last answer.
type Choices struct {
	Name, Legend, Error string
	Options             []Choice
}
