// Package papertest reads what stands on a printed document, for tests: the text of its pages, in the order in which it was
// set.
package papertest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

var (
	pageObject = regexp.MustCompile(`(?s)<</Type /Page\s.*?/Contents (\d+) 0 R`)
	shown      = regexp.MustCompile(`(?s)BT ([\d.-]+) ([\d.-]+) Td \(((?:[^()\\]|\\.)*)\) Tj`)
)

// Pages are the texts of a PDF's pages, a line for each text that was set. No-break spaces are given as spaces.
func Pages(t testing.TB, pdf []byte) []string {
	t.Helper()
	var pages []string
	for _, content := range contents(t, pdf) {
		var lines []string
		for _, text := range shown.FindAllSubmatch(content, -1) {
			lines = append(lines, decode(text[3]))
		}
		pages = append(pages, strings.Join(lines, "\n"))
	}
	return pages
}

// Text is all that stands on a PDF.
func Text(t testing.TB, pdf []byte) string {
	t.Helper()
	return strings.Join(Pages(t, pdf), "\n")
}

// edge is how near to the edge of the paper text may stand, in points.
const edge = 14

// Inside says so where text begins beyond the edge of an A4 or Letter page.
func Inside(t testing.TB, pdf []byte) {
	t.Helper()
	for i, content := range contents(t, pdf) {
		for _, text := range shown.FindAllSubmatch(content, -1) {
			x, _ := strconv.ParseFloat(string(text[1]), 64)
			y, _ := strconv.ParseFloat(string(text[2]), 64)
			if x < edge || x > 612-edge || y < edge || y > 842-edge {
				t.Errorf("page %d: %q stands at %.0f, %.0f", i+1, decode(text[3]), x, y)
			}
		}
	}
}

// contents are what draws each page.
func contents(t testing.TB, pdf []byte) [][]byte {
	t.Helper()
	var pages [][]byte
	for _, found := range pageObject.FindAllSubmatch(pdf, -1) {
		pages = append(pages, stream(t, pdf, string(found[1])))
	}
	if len(pages) == 0 {
		t.Fatal("the PDF has no pages")
	}
	return pages
}

// stream is the content of an object, inflated.
func stream(t testing.TB, pdf []byte, object string) []byte {
	t.Helper()
	at := bytes.Index(pdf, []byte("\n"+object+" 0 obj"))
	if at < 0 {
		t.Fatalf("the PDF has no object %s", object)
	}
	head, rest, _ := bytes.Cut(pdf[at:], []byte("stream\n"))
	_, after, _ := bytes.Cut(head, []byte("/Length "))
	var length int
	if _, err := fmt.Sscan(string(after), &length); err != nil {
		t.Fatal(err)
	}
	r, err := zlib.NewReader(bytes.NewReader(rest[:length]))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// decode reads a string of two bytes a character, in which brackets, backslashes and line ends are escaped.
func decode(text []byte) string {
	var plain []byte
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
			if text[i] == 'r' {
				text[i] = '\r'
			}
		}
		plain = append(plain, text[i])
	}
	units := make([]uint16, len(plain)/2)
	for i := range units {
		units[i] = uint16(plain[2*i])<<8 | uint16(plain[2*i+1])
	}
	return strings.ReplaceAll(string(utf16.Decode(units)), "\u00a0", " ")
}
