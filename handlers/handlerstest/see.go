package handlerstest

import (
	"strings"

	"golang.org/x/net/html"
)

// See ends the test unless the page shows all the texts. Runs of spaces count as one, no-break spaces as spaces.
func (v *Visit) See(texts ...string) {
	v.t.Helper()
	shown := v.Text()
	for _, text := range texts {
		if !strings.Contains(shown, spaced(text)) {
			v.t.Fatalf("%s (%d) does not show %q but:\n%s", v.Path(), v.Status, text, shown)
		}
	}
}

// NotSee ends the test when the page, its hidden parts and markup included, has any of the texts.
func (v *Visit) NotSee(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if strings.Contains(spaced(v.Body), spaced(text)) || strings.Contains(v.Text(), spaced(text)) {
			v.t.Fatalf("%s (%d) shows %q", v.Path(), v.Status, text)
		}
	}
}

// Answered ends the test unless the page has this status.
func (v *Visit) Answered(status int) {
	v.t.Helper()
	if v.Status != status {
		v.t.Fatalf("%s answered %d, want %d:\n%s", v.Path(), v.Status, status, v.Text())
	}
}

// Title is the page's title.
func (v *Visit) Title() string {
	title := find(v.page, func(n *html.Node) bool { return n.Data == "title" })
	if title == nil {
		return ""
	}
	return words(title)
}

// Text is what the page shows.
func (v *Visit) Text() string {
	body := find(v.page, func(n *html.Node) bool { return n.Data == "body" })
	if body == nil {
		return ""
	}
	return words(body)
}

// words are the texts within an element, in order.
func words(n *html.Node) string {
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		block := n.Type == html.ElementNode && !inline[n.Data]
		if block {
			text.WriteByte(' ')
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
		if block {
			text.WriteByte(' ')
		}
	}
	walk(n)
	return spaced(text.String())
}

var inline = map[string]bool{"a": true, "b": true, "span": true, "strong": true, "em": true, "small": true, "i": true, "code": true}

func spaced(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)), " ")
}

// find is the first element, in document order, that fits.
func find(n *html.Node, fits func(*html.Node) bool) *html.Node {
	if n == nil || n.Type == html.ElementNode && fits(n) {
		return n
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if found := find(child, fits); found != nil {
			return found
		}
	}
	return nil
}

// all are the elements that fit, in document order.
func all(n *html.Node, fits func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	find(n, func(n *html.Node) bool {
		if fits(n) {
			found = append(found, n)
		}
		return false
	})
	return found
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func value(n *html.Node, name string) string {
	text, _ := attribute(n, name)
	return text
}

func set(n *html.Node, name, text string) {
	unset(n, name)
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: text})
}

func unset(n *html.Node, name string) {
	for i, a := range n.Attr {
		if a.Key == name {
			n.Attr = append(n.Attr[:i], n.Attr[i+1:]...)
			return
		}
	}
}
