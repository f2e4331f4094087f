package catalog

import (
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// TextForm is a product in a language as staff type it. Story is Markdown. Category, Colours and Alts name what the product
// shares with others or has beside its text; empty ones leave what is there. Colours are by colour, Alts by picture file.
type TextForm struct {
	Name, Line, Story, DataNote, Warnings, Disposal string
	Category                                        string
	Colours, Alts                                   map[string]string
}

// The longest texts, in bytes.
const (
	maxLine  = 200
	maxStory = 20_000
)

// Describe writes a product's texts in a language. What its lists say (specifications, box, questions) stays. The fault's
// fields are language, name, line, story, data_note, warnings, disposal, category, colours and alts.
func (c *Catalog) Describe(ctx context.Context, by staff.Actor, slug, language string, form TextForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	form = form.tidy()
	if err := form.check(language); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		before, err := BySlug(tx, slug, language)
		if err != nil {
			return err
		}
		if err := form.write(tx, before, language); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "describe", Subject: "product", Name: slug + " " + language, Before: before.Text.Name, After: form.Name})
	})
}

func (f TextForm) tidy() TextForm {
	for _, text := range []*string{&f.Name, &f.Line, &f.Story, &f.DataNote, &f.Warnings, &f.Disposal, &f.Category} {
		*text = strings.TrimSpace(*text)
	}
	return f
}

func (f TextForm) check(language string) error {
	wrong := fault.Fields{}
	if !slices.Contains(market.Languages, language) {
		wrong.Add("language", "text.language")
	}
	for _, field := range []struct {
		name, text string
		most       int
		required   bool
	}{
		{"name", f.Name, maxLine, true}, {"line", f.Line, maxLine, true}, {"story", f.Story, maxStory, true},
		{"data_note", f.DataNote, maxStory, false}, {"warnings", f.Warnings, maxStory, false}, {"disposal", f.Disposal, maxStory, false},
		{"category", f.Category, maxLine, false},
	} {
		if (field.required && field.text == "") || len(field.text) > field.most {
			wrong.Add(field.name, "text."+field.name)
		}
	}
	for name, texts := range map[string]map[string]string{"colours": f.Colours, "alts": f.Alts} {
		for _, text := range texts {
			if len(text) > maxLine {
				wrong.Add(name, "text."+name)
			}
		}
	}
	return wrong.Err()
}

func (f TextForm) write(tx db.Tx, p Product, language string) error {
	category := f.Category
	if category == "" {
		category = p.Category.Name
	}
	if _, err := tx.Exec(`INSERT INTO product_texts (product_id, language, name, line, story, data_note, warnings, disposal, folded)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (product_id, language) DO UPDATE SET name = excluded.name, line = excluded.line, story = excluded.story,
			data_note = excluded.data_note, warnings = excluded.warnings, disposal = excluded.disposal, folded = excluded.folded`,
		p.ID, language, f.Name, f.Line, f.Story, f.DataNote, f.Warnings, f.Disposal,
		Fold(strings.Join([]string{f.Name, f.Line, category, f.Story}, " "))); err != nil {
		return err
	}
	if f.Category != "" {
		if _, err := tx.Exec(`INSERT INTO category_texts (category_id, language, name) VALUES (?, ?, ?)
			ON CONFLICT (category_id, language) DO UPDATE SET name = excluded.name`, p.CategoryID, language, f.Category); err != nil {
			return err
		}
	}
	for _, v := range p.Variants {
		if err := f.illustrate(tx, v, language); err != nil {
			return err
		}
	}
	return nil
}

// illustrate names a variant's colour and describes its pictures.
func (f TextForm) illustrate(tx db.Tx, v Variant, language string) error {
	if name := strings.TrimSpace(f.Colours[v.Colour]); name != "" {
		if _, err := tx.Exec(`INSERT INTO colour_texts (colour, language, name) VALUES (?, ?, ?)
			ON CONFLICT (colour, language) DO UPDATE SET name = excluded.name`, v.Colour, language, name); err != nil {
			return err
		}
	}
	for _, picture := range v.Pictures {
		alt := strings.TrimSpace(f.Alts[picture.File])
		if alt == "" {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO picture_texts (picture_id, language, alt) VALUES (?, ?, ?)
			ON CONFLICT (picture_id, language) DO UPDATE SET alt = excluded.alt`, picture.ID, language, alt); err != nil {
			return err
		}
	}
	return nil
}

// SafetyForm is what the GPSR asks of a product in every language; warnings are part of its texts.
type SafetyForm struct {
	ModelNumber, Manufacturer, ManufacturerAddress, ManufacturerContact, ResponsiblePerson string
}

// SetSafety writes who answers for a product's safety. Empty fields block its sale in the markets that ask for them. The
// fault's fields are named like the columns of the database.
func (c *Catalog) SetSafety(ctx context.Context, by staff.Actor, slug string, form SafetyForm) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	wrong := fault.Fields{}
	for name, text := range map[string]*string{"model_number": &form.ModelNumber, "manufacturer": &form.Manufacturer, "manufacturer_address": &form.ManufacturerAddress,
		"manufacturer_contact": &form.ManufacturerContact, "responsible_person": &form.ResponsiblePerson} {
		if *text = strings.TrimSpace(*text); len(*text) > maxLine {
			wrong.Add(name, "text.safety")
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return c.data.Write(ctx, func(tx db.Tx) error {
		p, err := BySlug(tx, slug, "en")
		if err != nil {
			return err
		}
		before := SafetyForm{p.ModelNumber, p.Manufacturer, p.ManufacturerAddress, p.ManufacturerContact, p.ResponsiblePerson}
		if _, err := tx.Exec(`UPDATE products SET model_number = ?, manufacturer = ?, manufacturer_address = ?, manufacturer_contact = ?,
			responsible_person = ? WHERE id = ?`, form.ModelNumber, form.Manufacturer, form.ManufacturerAddress, form.ManufacturerContact, form.ResponsiblePerson, p.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "safety", Subject: "product", Name: slug, Before: before.String(), After: form.String()})
	})
}

func (f SafetyForm) String() string {
	return strings.Join([]string{f.ModelNumber, f.Manufacturer, f.ManufacturerAddress, f.ManufacturerContact, f.ResponsiblePerson}, "; ")
}
