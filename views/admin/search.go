package admin

import "softlaunch/views/components"

// Search is the filters above a list. Narrowed says that they leave something out.
type Search struct {
	Action      string
	Label, Text string
	Lists       []components.Field
	Narrowed    bool
}

// list is a filter that is picked from a list; "" is everything.
func list(name, label, everything, value string, options []components.Option) components.Field {
	return components.Field{Name: name, Label: label, Value: value, Prompt: everything, Options: options}
}
