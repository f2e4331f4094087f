package launch_test

import (
	"strings"
	"testing"

	"softlaunch/models/catalog"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

func TestTextsOfANewLanguageAreWrittenByStaff(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	s.Exec(t, "DELETE FROM colour_texts WHERE language = 'it' AND colour = 'fox'")
	s.Exec(t, "DELETE FROM picture_texts WHERE language = 'it' AND picture_id IN (SELECT id FROM pictures WHERE file LIKE 'pip-plush%')")
	s.Exec(t, "DELETE FROM category_texts WHERE language = 'it' AND category_id = (SELECT id FROM categories WHERE slug = 'toys')")
	s.Exec(t, "DELETE FROM product_texts WHERE language = 'it' AND product_id = (SELECT id FROM products WHERE slug = 'pip-plush')")
	wantRed(t, s, "it", launch.LineTexts, launch.LineSafety)
	wantFields(t, s.Catalog.Describe(ctx, merchandiser, "pip-plush", "pt", catalog.TextForm{Line: strings.Repeat("x", 201), Story: "s"}),
		fault.Fields{"language": "text.language", "name": "text.name", "line": "text.line"})
	must(t, s.Catalog.Describe(ctx, merchandiser, "pip-plush", "it", catalog.TextForm{Name: "Pip", Line: "Una volpe", Story: "Morbida.", Warnings: "Da 3 anni.",
		Category: "Giocattoli", Colours: map[string]string{"fox": "volpe"},
		Alts: map[string]string{"pip-plush-fox-1.svg": "Una volpe di peluche", "pip-plush-fox-2.svg": "Di lato"}}))
	wantRed(t, s, "it")
	if e := last(t, s); e.Verb != "describe" || e.Name != "pip-plush it" || e.Before != "" || e.After != "Pip" {
		t.Errorf("kept as %+v", e)
	}
	found, err := s.Gate.Shelf(ctx, s.Store(t, "it"), launch.Query{Text: "volpe giocattoli"})
	if err != nil || found.Total != 1 || found.Items[0].Variant().Pictures[0].Alt != "Una volpe di peluche" {
		t.Errorf("found %d, %v", found.Total, err)
	}
	must(t, s.Catalog.SetSafety(ctx, merchandiser, "pip-plush", catalog.SafetyForm{ModelNumber: "1", Manufacturer: "M", ManufacturerAddress: "A", ManufacturerContact: "C"}))
	wantRed(t, s, "it", launch.LineSafety)
	must(t, s.Catalog.SetSafety(ctx, merchandiser, "pip-plush", catalog.SafetyForm{ModelNumber: "1", Manufacturer: "M", ManufacturerAddress: "A", ManufacturerContact: "C", ResponsiblePerson: "R"}))
	wantRed(t, s, "it")
}

// The shop's pages are in five languages, and a market speaks no other.
func TestAMarketSpeaksWhatThePagesSpeak(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, language := range market.Languages {
		s.Read(t, func(tx db.Tx) error {
			categories, err := catalog.Categories(tx, language)
			if len(categories) == 0 {
				t.Errorf("%s has no categories", language)
			}
			return err
		})
	}
}
