package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewPagesPage shows which pages a market has and which it needs; typed are the slugs that were entered as required.
func NewPagesPage(frame Frame, r launch.Rules, typed string, faults map[string]string, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Pages of "+country(m), len(faults) > 0
	base := "/admin/markets/" + m.Code + "/pages"
	titles := []string{"Page", "Needed"}
	for _, l := range m.Languages {
		titles = append(titles, languageNames[l.Language])
	}
	list := &Table{Label: "Pages", Heads: heads(titles...)}
	for _, slug := range pageSlugs(r) {
		row := cells(slug, neededWord(slices.Contains(r.Required, slug)))
		for _, l := range m.Languages {
			row = append(row, pageCell(r, base, slug, l.Language, may))
		}
		list.Rows = append(list.Rows, row)
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Pages", Table: list, Empty: "There is no page yet."}}}
	if may {
		p.Sections = append(p.Sections, Section{Title: "Which pages the law asks for", Notes: []string{"The market can't launch while one of them is missing in one of its languages."},
			Form: &Form{Action: "/admin/markets/" + m.Code + "/required-pages", Button: "Save the list", Fields: []Entry{
				entry(components.Field{Name: "slugs", Label: "One in a line", Value: typed, Lines: 6, MaxLength: 2000, Hint: "Small letters and hyphens, like right-of-withdrawal."}, faults)}}})
	}
	return p
}

func neededWord(needed bool) string {
	if needed {
		return "by law"
	}
	return "no"
}

// pageSlugs are the pages that are required or written, the required ones first.
func pageSlugs(r launch.Rules) []string {
	slugs := slices.Clone(r.Required)
	for _, page := range r.Pages {
		if !slices.Contains(slugs, page.Slug) {
			slugs = append(slugs, page.Slug)
		}
	}
	return slugs
}

func pageCell(r launch.Rules, base, slug, language string, may bool) Cell {
	c := Cell{Text: "Missing", State: components.State{}}
	at := slices.IndexFunc(r.Pages, func(p market.Page) bool { return p.Slug == slug && p.Language == language })
	if at >= 0 {
		c.Text = r.Pages[at].Title
	}
	if may {
		c.URL = base + "/" + language + "/" + slug
		if at < 0 {
			c.Text = "Write it"
			c.More = "missing"
		}
	}
	return c
}

// NewPagePage writes one page in one language. preview shows what its Markdown becomes.
func NewPagePage(frame Frame, m market.Market, page market.Page, preview bool, faults map[string]string) SectionsPage {
	frame.Title, frame.Faulty = cmp.Or(page.Title, page.Slug)+" in "+languageNames[page.Language], len(faults) > 0
	p := SectionsPage{Frame: frame}
	if preview {
		p.Sections = []Section{{Title: "How it will look", Chart: proseOf(page.Title, page.Body)}}
	}
	p.Sections = append(p.Sections, Section{Title: "Text", Form: &Form{Action: "/admin/markets/" + m.Code + "/pages/" + page.Language + "/" + page.Slug, Button: "Save page", Preview: true, Fields: []Entry{
		entry(components.Field{Name: "title", Label: "Title", Value: page.Title}, faults),
		entry(components.Field{Name: "body", Label: "Text", Value: page.Body, Lines: 24, MaxLength: 60_000, Hint: "Markdown: ## for a heading, - for a list, **bold**, [text](address)."}, faults),
	}}})
	return p
}

// proseOf is a text that staff wrote, as shoppers will see it.
func proseOf(title, body string) templ.Component {
	return prose(title, components.Markdown(body))
}

// Slugs are the words of a typed list.
func Slugs(typed string) []string { return strings.Fields(typed) }
