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
	Wide   bool // it has many fields, two in a row where there is room
	Upload bool // it sends a file
	// Preview has a second button, step=preview, that shows what the form would do.
	Preview bool
	Strong  bool // it does something that can't be undone
}

// Hidden is a value that the form sends and nobody types.
type Hidden struct{ Name, Value string }

// Entry is a field and, for a local time that occurs twice, the choice between its instants. With Boxes it is boxes to tick
// in place of a field. Group is the title of the fields that begin here.
type Entry struct {
	components.Field
	Twice components.Choices
	Boxes []Box
	Group string
}

// Box is a box to tick.
type Box struct {
	Name, Value, Label string
	Ticked             bool
}

// faults are links to the fields at fault.
func (f Form) faults() []components.Link {
	var links []components.Link
	if f.Error != "" {
		links = append(links, components.Link{Text: f.Error, URL: "#main"})
	}
	for _, e := range f.Fields {
		if e.Error != "" {
			links = append(links, components.Link{Text: e.Label + ": " + e.Error, URL: "#" + e.Anchor()})
		}
	}
	return links
}

func (f Form) layout() string {
	if f.Wide {
		return "form office__form office__form--wide"
	}
	return "form office__form"
}

// manyBoxes is from how many boxes on they stand in columns.
const manyBoxes = 8

func (e Entry) boxesClass() string {
	if len(e.Boxes) > manyBoxes {
		return "boxes boxes--many"
	}
	return "boxes"
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

// on gives the form's fields ids of their own, on a page where another form has fields of the same names.
func (f Form) on(id string) Form {
	for i := range f.Fields {
		f.Fields[i].ID = id + "-" + f.Fields[i].Name
	}
	return f
}

// grouped are fields under a title.
func grouped(title string, entries ...Entry) []Entry {
	entries[0].Group = title
	return entries
}

// boxes are boxes to tick under a legend. Their fault is that of name.
func boxes(name, legend, hint string, faults map[string]string, all ...Box) Entry {
	e := entry(components.Field{Name: name, Label: legend, Hint: hint}, faults)
	e.Boxes = all
	return e
}

// box is one box to tick.
func box(name, label, hint string, ticked bool, faults map[string]string) Entry {
	return boxes(name, "", hint, faults, Box{Name: name, Value: "yes", Label: label, Ticked: ticked})
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
