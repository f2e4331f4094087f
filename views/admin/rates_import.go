package admin

import (
	"cmp"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewImportPage takes a file of rates, says what is wrong in it, line by line, or shows what it would change. read is false
// while there is no file.
func NewImportPage(frame Frame, r launch.Rules, file string, found market.RateImport, read bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Import rates for "+country(m), len(found.Faults) > 0
	base := "/admin/markets/" + m.Code + "/taxes/import"
	p := SectionsPage{Frame: frame}
	switch {
	case len(found.Faults) > 0:
		p.Sections = append(p.Sections, faultsOf(found))
	case read && len(found.Rates) == 0:
		p.Sections = append(p.Sections, Section{Title: "What would change", Empty: "Nothing: all rates of the file hold already."})
	case read:
		p.Sections = append(p.Sections, changesOf(base, file, found, r))
	}
	return SectionsPage{Frame: frame, Sections: append(p.Sections, Section{Title: "A file of rates", Notes: []string{
		"CSV in UTF-8. Its first line is region,class,name,percent,valid_from. An empty region is the whole market, an empty valid_from is now; else a day or a local time in " + m.Zone + ".",
		"Classes are " + classCodes(r.Classes) + " and delivery. The whole file is checked first; nothing is changed before you have seen what would be.",
	}, Form: &Form{Action: base, Button: "Check the file", Upload: true, Fields: []Entry{
		entry(components.Field{Name: "file", Label: "File", Type: "file", Accept: ".csv,text/csv", Hint: "At most 12 KB, some 300 lines."}, nil)}}})}
}

func faultsOf(found market.RateImport) Section {
	table := &Table{Label: "Faults", Heads: heads("Line", "Column", "What is wrong")}
	for _, f := range found.Faults {
		table.Rows = append(table.Rows, cells("Line "+count(f.Line), cmp.Or(f.Column, "all"), say(f.Key)))
	}
	return Section{Title: "The file can't be imported", Notes: []string{"Nothing is changed. Mend these lines and check the file again."}, Table: table}
}

func changesOf(base, file string, found market.RateImport, r launch.Rules) Section {
	table := &Table{Label: "Changes", Heads: heads("Line", "Goods", "Where", "Name", "Now>", "Then>", "From")}
	for _, row := range found.Rates {
		before := "none"
		if row.Before.Name != "" {
			before = english.Rate(row.Before.RatePPM)
		}
		a := row.After
		table.Rows = append(table.Rows, cells("Line "+count(row.Line), className(r.Classes, a.TaxClass), cmp.Or(a.Region, "everywhere"), a.Name, before,
			english.Rate(a.RatePPM), when(a.ValidFrom, r.Market)))
	}
	notes := []string{"Nothing is changed yet."}
	if found.Same > 0 {
		notes = append(notes, "Lines that say what holds already: "+count(found.Same)+".")
	}
	return Section{Title: "What would change", Notes: notes, Table: table,
		Form: &Form{Action: base + "/application", Button: "Set these rates", Hidden: []Hidden{{"csv", file}}}}
}

func classCodes(classes []market.TaxClass) string {
	text := ""
	for i, c := range classes {
		if i > 0 {
			text += ", "
		}
		text += c.Code
	}
	return text
}
