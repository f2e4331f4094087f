package email

import (
	"strings"

	"softlaunch/views/components"
)

// plain is the letter for whoever reads mail as text. It says all that the HTML says, in the same order.
func (l Letter) plain() string {
	w := pad{colon: ": "}
	if l.Language == "fr" {
		w.colon = "\u00a0: "
	}
	w.line(l.T("shop.name"))
	w.lines(l.Reference)
	w.gap()
	w.line(l.Title)
	w.gap()
	if l.Greeting != "" {
		w.line(l.Greeting)
		w.gap()
	}
	w.lines(l.Text...)
	if l.Button.URL != "" {
		w.gap()
		w.links([]components.Link{l.Button})
	}
	w.rows(l.Box.Title, l.Box.Rows)
	w.goods(l.Goods)
	for _, part := range l.Parts {
		w.title(part.Title)
		w.lines(part.Text...)
	}
	if len(l.Links) > 0 {
		w.title(l.LinksTitle)
		w.links(l.Links)
	}
	if l.Withdraw.URL != "" {
		w.gap()
		w.links([]components.Link{l.Withdraw})
	}
	w.texts(l)
	w.gap()
	w.line("-- ")
	w.lines(l.Seller)
	if l.Imprint.URL != "" {
		w.pair(l.Imprint.Text, l.Imprint.URL)
	}
	return w.String()
}

// pad is where a plain letter is written.
type pad struct {
	strings.Builder
	colon string // as the language sets it
}

func (w *pad) gap() { w.WriteByte('\n') }

func (w *pad) line(text string) { w.WriteString(text + "\n") }

func (w *pad) lines(texts ...string) {
	for _, text := range texts {
		if text != "" {
			w.line(text)
		}
	}
}

func (w *pad) pair(name, value string) { w.line(name + w.colon + value) }

func (w *pad) title(text string) {
	w.gap()
	w.line(strings.ToUpper(text))
}

func (w *pad) rows(title string, rows []components.Row) {
	if len(rows) == 0 {
		return
	}
	w.gap()
	w.lines(strings.ToUpper(title))
	for _, row := range rows {
		w.pair(row.Name, row.Value)
	}
}

func (w *pad) links(links []components.Link) {
	for _, link := range links {
		w.pair(link.Text, link.URL)
	}
}

func (w *pad) goods(g Goods) {
	if len(g.Lines) == 0 {
		return
	}
	w.title(g.Title)
	for _, line := range g.Lines {
		w.pair(line.Name+", "+line.More, line.Price)
	}
	w.gap()
	for _, row := range append(g.Totals.Rows, g.Totals.Sum) {
		w.pair(row.Name, row.Value)
	}
	w.lines(g.Totals.Tax...)
}

func (w *pad) texts(l Letter) {
	if len(l.Texts) == 0 {
		return
	}
	w.gap()
	w.line(strings.Repeat("=", 72))
	w.line(l.T("mail.texts"))
	for _, text := range l.Texts {
		w.title(text.Title)
		w.gap()
		w.line(text.Plain)
	}
}
