package admin

import (
	"softlaunch/models/catalog"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// CodesForm is what was typed into the forms about access codes, and what was wrong with each.
type CodesForm struct {
	Make                                launch.CodeForm
	Product, Label                      string // of an invitation
	Code, Reason                        string // of a single code to revoke
	MakeFaults, InviteFaults, OneFaults map[string]string
	InviteError                         string
}

// listedOptions are the products that a market lists.
func listedOptions(r catalog.Range) []components.Option {
	var options []components.Option
	for _, p := range r.Products {
		if r.Listed[p.ID] {
			options = append(options, components.Option{Value: p.Slug, Text: p.Text.Name})
		}
	}
	return options
}

// productName is a product's name by its slug, or what stands for none.
func productName(r catalog.Range, slug, none string) string {
	for _, p := range r.Products {
		if p.Slug == slug && slug != "" {
			return p.Text.Name
		}
	}
	return none
}

// NewCodesPage shows a market's batches of codes, and the forms that make, send and revoke them for who may.
func NewCodesPage(frame Frame, r catalog.Range, batches []launch.CodeBatch, f CodesForm, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Access codes of "+country(m), len(f.MakeFaults)+len(f.InviteFaults)+len(f.OneFaults) > 0 || f.InviteError != ""
	base := "/admin/markets/" + m.Code + "/codes"
	list := &Table{Label: "Batches of codes", Heads: heads("Label", "For", "Made>", "Uses each>", "Used>", "Left>", "Mailed>", "State")}
	for _, b := range batches {
		list.Rows = append(list.Rows, []Cell{{Text: b.Label, URL: base + "/" + id(b.ID), More: when(b.CreatedAt, m)}, {Text: productName(r, b.Product, "all goods")},
			{Text: count(b.Made) + " of " + count(b.Wanted)}, {Text: count(b.UsesAllowed)}, {Text: count(b.Used)}, {Text: count(usesLeft(b))}, {Text: mailedWords(b)}, {State: batchState(b)}})
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Batches", Table: list, Empty: "No codes have been made for this market."}}}
	if !may {
		return p
	}
	products := listedOptions(r)
	p.Sections = append(p.Sections,
		Section{Title: "Make codes", Notes: []string{"They can be exported once, when all are made. After that the shop keeps only their hashes."}, Form: makeForm(base, products, f)},
		Section{Title: "Send codes to who waits", Fold: true, Notes: []string{"Everybody who has confirmed and has no code yet gets one by mail, good for one order."}, Form: inviteForm(base, products, f)},
		Section{Title: "Revoke one code", Fold: true, Form: oneCodeForm(base, f)})
	return p
}

func makeForm(base string, products []components.Option, f CodesForm) *Form {
	return &Form{Action: base, Button: "Make codes", Fields: []Entry{
		entry(components.Field{Name: "label", Label: "Label", Value: f.Make.Label, MaxLength: 100, Hint: "Only staff see it."}, f.MakeFaults),
		entry(components.Field{Name: "product", Label: "For", Value: f.Make.Product, Optional: "optional", Prompt: "All goods", Options: products}, f.MakeFaults),
		entry(components.Field{Name: "quantity", Label: "How many codes", Value: f.Make.Quantity, InputMode: "numeric", MaxLength: 6}, f.MakeFaults),
		entry(components.Field{Name: "uses", Label: "Orders with each", Value: f.Make.Uses, InputMode: "numeric", MaxLength: 5}, f.MakeFaults),
	}}
}

func inviteForm(base string, products []components.Option, f CodesForm) *Form {
	form := Form{Action: base + "/invitations", Button: "Send codes", Strong: true, Error: f.InviteError, Fields: []Entry{
		entry(components.Field{Name: "label", Label: "Label", Value: f.Label, MaxLength: 100}, f.InviteFaults),
		entry(components.Field{Name: "product", Label: "Who waits for", Value: f.Product, Optional: "optional", Prompt: "The market to open", Options: products}, f.InviteFaults),
	}}.on("invite")
	return &form
}

func oneCodeForm(base string, f CodesForm) *Form {
	form := Form{Action: base + "/revocation", Button: "Revoke this code", Strong: true, Fields: []Entry{
		entry(components.Field{Name: "code", Label: "The code", Value: f.Code, MaxLength: 30, Autocomplete: "off"}, f.OneFaults),
		entry(components.Field{Name: "reason", Label: "Why", Value: f.Reason, MaxLength: 500}, f.OneFaults),
	}}.on("one")
	return &form
}

func usesLeft(b launch.CodeBatch) int {
	if !b.RevokedAt.IsZero() {
		return 0
	}
	return b.Made*b.UsesAllowed - b.Used
}

func mailedWords(b launch.CodeBatch) string {
	if !b.ByMail {
		return "not by mail"
	}
	return count(b.Mailed)
}

func batchState(b launch.CodeBatch) components.State {
	switch {
	case !b.RevokedAt.IsZero():
		return components.State{Kind: "ended", Words: "Revoked"}
	case b.Making():
		return components.State{Kind: "test", Words: "Being made"}
	case b.ByMail:
		return components.State{Kind: "announced", Words: "By mail"}
	case !b.ExportedAt.IsZero():
		return components.State{Kind: "open", Words: "Exported"}
	}
	return components.State{Kind: "announced", Words: "Ready to export"}
}

// NewBatchPage shows how far a batch of codes is, and lets who may export or revoke it.
func NewBatchPage(frame Frame, m market.Market, b launch.CodeBatch, reason string, faults map[string]string, may bool) SectionsPage {
	frame.Title, frame.Faulty = b.Label, len(faults) > 0
	base := "/admin/markets/" + m.Code + "/codes/" + id(b.ID)
	progress := Section{Title: "Codes", Rows: []components.Row{{Name: "Made", Value: count(b.Made) + " of " + count(b.Wanted)}, {Name: "Orders with each", Value: count(b.UsesAllowed)},
		{Name: "Used", Value: count(b.Used)}, {Name: "Left", Value: count(usesLeft(b))}, {Name: "By mail", Value: mailedWords(b)},
		{Name: "Begun", Value: when(b.CreatedAt, m)}, {Name: "Exported", Value: when(b.ExportedAt, m)}, {Name: "Revoked", Value: when(b.RevokedAt, m)}}}
	if b.Making() {
		progress.Notes = []string{"The codes are being made. This page asks again by itself every few seconds."}
		progress.Chart = progressBar(b.Made, b.Wanted)
		progress.Links = []components.Link{{Text: "Ask again now", URL: base}}
	}
	p := SectionsPage{Frame: frame, State: batchState(b), Sections: []Section{progress}}
	if may && b.Exportable {
		p.Sections = append(p.Sections, Section{Title: "Export", Notes: []string{"All codes as CSV, once. Keep the file safe: nobody can make it again."},
			Form: &Form{Action: base + "/export", Button: "Export as CSV"}})
	}
	if may && b.RevokedAt.IsZero() {
		p.Sections = append(p.Sections, Section{Title: "Revoke all", Notes: []string{"Codes that were used stay used; orders keep what they have."},
			Form: &Form{Action: base + "/revocation", Button: "Revoke all codes", Strong: true, Fields: []Entry{
				entry(components.Field{Name: "reason", Label: "Why", Value: reason, MaxLength: 500}, faults)}}})
	}
	return p
}
