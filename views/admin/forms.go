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

// NewApprovalPage refuses an approval that was applied for, or withdraws one that was granted.
func NewApprovalPage(frame Frame, m market.Market, n launch.Needed, g launch.Grant, typed string, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	action, button, title := "/withdrawal", "Withdraw approval", "Withdraw"
	if g.Status == launch.Pending {
		action, button, title = "/refusal", "Refuse approval", "Refuse"
	}
	return FormsPage{Frame: frame, Facts: []components.Row{
		{Name: "Product", Value: n.Product.Text.Name}, {Name: "Market", Value: country(m)}, {Name: "Approval", Value: n.Name},
		{Name: "State", Value: validity(g, m)}, {Name: "Evidence", Value: g.Evidence},
	}, Parts: []Part{{Title: title, Form: Form{Action: "/admin/launches/" + m.Code + "/approvals/" + id(g.ID) + action, Button: button, Strong: true,
		Fields: []Entry{entry(components.Field{Name: "reason", Label: "Why", Value: typed, MaxLength: 500}, faults)}}}}}
}
