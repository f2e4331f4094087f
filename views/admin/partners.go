package admin

import (
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// PartnerForm is what was typed of a partner, and what was wrong with it.
type PartnerForm struct {
	launch.PartnerForm
	Faults map[string]string
}

// partnerTable is who else sells a product in a market.
func partnerTable(partners []launch.Partner, m market.Market, slug string, may bool) Table {
	t := Table{Label: "Where to buy", Heads: heads("Partner", "Address", "Note")}
	for _, one := range partners {
		row := append(cells(one.Name, one.URL), Cell{Lines: names(one.Notes, m)})
		if may {
			row[0].URL = partnerPath(slug, m.Code) + "/" + id(one.ID)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func partnerPath(slug, code string) string {
	return "/admin/products/" + slug + "/listings/" + code + "/partners"
}

func partnerForm(action, button string, m market.Market, f PartnerForm) *Form {
	form := Form{Action: action, Button: button, Fields: []Entry{
		entry(components.Field{Name: "name", Label: "Name", Value: f.Name, MaxLength: 100}, f.Faults),
		entry(components.Field{Name: "url", Label: "Address", Type: "url", Value: f.URL, MaxLength: 500, Hint: "It begins with https://."}, f.Faults),
	}}.on("partner")
	for i, l := range m.Languages {
		wrong := map[string]string{}
		if i == 0 {
			wrong["note"] = f.Faults["notes"]
		}
		form.Hidden = append(form.Hidden, Hidden{"language", l.Language})
		form.Fields = append(form.Fields, entry(components.Field{ID: "note-" + l.Language, Name: "note", Label: "Note in " + languageNames[l.Language], Value: f.Notes[l.Language],
			Optional: "optional", Hint: "Like: with contract."}, wrong))
	}
	return &form
}

// NewPartnerPage changes a partner or takes it away.
func NewPartnerPage(frame Frame, m market.Market, slug string, partner launch.Partner, f PartnerForm) FormsPage {
	frame.Faulty = len(f.Faults) > 0
	action := partnerPath(slug, m.Code) + "/" + id(partner.ID)
	return FormsPage{Frame: frame, Parts: []Part{
		{Title: "Change", Form: *partnerForm(action, "Save partner", m, f)},
		{Title: "Remove", Form: Form{Action: action + "/removal", Button: "Remove partner", Strong: true}},
	}}
}
