package admin

import (
	"net/url"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/discount"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// DiscountsPage is the list of discounts.
type DiscountsPage struct {
	Frame
	Search  Search
	Actions []components.Link
	Table   Table
	Older   string
}

// DiscountQuery is what staff look for, as in the address.
type DiscountQuery struct{ Text, State, Market, Coded string }

var discountStates = map[discount.State]components.State{
	discount.Planned: {Kind: "announced", Words: "Planned"}, discount.Running: {Kind: "open", Words: "Running"},
	discount.UsedUp: {Kind: "sold_out", Words: "Used up"}, discount.Ended: {Kind: "ended", Words: "Ended"},
}

var discountKinds = map[string]string{
	string(discount.PercentOff): "Per cent off goods", string(discount.AmountOff): "Amount off goods", string(discount.FreeDelivery): "Free delivery",
}

// NewDiscountsPage lists discounts; more says that there are older ones, may whether the reader may make one.
func NewDiscountsPage(frame Frame, q DiscountQuery, markets []market.Market, list []discount.Made, more, may bool, now clock.Instant) DiscountsPage {
	p := DiscountsPage{Frame: frame, Search: discountSearch(q, markets),
		Table: Table{Label: "Discounts", Heads: heads("Discount", "State", "Takes off", "Market", "Holds", "Uses>", "Saved>")}}
	if may {
		p.Actions = []components.Link{{Text: "New discount", URL: "/admin/discounts/new"}}
	}
	for _, d := range list {
		p.Table.Rows = append(p.Table.Rows, []Cell{
			{Text: discountTitle(d), URL: "/admin/discounts/" + id(d.ID), More: d.Names[d.Market.Languages[0].Language]},
			{State: discountStates[d.State(now)]}, {Text: takesOff(d)}, {Text: country(d.Market)},
			{Lines: []string{"from " + when(d.BeginsAt, d.Market), holdsUntil(d)}}, {Text: usesWords(d)}, {Text: sum(d.Saved, d.Market.Currency)},
		})
	}
	if more {
		p.Older = "/admin/discounts?" + url.Values{"q": {q.Text}, "state": {q.State}, "market": {q.Market}, "coded": {q.Coded},
			"before": {id(list[len(list)-1].ID)}}.Encode()
	}
	return p
}

func discountSearch(q DiscountQuery, markets []market.Market) Search {
	states := make([]components.Option, 0, len(discountStates))
	for _, state := range []discount.State{discount.Running, discount.Planned, discount.UsedUp, discount.Ended} {
		states = append(states, components.Option{Value: string(state), Text: discountStates[state].Words})
	}
	places := make([]components.Option, len(markets))
	for i, m := range markets {
		places[i] = components.Option{Value: m.Code, Text: country(m)}
	}
	return Search{Action: "/admin/discounts", Label: "Code or name", Text: q.Text, Narrowed: q != DiscountQuery{}, Lists: []components.Field{
		list("state", "State", "All states", q.State, states), list("market", "Market", "All markets", q.Market, places),
		list("coded", "Given", "Both ways", q.Coded, []components.Option{{Value: "code", Text: "For a code"}, {Value: "automatic", Text: "By itself"}}),
	}}
}

func discountTitle(d discount.Made) string {
	if d.Code == "" {
		return "By itself"
	}
	return d.Code
}

// takesOff says what a discount takes off, and from what on.
func takesOff(d discount.Made) string {
	text := sum(d.Amount, d.Market.Currency) + " off goods"
	switch {
	case d.Kind == discount.PercentOff:
		text = english.Rate(d.PPM) + " off goods"
	case d.Kind == discount.FreeDelivery && d.Amount == 0:
		text = "Delivery"
	case d.Kind == discount.FreeDelivery:
		text = "Delivery up to " + sum(d.Amount, d.Market.Currency)
	}
	if d.Minimum > 0 {
		text += " from " + sum(d.Minimum, d.Market.Currency)
	}
	if !d.Combinable {
		text += ", alone"
	}
	return text
}

func holdsUntil(d discount.Made) string {
	if d.EndsAt == 0 {
		return "until further notice"
	}
	return "until " + when(d.EndsAt, d.Market)
}

func usesWords(d discount.Made) string {
	var words strings.Builder
	words.WriteString(count(d.Uses))
	if d.UsesAllowed > 0 {
		words.WriteString(" of " + count(d.UsesAllowed))
	}
	return words.String()
}
