package admin

import (
	"cmp"

	"softlaunch/models/catalog"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewTextsPage shows in which languages a product is described, and who answers for its safety.
func NewTextsPage(frame Frame, slug string, in map[string]catalog.Product, f catalog.SafetyForm, faults map[string]string, may bool) SectionsPage {
	frame.Faulty = len(faults) > 0
	base := "/admin/products/" + slug + "/texts"
	list := &Table{Label: "Languages", Heads: heads("Language", "Name", "Line", "Warnings")}
	for _, language := range market.Languages {
		p := in[language]
		row := append(cells(languageNames[language], cmp.Or(p.Text.Name, "missing"), cmp.Or(p.Text.Line, "missing")), Cell{Text: cmp.Or(p.Text.Warnings, "missing")})
		if may {
			row[0].URL = base + "/" + language
		}
		list.Rows = append(list.Rows, row)
	}
	page := SectionsPage{Frame: frame, Sections: []Section{{Title: "Languages", Table: list}}}
	safety := Section{Title: "Product safety"}
	if may {
		safety.Notes = []string{"The EU asks for all of it (Regulation (EU) 2023/988, GPSR), and for warnings in each language."}
		safety.Form = safetyForm(base, f, faults)
	} else {
		safety.Rows = []components.Row{{Name: "Model", Value: f.ModelNumber}, {Name: "Manufacturer", Value: joined(f.Manufacturer, f.ManufacturerAddress, f.ManufacturerContact)},
			{Name: "Responsible in the EU", Value: f.ResponsiblePerson}}
	}
	page.Sections = append(page.Sections, safety)
	return page
}

func safetyForm(base string, f catalog.SafetyForm, faults map[string]string) *Form {
	field := func(name, label, value string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Optional: "optional"}, faults)
	}
	return &Form{Action: base + "/safety", Button: "Save safety", Fields: []Entry{
		field("model_number", "Model number", f.ModelNumber), field("manufacturer", "Manufacturer", f.Manufacturer),
		field("manufacturer_address", "Postal address", f.ManufacturerAddress), field("manufacturer_contact", "E-mail address or web page", f.ManufacturerContact),
		field("responsible_person", "Responsible person in the EU", f.ResponsiblePerson),
	}}
}

// SafetyFormOf is what is known of a product's safety.
func SafetyFormOf(p catalog.Product) catalog.SafetyForm {
	return catalog.SafetyForm{ModelNumber: p.ModelNumber, Manufacturer: p.Manufacturer, ManufacturerAddress: p.ManufacturerAddress,
		ManufacturerContact: p.ManufacturerContact, ResponsiblePerson: p.ResponsiblePerson}
}

// TextFormOf is a product's text in a language as it would be typed.
func TextFormOf(p catalog.Product) catalog.TextForm {
	f := catalog.TextForm{Name: p.Text.Name, Line: p.Text.Line, Story: p.Text.Story, DataNote: p.Text.DataNote, Warnings: p.Text.Warnings, Disposal: p.Text.Disposal,
		Category: p.Category.Name, Colours: map[string]string{}, Alts: map[string]string{}}
	for _, v := range p.Variants {
		f.Colours[v.Colour] = v.ColourName
		for _, picture := range v.Pictures {
			f.Alts[picture.File] = picture.Alt
		}
	}
	return f
}

// NewTextPage describes a product in one language. product is the one of that language, for its colours and pictures; story
// is shown as shoppers will see it when preview is true.
func NewTextPage(frame Frame, product catalog.Product, language string, f catalog.TextForm, preview bool, faults map[string]string) SectionsPage {
	frame.Title, frame.Faulty = cmp.Or(f.Name, product.Slug)+" in "+languageNames[language], len(faults) > 0
	page := SectionsPage{Frame: frame}
	if preview {
		page.Sections = []Section{{Title: "How its story will look", Chart: proseOf(f.Name, f.Story)}}
	}
	fields := []Entry{
		entry(components.Field{Name: "name", Label: "Name", Value: f.Name}, faults), entry(components.Field{Name: "line", Label: "One line of use", Value: f.Line}, faults),
		long("story", "Story", f.Story, "Markdown.", 10, faults), long("warnings", "Warnings", f.Warnings, "The EU asks for them in each language.", 3, faults),
		long("disposal", "Disposal", f.Disposal, "", 3, faults), long("data_note", "What it records", f.DataNote, "For connected products.", 3, faults),
		entry(components.Field{Name: "category", Label: "Name of its category", Value: f.Category, Hint: "Shared by all its products."}, faults),
	}
	for i := range fields[3:6] {
		fields[3+i].Optional = "optional"
	}
	hidden, named := colourEntries(product, f, faults)
	fields = append(fields, named...)
	form := &Form{Action: "/admin/products/" + product.Slug + "/texts/" + language, Button: "Save text", Preview: true, Hidden: hidden, Fields: fields}
	if key := cmp.Or(faults["colours"], faults["alts"], faults["language"]); key != "" {
		form.Error = say(key)
	}
	page.Sections = append(page.Sections, Section{Title: "Text", Form: form})
	return page
}

func long(name, label, value, hint string, lines int, faults map[string]string) Entry {
	return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, Lines: lines, MaxLength: 15_000}, faults)
}

// colourEntries ask for the names of the product's colours and for what each picture shows, once each. The hidden fields
// name them in the same order.
func colourEntries(product catalog.Product, f catalog.TextForm, faults map[string]string) (hidden []Hidden, entries []Entry) {
	var alts []Entry
	seen := map[string]bool{}
	once := func(kind, name, label, value string, into *[]Entry) {
		if name == "" || seen[kind+name] {
			return
		}
		seen[kind+name] = true
		hidden = append(hidden, Hidden{kind, name})
		*into = append(*into, entry(components.Field{ID: kind + "-" + name, Name: kind + "_text", Label: label, Value: value}, faults))
	}
	for _, v := range product.Variants {
		once("colour", v.Colour, "Colour "+v.Colour, f.Colours[v.Colour], &entries)
		for _, picture := range v.Pictures {
			once("picture", picture.File, "What "+picture.File+" shows", f.Alts[picture.File], &alts)
		}
	}
	return hidden, append(entries, alts...)
}
