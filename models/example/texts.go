package example

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed texts pages regions.json
var files embed.FS

// languages are the languages of the example's texts, in the order in which they are written.
var languages = []string{"en", "de", "fr", "es", "it"}

// words are the example's texts in a language.
type words struct {
	Categories map[string]struct{ Name, Line string }
	Colours    map[string]string
	Products   map[string]productWords
	Delivery   map[string]string
	Discounts  map[string]string
}

type productWords struct {
	Name, Line, Story, Data, Warnings, Disposal string
	Specs, Questions                            [][2]string
	Box, Alt                                    []string
}

// kindWords are the names of a kind of approval and why a product waits for it.
type kindWords struct{ Name, Reason string }

func readWords(language string) (w words, err error) {
	err = readJSON("texts/"+language+".json", &w)
	return w, err
}

func readJSON(name string, into any) error {
	text, err := files.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	return err
}

// readPage splits a page's title, its first line, from its body.
func readPage(store, slug string) (title, body string, err error) {
	text, err := files.ReadFile("pages/" + store + "/" + slug + ".md")
	if err != nil {
		return "", "", err
	}
	first, rest, _ := strings.Cut(string(text), "\n")
	title, found := strings.CutPrefix(first, "# ")
	if !found {
		return "", "", fmt.Errorf("example: page %s/%s has no title", store, slug)
	}
	return strings.TrimSpace(title), strings.TrimSpace(rest), nil
}

// pageSlugs are the pages of every store, in the footer's order.
var pageSlugs = []string{"imprint", "terms", "withdrawal", "privacy", "delivery", "guarantee", "accessibility"}
