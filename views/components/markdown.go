package components

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// markdown leaves out raw HTML and addresses that run script, which is goldmark's own default.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// Markdown is the HTML of a text that staff wrote, safe to show as it is.
func Markdown(text string) string {
	var html bytes.Buffer
	if err := markdown.Convert([]byte(text), &html); err != nil {
		return "" // a bytes.Buffer takes everything
	}
	return html.String()
}
