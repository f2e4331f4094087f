package components

import "strconv"

// Field is one input of a form. Name is also its id, so that an error summary can link to it.
type Field struct {
	Name, Label, Hint, Error, Value string
	Type                            string // "text" when empty
	Autocomplete, InputMode         string
	Optional                        string // the word for it, empty when the field is required
	MaxLength                       int
	Options                         []Option // makes it a list to choose from
	Prompt                          string   // the list's first, empty entry
}

// Option is an entry of a list.
type Option struct{ Value, Text string }

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
		ids = f.Name + "-hint"
	}
	if f.Error != "" {
		ids += " " + f.Name + "-error"
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
