package admin

import "softlaunch/views/components"

// Form is fields with a button. Error is what is wrong with all of it, not with one field.
type Form struct {
	Action string
	Hidden []Hidden
	Fields []Entry
	Error  string
	Button string
	Quiet  bool // the page's main action is elsewhere
	Strong bool // it does something that can't be undone
}

// Hidden is a value that the form sends and nobody types.
type Hidden struct{ Name, Value string }

// Entry is a field and, for a local time that occurs twice, the choice between its instants.
type Entry struct {
	components.Field
	Twice components.Choices
}

// faults are links to the fields at fault.
func (f Form) faults() []components.Link {
	var links []components.Link
	if f.Error != "" {
		links = append(links, components.Link{Text: f.Error, URL: "#main"})
	}
	for _, e := range f.Fields {
		if e.Error != "" {
			links = append(links, components.Link{Text: e.Label + ": " + e.Error, URL: "#" + e.Name})
		}
	}
	return links
}

func (f Form) class() string {
	switch {
	case f.Strong:
		return "button button--small button--ink"
	case f.Quiet:
		return "button button--small button--quiet"
	}
	return "button button--small"
}

// entry is a field with its fault, given as a message key.
func entry(field components.Field, faults map[string]string) Entry {
	if key := faults[field.Name]; key != "" {
		field.Error = say(key)
	}
	return Entry{Field: field}
}

// moment is a field for a local time. When clocks show it twice it asks which is meant, in a field of the name with _fold.
func moment(field components.Field, faults map[string]string, fold string) Entry {
	field.Type, field.MaxLength = "datetime-local", 30
	e := entry(field, faults)
	if faults[field.Name] == "time.double" || fold != "" {
		e.Twice = components.Choices{Name: field.Name + "_fold", Legend: "Which of the two", Options: []components.Choice{
			{Name: field.Name + "_fold", Value: "earlier", Label: "The earlier one, before clocks are set back", Picked: fold == "earlier"},
			{Name: field.Name + "_fold", Value: "later", Label: "The later one, after clocks are set back", Picked: fold == "later"},
		}}
	}
	return e
}
