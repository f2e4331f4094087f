package admin

import (
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// NewReturnsPage lists the returns that wait, the oldest first.
func NewReturnsPage(frame Frame, open []order.OpenReturn, markets []market.Market) SectionsPage {
	byID := map[int64]market.Market{}
	for _, m := range markets {
		byID[m.ID] = m
	}
	table := &Table{Label: "Returns", Heads: heads("Order", "State", "Why", "Buyer", "Asked", "Could be asked until")}
	for _, r := range open {
		m := byID[r.MarketID]
		asked, until := Cell{Text: when(r.AskedAt, m)}, Cell{Text: "not all delivered"}
		if r.Deadline != "" {
			until.Text = english.Date(r.Deadline.Noon(m.Location()), m.Location())
		}
		if r.Late {
			asked.More = "late"
		}
		table.Rows = append(table.Rows, []Cell{{Text: r.Number, URL: "/admin/orders/" + r.Number}, {State: components.State{Kind: string(r.State), Words: returnStates[r.State]}},
			{Text: english.T("return.reason." + r.Reason)}, {Text: r.Name}, asked, until})
	}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Waiting", Table: table, Empty: "No return waits."}}}
}
