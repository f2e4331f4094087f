package handlerstest

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Form is one of a page's forms, for pages where several have fields or buttons of the same name.
type Form struct {
	visit *Visit
	node  *html.Node
}

// Form is the first form of the page that is sent to an address.
func (v *Visit) Form(action string) Form {
	v.t.Helper()
	node := find(v.page, func(n *html.Node) bool { return n.Data == "form" && value(n, "action") == action })
	if node == nil {
		v.t.Fatalf("%s (%d) has no form to %s:\n%s", v.Path(), v.Status, action, v.Text())
	}
	return Form{visit: v, node: node}
}

// Has reports whether the page has a form that is sent to an address.
func (v *Visit) Has(action string) bool {
	return find(v.page, func(n *html.Node) bool { return n.Data == "form" && value(n, "action") == action }) != nil
}

// Fill types into the field with this label or name, or picks in a list the entry with this text or value.
func (v *Visit) Fill(field, text string) { v.t.Helper(); Form{v, v.page}.Fill(field, text) }

// Choose picks the radio button of a name with this value.
func (v *Visit) Choose(name, text string) { v.t.Helper(); Form{v, v.page}.Choose(name, text) }

// Tick ticks the box with this label or name.
func (v *Visit) Tick(field string) { v.t.Helper(); Form{v, v.page}.Tick(field) }

// Press presses the button with this text and follows redirects.
func (v *Visit) Press(button string) { v.t.Helper(); Form{v, v.page}.Press(button) }

// Follow follows the first link with this text.
func (v *Visit) Follow(text string) {
	v.t.Helper()
	link := find(v.page, func(n *html.Node) bool { return n.Data == "a" && words(n) == spaced(text) })
	if link == nil {
		v.t.Fatalf("%s (%d) has no link %q:\n%s", v.Path(), v.Status, text, v.Text())
	}
	v.load(http.MethodGet, value(link, "href"), nil, "same-origin")
}

// Fill is Visit.Fill within the form.
func (f Form) Fill(field, text string) {
	f.visit.t.Helper()
	control := f.control(field)
	switch control.Data {
	case "select":
		f.pick(control, text)
	case "textarea":
		for control.FirstChild != nil {
			control.RemoveChild(control.FirstChild)
		}
		control.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	default:
		set(control, "value", text)
	}
}

func (f Form) pick(list *html.Node, text string) {
	f.visit.t.Helper()
	entries := all(list, func(n *html.Node) bool { return n.Data == "option" })
	var picked *html.Node
	for _, entry := range entries {
		unset(entry, "selected")
		if picked == nil && (words(entry) == spaced(text) || value(entry, "value") == text) {
			picked = entry
		}
	}
	if picked == nil {
		f.visit.t.Fatalf("the list %q has no entry %q", value(list, "name"), text)
	}
	set(picked, "selected", "")
}

// Choose is Visit.Choose within the form.
func (f Form) Choose(name, text string) {
	f.visit.t.Helper()
	found := false
	for _, n := range all(f.node, func(n *html.Node) bool { return value(n, "type") == "radio" && value(n, "name") == name }) {
		unset(n, "checked")
		if value(n, "value") == text {
			set(n, "checked", "")
			found = true
		}
	}
	if !found {
		f.visit.t.Fatalf("%s: %q can't be chosen for %s", f.visit.Path(), text, name)
	}
}

// Tick is Visit.Tick within the form.
func (f Form) Tick(field string) { f.visit.t.Helper(); set(f.control(field), "checked", "") }

// Press is Visit.Press within the form.
func (f Form) Press(text string) {
	f.visit.t.Helper()
	button := find(f.node, func(n *html.Node) bool {
		submits := n.Data == "button" && value(n, "type") != "button" || n.Data == "input" && value(n, "type") == "submit"
		return submits && (words(n) == spaced(text) || value(n, "value") == text)
	})
	if button == nil {
		f.visit.t.Fatalf("%s (%d) has no button %q:\n%s", f.visit.Path(), f.visit.Status, text, f.visit.Text())
	}
	if _, off := attribute(button, "disabled"); off {
		f.visit.t.Fatalf("the button %q is disabled", text)
	}
	f.visit.submit(button)
}

// Value is what stands in a field.
func (f Form) Value(field string) string { return value(f.control(field), "value") }

// Value is what stands in a field.
func (v *Visit) Value(field string) string { return Form{v, v.page}.Value(field) }

// control is the field with a label or name.
func (f Form) control(field string) *html.Node {
	f.visit.t.Helper()
	label := find(f.node, func(n *html.Node) bool {
		return n.Data == "label" && strings.HasPrefix(words(n)+" ", spaced(field)+" ")
	})
	if label != nil {
		if id, ok := attribute(label, "for"); ok {
			return find(f.node, func(n *html.Node) bool { return controls[n.Data] && value(n, "id") == id })
		}
		if within := find(label, func(n *html.Node) bool { return controls[n.Data] }); within != nil {
			return within
		}
	}
	named := find(f.node, func(n *html.Node) bool { return controls[n.Data] && value(n, "name") == field })
	if named == nil {
		f.visit.t.Fatalf("%s (%d) has no field %q:\n%s", f.visit.Path(), f.visit.Status, field, f.visit.Text())
	}
	return named
}

var controls = map[string]bool{"input": true, "select": true, "textarea": true}

// submit sends the form of a button, with the button's own value.
func (v *Visit) submit(button *html.Node) {
	v.t.Helper()
	form := button
	for form != nil && form.Data != "form" {
		form = form.Parent
	}
	if form == nil {
		v.t.Fatal("the button belongs to no form")
	}
	fields := successful(form)
	if name := value(button, "name"); name != "" {
		fields.Add(name, value(button, "value"))
	}
	action := value(form, "action")
	if action == "" {
		action = v.Path()
	}
	if strings.EqualFold(value(form, "method"), "post") {
		v.load(http.MethodPost, action, fields, "same-origin")
		return
	}
	path, _, _ := strings.Cut(action, "?")
	v.load(http.MethodGet, path+"?"+fields.Encode(), nil, "same-origin")
}

// successful are the fields that a browser sends with a form (HTML, 4.10.22.4).
func successful(form *html.Node) url.Values {
	fields := url.Values{}
	for _, n := range all(form, func(n *html.Node) bool { return controls[n.Data] }) {
		name := value(n, "name")
		_, off := attribute(n, "disabled")
		_, ticked := attribute(n, "checked")
		kind := value(n, "type")
		switch {
		case name == "" || off || kind == "submit" || kind == "button" || (kind == "checkbox" || kind == "radio") && !ticked:
		case n.Data == "select":
			fields.Add(name, chosen(n))
		case n.Data == "textarea":
			fields.Add(name, content(n))
		case kind == "checkbox" && value(n, "value") == "":
			fields.Add(name, "on")
		default:
			fields.Add(name, value(n, "value"))
		}
	}
	return fields
}

// content is the text of a text area, with its line breaks.
func content(area *html.Node) string {
	var text strings.Builder
	for child := area.FirstChild; child != nil; child = child.NextSibling {
		text.WriteString(child.Data)
	}
	return text.String()
}

// chosen is the value of a list's picked entry, the first when none is.
func chosen(list *html.Node) string {
	entries := all(list, func(n *html.Node) bool { return n.Data == "option" })
	if len(entries) == 0 {
		return ""
	}
	picked := entries[0]
	for _, entry := range entries {
		if _, ok := attribute(entry, "selected"); ok {
			picked = entry
			break
		}
	}
	if text, ok := attribute(picked, "value"); ok {
		return text
	}
	return words(picked)
}
