package email

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads the store's pages. As everywhere, raw HTML and addresses that run script are left out.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// html is a page's body without its title, with absolute links.
func (s Sender) html(body string) string {
	source := []byte(body)
	var html bytes.Buffer
	if err := markdown.Renderer().Render(&html, source, s.parse(source)); err != nil {
		return "" // a bytes.Buffer takes everything
	}
	return html.String()
}

// parse reads Markdown, takes off the title, which the mail shows itself, and leads links of the shop to its address.
func (s Sender) parse(source []byte) ast.Node {
	document := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext()))
	if title, ok := document.FirstChild().(*ast.Heading); ok && title.Level == 1 {
		document.RemoveChild(document, title)
	}
	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := node.(*ast.Link); ok && entering && bytes.HasPrefix(link.Destination, []byte("/")) {
			link.Destination = append([]byte(s.URL), link.Destination...)
		}
		return ast.WalkContinue, nil
	})
	return document
}

// plainText is a page's body as a typist would write it: titles in a line of their own, lists with dashes, addresses
// behind what leads to them.
func (s Sender) plainText(body string) string {
	source := []byte(body)
	w := typist{source: source}
	_ = ast.Walk(s.parse(source), w.visit)
	return strings.TrimSpace(w.out.String())
}

// address is the first paragraph that is set line by line, which in an imprint is who sells and where, on one line.
func address(body string) string {
	source := []byte(body)
	for node := markdown.Parser().Parse(text.NewReader(source)).FirstChild(); node != nil; node = node.NextSibling() {
		w := typist{source: source}
		_ = ast.Walk(node, w.visit)
		if lines := strings.Split(strings.TrimSpace(w.out.String()), "\n"); node.Kind() == ast.KindParagraph && len(lines) > 1 {
			return strings.Join(lines, ", ")
		}
	}
	return ""
}

// typist writes a document down as plain text.
type typist struct {
	source []byte
	out    strings.Builder
}

func (w *typist) visit(node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.enter(node)
	} else {
		w.leave(node)
	}
	return ast.WalkContinue, nil
}

func (w *typist) enter(node ast.Node) {
	switch n := node.(type) {
	case *ast.Text:
		w.out.Write(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(n.Segment.Value(w.source)))))
		if n.HardLineBreak() {
			w.out.WriteByte('\n')
		} else if n.SoftLineBreak() {
			w.out.WriteByte(' ')
		}
	case *ast.String:
		w.out.Write(n.Value)
	case *ast.AutoLink:
		w.out.Write(n.URL(w.source))
	case *ast.ListItem:
		w.out.WriteString(bullet(n))
	}
}

func (w *typist) leave(node ast.Node) {
	switch n := node.(type) {
	case *ast.Link:
		if address := strings.TrimPrefix(string(n.Destination), "mailto:"); !strings.HasSuffix(w.out.String(), address) {
			w.out.WriteString(" (" + address + ")")
		}
	case *ast.Heading, *ast.Paragraph, *ast.List:
		w.out.WriteString("\n\n")
	case *ast.TextBlock, *extended.TableHeader, *extended.TableRow:
		w.out.WriteByte('\n')
	case *extended.TableCell:
		if n.NextSibling() != nil {
			w.out.WriteString(" | ")
		}
	}
}

// bullet is a dash, or the item's number in an ordered list.
func bullet(item *ast.ListItem) string {
	list := item.Parent().(*ast.List)
	if !list.IsOrdered() {
		return "- "
	}
	n := list.Start
	for before := item.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		n++
	}
	return strconv.Itoa(n) + ". "
}
