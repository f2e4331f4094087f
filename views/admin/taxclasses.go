package admin

import (
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewTaxClassesPage shows the classes of goods, and the form that adds one or renames one.
func NewTaxClassesPage(frame Frame, classes []market.TaxClass, typed market.TaxClass, faults map[string]string, may bool) SectionsPage {
	frame.Faulty = len(faults) > 0
	list := &Table{Label: "Classes", Heads: heads("Name", "Code")}
	for _, c := range classes {
		list.Rows = append(list.Rows, cells(c.Name, c.Code))
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Classes", Table: list,
		Notes: []string{"Each product has a class, and each market a rate for it. A market's checklist is red while one is missing."}}}}
	if may {
		p.Sections = append(p.Sections, Section{Title: "New class", Form: &Form{Action: "/admin/tax-classes", Button: "Save class", Fields: []Entry{
			entry(components.Field{Name: "code", Label: "Code", Value: typed.Code, MaxLength: 60, Hint: "Small letters, figures and hyphens, like books. The name of a code that is there is changed."}, faults),
			entry(components.Field{Name: "name", Label: "Name", Value: typed.Name, MaxLength: 60}, faults),
		}}})
	}
	return p
}
