package admin

import (
	"net/url"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// InterestForm is what was typed into the forms about interest and draws, and what was wrong with each.
type InterestForm struct {
	Email        string
	Draw         launch.DrawForm
	ForgetFaults map[string]string
	DrawFaults   map[string]string
}

// NewInterestPage shows how many wait for a market and its goods, and its draws.
func NewInterestPage(frame Frame, r catalog.Range, lists []launch.Signups, draws []launch.Draw, f InterestForm, now clock.Instant, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Interest in "+country(m), len(f.ForgetFaults)+len(f.DrawFaults) > 0
	base := "/admin/markets/" + m.Code
	p := SectionsPage{Frame: frame, Sections: []Section{
		{Title: "Who waits", Table: signupTable(base+"/interest", r, lists, may), Empty: "Nobody has asked to be told yet.",
			Notes: []string{"Confirmed people get one mail when it opens; then their entry is deleted."}},
		{Title: "Draws", Table: drawTable(base, r, draws, now), Empty: "There is no draw."},
	}}
	if may {
		draw := drawForm(base+"/draws", r, f).on("draw")
		p.Sections = append(p.Sections, Section{Title: "New draw", Fold: true, Form: &draw, Notes: []string{"Among those who have confirmed before it closes. The seed's hash is shown from the beginning; the draw is drawn by itself."}},
			Section{Title: "Forget somebody", Fold: true, Notes: []string{"Deletes every entry of an address, in all markets."}, Form: &Form{Action: base + "/interest/erasure", Button: "Forget", Strong: true,
				Fields: []Entry{entry(components.Field{Name: "email", Label: "E-mail address", Type: "email", Value: f.Email, Autocomplete: "off"}, f.ForgetFaults)}}})
	}
	return p
}

func signupTable(base string, r catalog.Range, lists []launch.Signups, may bool) *Table {
	t := &Table{Label: "Who waits", Heads: heads("For", "Not confirmed>", "Confirmed>", "Being told>", "(Do)")}
	for _, l := range lists {
		row := append(cells(productName(r, l.Product, "the market to open")), Cell{Text: count(l.Pending)}, Cell{Text: count(l.Confirmed)}, Cell{Text: count(l.Told)}, Cell{})
		if may {
			row[0].URL = base + "/entries?" + url.Values{"product": {l.Product}}.Encode()
			row[4].Form = &Form{Action: base + "/export", Button: "Export as CSV", Quiet: true, Hidden: []Hidden{{"product", l.Product}}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func drawTable(base string, r catalog.Range, draws []launch.Draw, now clock.Instant) *Table {
	t := &Table{Label: "Draws", Heads: heads("Draw", "For", "Closes", "Winners>", "State")}
	for _, d := range draws {
		t.Rows = append(t.Rows, []Cell{{Text: d.Name, URL: base + "/draws/" + d.Key}, {Text: productName(r, d.Product, "the market")}, {Text: when(d.ClosesAt, r.Market)},
			{Text: count(d.Winners)}, {State: drawState(d, now)}})
	}
	return t
}

func drawState(d launch.Draw, now clock.Instant) components.State {
	switch {
	case !d.CancelledAt.IsZero():
		return components.State{Kind: "ended", Words: "Cancelled"}
	case !d.DrawnAt.IsZero():
		return components.State{Kind: "open", Words: "Drawn"}
	case d.ClosesAt.Reached(now):
		return components.State{Kind: "test", Words: "Being drawn"}
	}
	return components.State{Kind: "announced", Words: "Open to sign up"}
}

func drawForm(action string, r catalog.Range, f InterestForm) Form {
	return Form{Action: action, Button: "Announce the draw", Fields: []Entry{
		entry(components.Field{Name: "name", Label: "Name", Value: f.Draw.Name, MaxLength: 100, Hint: "Everybody sees it."}, f.DrawFaults),
		entry(components.Field{Name: "product", Label: "Among those who wait for", Value: f.Draw.Product, Optional: "optional", Prompt: "The market to open", Options: listedOptions(r)}, f.DrawFaults),
		moment(components.Field{Name: "closes_at", Label: "Closes", Value: f.Draw.ClosesAt.Local, Hint: "In " + r.Market.Zone + "."}, f.DrawFaults, string(f.Draw.ClosesAt.Fold)),
		entry(components.Field{Name: "winners", Label: "Winners", Value: f.Draw.Winners, InputMode: "numeric", MaxLength: 5, Hint: "Each gets a code for one order by mail."}, f.DrawFaults),
	}}
}

// NewEntriesPage shows a list's entries with the proof that each agreed.
func NewEntriesPage(frame Frame, r catalog.Range, product string, entries []launch.Interest, older int64) SectionsPage {
	m := r.Market
	frame.Title = "Who waits for " + productName(r, product, country(m))
	base := "/admin/markets/" + m.Code + "/interest/entries"
	t := &Table{Label: "Entries", Heads: heads("E-mail address", "Language", "Asked", "Confirmed", "Words agreed to", "Told", "(Do)")}
	for _, e := range entries {
		row := cells(e.Email, e.Language, when(e.CreatedAt, m), confirmedWords(e, m), e.TextVersion, toldAt(e, m), "")
		row[6].Form = &Form{Action: base + "/" + id(e.ID) + "/removal", Button: "Delete", Quiet: true}
		t.Rows = append(t.Rows, row)
	}
	s := Section{Title: "Entries", Table: t, Empty: "Nobody is on this list.", Notes: []string{"When somebody confirmed, and which words he agreed to, is the proof of his consent."}}
	if older != 0 {
		s.Links = []components.Link{{Text: "Older entries", URL: base + "?" + url.Values{"product": {product}, "before": {id(older)}}.Encode()}}
	}
	return SectionsPage{Frame: frame, Sections: []Section{s}}
}

func confirmedWords(e launch.Interest, m market.Market) string {
	if e.ConfirmedAt.IsZero() {
		return "not yet"
	}
	return when(e.ConfirmedAt, m)
}

func toldAt(e launch.Interest, m market.Market) string {
	if e.ToldAt.IsZero() {
		return ""
	}
	return when(e.ToldAt, m)
}

// DrawResult is what a draw published: the seed and how many won.
type DrawResult struct {
	Seed    string
	Winners int
}

// NewDrawPage shows a draw; result is empty until it is drawn.
func NewDrawPage(frame Frame, r catalog.Range, d launch.Draw, result DrawResult, now clock.Instant, reason string, faults map[string]string, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = d.Name, len(faults) > 0
	base := "/admin/markets/" + m.Code + "/draws/" + d.Key
	facts := Section{Title: "Draw", Rows: []components.Row{{Name: "Among", Value: "who waits for " + productName(r, d.Product, "the market")}, {Name: "Announced", Value: when(d.CreatedAt, m)},
		{Name: "Closes", Value: when(d.ClosesAt, m)}, {Name: "Winners wanted", Value: count(d.Winners)}, {Name: "Algorithm", Value: d.Algorithm}, {Name: "Seed hash, committed to", Value: d.SeedHash}}}
	p := SectionsPage{Frame: frame, State: drawState(d, now), Sections: []Section{facts}}
	if !d.DrawnAt.IsZero() {
		p.Sections = append(p.Sections, Section{Title: "Result", Rows: []components.Row{{Name: "Drawn", Value: when(d.DrawnAt, m)}, {Name: "Took part", Value: count(d.Participants)},
			{Name: "Won", Value: count(result.Winners)}, {Name: "Seed", Value: result.Seed}},
			Notes: []string{"Anybody can check it: softlaunch draw verify --seed-hash=" + d.SeedHash + " FILE"}, Links: []components.Link{{Text: "The published file", URL: base + "/file"}}})
	}
	if may && d.DrawnAt.IsZero() && d.CancelledAt.IsZero() && !d.ClosesAt.Reached(now) {
		p.Sections = append(p.Sections, Section{Title: "Cancel", Notes: []string{"A cancelled draw stays to be seen."}, Form: &Form{Action: base + "/cancellation", Button: "Cancel the draw", Strong: true,
			Fields: []Entry{entry(components.Field{Name: "reason", Label: "Why", Value: reason, MaxLength: 500}, faults)}}})
	}
	return p
}
