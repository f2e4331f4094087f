package admin

import (
	"net/url"

	"softlaunch/models/staff"
	"softlaunch/views/components"
)

// TrailPage is what staff changed.
type TrailPage struct {
	Frame
	Search  Search
	Entries []TrailRow
	Older   string
}

// TrailRow is a change.
type TrailRow struct{ When, Who, Verb, Subject, Name, Before, After, Reason string }

var subjectOptions = []components.Option{
	{Value: "market", Text: "Markets"}, {Value: "wave", Text: "Waves"}, {Value: "approval", Text: "Approvals"}, {Value: "listing", Text: "Listings"},
	{Value: "price", Text: "Prices"}, {Value: "codes", Text: "Access codes"}, {Value: "draw", Text: "Draws"}, {Value: "interest", Text: "Interest"}, {Value: "page", Text: "Pages"},
	{Value: "rate", Text: "Taxes"}, {Value: "delivery", Text: "Delivery"}, {Value: "product", Text: "Products"}, {Value: "partner", Text: "Partners"}, {Value: "stock", Text: "Stock"}, {Value: "waiting room", Text: "Waiting rooms"}, {Value: "order", Text: "Orders"}, {Value: "staff", Text: "Staff"},
}

// NewTrailPage shows lines of the trail.
func NewTrailPage(frame Frame, f staff.Filter, h staff.History) TrailPage {
	p := TrailPage{Frame: frame, Search: Search{Action: "/admin/trail", Label: "Name of what was changed", Text: f.Name, Narrowed: f.Name+f.Subject != "",
		Lists: []components.Field{list("subject", "Kind", "Everything", f.Subject, subjectOptions)}}}
	for _, e := range h.Entries {
		p.Entries = append(p.Entries, TrailRow{When: utc(e.At), Who: e.Actor, Verb: e.Verb, Subject: e.Subject, Name: e.Name, Before: e.Before, After: e.After, Reason: e.Reason})
	}
	if h.Older != 0 {
		p.Older = "/admin/trail?" + url.Values{"q": {f.Name}, "subject": {f.Subject}, "before": {id(h.Older)}}.Encode()
	}
	return p
}
