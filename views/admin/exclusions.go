package admin

import (
	"cmp"

	"softlaunch/models/market"
	"softlaunch/views/components"
)

// excludedPlaces are the postcodes that a market does not deliver to, with what buyers are told.
func excludedPlaces(base string, m market.Market) Section {
	table := &Table{Label: "Places left out", Heads: heads("Postcodes", "What buyers are told", "(Do)")}
	for _, e := range m.Exclusions {
		row := append(cells(e.Pattern), Cell{}, Cell{Form: &Form{Action: base + "/exclusions/" + id(e.ID) + "/removal", Button: "Deliver there", Quiet: true}})
		for _, l := range m.Languages {
			row[1].Lines = append(row[1].Lines, l.Language+": "+cmp.Or(e.Reason(l.Language), "that we don’t deliver there yet"))
		}
		table.Rows = append(table.Rows, row)
	}
	return Section{Title: "Places left out", Table: table, Empty: "Every postcode of the pattern is delivered to.",
		Notes: []string{"Places outside the market’s tax area, for instance. Who types such a postcode at checkout reads why."}}
}

func exclusionForm(base string, m market.Market, f SettingsPage) *Form {
	form := &Form{Action: base + "/exclusions", Button: "Leave out", Fields: []Entry{
		entry(components.Field{Name: "pattern", Label: "Postcodes", Value: f.Excluded.Pattern, MaxLength: 200, Autocomplete: "off",
			Hint: "A regular expression for the whole postcode in capitals without spaces and hyphens, like 9\\d{6}."}, f.Faults)}}
	for _, l := range m.Languages {
		wrong := map[string]string{}
		if f.Excluded.Reasons[l.Language] == "" {
			wrong["reason"] = f.Faults["reasons"]
		}
		form.Hidden = append(form.Hidden, Hidden{"language", l.Language})
		form.Fields = append(form.Fields, entry(components.Field{ID: "reason-" + l.Language, Name: "reason", Label: "Reason in " + languageNames[l.Language],
			Value: f.Excluded.Reasons[l.Language], MaxLength: 300}, wrong))
	}
	return form
}
