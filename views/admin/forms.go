package admin

import (
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// FormsPage is about one thing: facts, and forms that change it.
type FormsPage struct {
	Frame
	Facts []components.Row
	Files []components.Link
	Parts []Part
}

// Part is a form with a title.
type Part struct {
	Title string
	Form  Form
}

// NewWavePage changes a wave that has not begun, or removes it.
func NewWavePage(frame Frame, m market.Market, goods launch.Goods, w launch.PlannedWave, f launch.WaveForm, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	action := "/admin/launches/" + m.Code + "/waves/" + id(w.ID)
	return FormsPage{Frame: frame, Facts: []components.Row{
		{Name: "Variant", Value: goodsName(goods) + " (" + goods.Variant.SKU + ")"}, {Name: "Market", Value: country(m)},
	}, Parts: []Part{
		{Title: "Change", Form: *waveForm(action, "Save wave", m, f, faults)},
		{Title: "Remove", Form: Form{Action: action + "/removal", Button: "Remove wave", Strong: true}},
	}}
}

// NewApprovalPage shows an approval with its files, refuses one that was applied for, or withdraws one that was granted.
func NewApprovalPage(frame Frame, m market.Market, n launch.Needed, g launch.Grant, typed string, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	about := n.Product.Text.Name
	if g.CategoryID != nil {
		about = "all " + n.Product.Category.Name
	}
	base := "/admin/launches/" + m.Code + "/approvals/" + id(g.ID)
	page := FormsPage{Frame: frame, Files: fileLinks(g, m), Facts: []components.Row{
		{Name: "Product", Value: about}, {Name: "Market", Value: country(m)}, {Name: "Approval", Value: n.Name},
		{Name: "State", Value: validity(g, m)}, {Name: "Evidence", Value: g.Evidence},
	}, Parts: []Part{{Title: "Add a file", Form: Form{Action: base + "/files", Button: "Add file", Quiet: true, Upload: true, Fields: []Entry{
		entry(components.Field{Name: "file", Label: "PDF, PNG or JPEG", Type: "file", Accept: ".pdf,.png,.jpg,.jpeg", Hint: "At most 2 MB. Pictures are saved anew."}, faults)}}}}}
	why := []Entry{entry(components.Field{Name: "reason", Label: "Why", Value: typed, MaxLength: 500}, faults)}
	switch g.Status {
	case launch.Pending:
		page.Parts = append(page.Parts, Part{Title: "Refuse", Form: Form{Action: base + "/refusal", Button: "Refuse approval", Strong: true, Fields: why}})
	case launch.Granted:
		page.Parts = append(page.Parts, Part{Title: "Withdraw", Form: Form{Action: base + "/withdrawal", Button: "Withdraw approval", Strong: true, Fields: why}})
	}
	return page
}
