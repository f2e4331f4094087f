package admin

import (
	"cmp"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/report"
	"softlaunch/views/components"
)

// NewReportPage is a market's launch in figures, its test phase beside its open phase.
func NewReportPage(frame Frame, l report.Launch) SectionsPage {
	m := l.Market
	frame.Title = "Launch report of " + country(m)
	p := SectionsPage{Frame: frame, State: phaseState(m.Phase(l.At)), Actions: []components.Link{{Text: "All figures as CSV", URL: "/admin/markets/" + m.Code + "/report.csv"}}}
	p.Sections = append(p.Sections, Section{Title: "Test beside open", Table: phasesTable(l)})
	p.Sections = append(p.Sections, timeSections(l)...)
	return withSections(p, goodsSection(l), wavesSection(l), refusalsSection(l), interestSection(l), codesSection(l))
}

func withSections(p SectionsPage, more ...Section) SectionsPage {
	p.Sections = append(p.Sections, more...)
	return p
}

func phasesTable(l report.Launch) *Table {
	m := l.Market
	t := &Table{Label: "Test beside open", Heads: heads("Figure", "Test>", "Open>")}
	add := func(name string, value func(report.Phase) string) {
		row := cells(name, "not yet", "not yet")
		for i, phase := range []report.Phase{l.Test, l.Open} {
			if phase.From != 0 {
				row[i+1].Text = value(phase)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	number := func(of func(report.Phase) int) func(report.Phase) string {
		return func(p report.Phase) string { return count(of(p)) }
	}
	add("From", func(p report.Phase) string { return when(p.From, m) })
	add("Lasted", func(p report.Phase) string { return span(p.To.Sub(p.From)) })
	add("Orders paid for", number(func(p report.Phase) int { return p.Orders }))
	add("Units in them", number(func(p report.Phase) int { return p.Units }))
	add("Revenue", func(p report.Phase) string { return sum(p.Revenue, m.Currency) })
	add("Waiting for payment", number(func(p report.Phase) int { return p.Waiting }))
	add("Never paid", number(func(p report.Phase) int { return p.Expired }))
	add("Cancelled", number(func(p report.Phase) int { return p.Cancelled }))
	add("Returned, or money back", number(func(p report.Phase) int { return p.Returned }))
	add("Money back", func(p report.Phase) string { return sum(p.Refunded, m.Currency) })
	add("Requests refused", number(func(p report.Phase) int { return p.Refused }))
	add("Of these, by a limit", number(func(p report.Phase) int { return p.LimitsHit }))
	return t
}

// timeSections are what was sold and refused as time went by.
func timeSections(l report.Launch) []Section {
	from := clock.Earliest(l.Test.From, l.Open.From)
	if from == 0 {
		return nil
	}
	units := columnsOf("Units sold", l, from, func(h report.Hour) int { return h.Units })
	refused := columnsOf("Requests refused", l, from, func(h report.Hour) int { return h.Refused })
	return []Section{{Title: "Units sold as time went by", Chart: columns(units)}, {Title: "Requests refused as time went by", Chart: columns(refused), Notes: []string{"Requests, not people: who tries twice is counted twice."}}}
}

func goodsSection(l report.Launch) Section {
	m := l.Market
	chart := Bars{Label: "Units by variant"}
	t := &Table{Label: "Goods", Heads: heads("SKU", "Units in test>", "Revenue in test>", "Units open>", "Revenue open>")}
	for _, g := range l.Goods {
		chart.Rows = append(chart.Rows, BarRow{Name: g.SKU, Value: g.TestUnits + g.OpenUnits, Text: count(g.TestUnits+g.OpenUnits) + " (" + count(g.TestUnits) + " in test)"})
		t.Rows = append(t.Rows, cells(g.SKU, count(g.TestUnits), sum(g.TestRevenue, m.Currency), count(g.OpenUnits), sum(g.OpenRevenue, m.Currency)))
	}
	return charted("Goods", "Nothing has been sold yet.", chart, t)
}

func wavesSection(l report.Launch) Section {
	chart := Bars{Label: "Units taken of each wave, in per cent"}
	for _, w := range l.Waves {
		name := w.SKU
		if w.NeedsCode {
			name += " (code)"
		}
		if w.BeginsAt != 0 {
			name += ", " + w.BeginsAt.In(l.Market.Location()).Format("2 Jan")
		}
		text := count(w.Taken) + " of " + count(w.Quantity)
		if w.SoldOut() {
			text += ", sold out after " + span(w.ToSellOut())
		}
		chart.Rows = append(chart.Rows, BarRow{Name: name, Value: 100 * w.Taken / max(1, w.Quantity), Text: text})
	}
	chart.Most = 100
	t := waveTable(l.Waves, l.Market)
	return charted("Waves, and how long until each was sold out", "There is no wave.", chart, &t)
}

func refusalsSection(l report.Launch) Section {
	totals := map[string]int{}
	var reasons []string
	t := &Table{Label: "Refusals", Heads: heads("Reason", "Phase", "SKU", "Requests>")}
	for _, r := range l.Refusals {
		if totals[r.Reason] == 0 {
			reasons = append(reasons, r.Reason)
		}
		totals[r.Reason] += r.Requests
		t.Rows = append(t.Rows, cells(refusedFor(r.Reason), phases[market.Phase(r.Phase)], r.SKU, count(r.Requests)))
	}
	slices.SortStableFunc(reasons, func(a, b string) int { return totals[b] - totals[a] })
	chart := Bars{Label: "Requests refused, by reason"}
	for _, reason := range reasons {
		chart.Rows = append(chart.Rows, BarRow{Name: refusedFor(reason), Value: totals[reason], Text: count(totals[reason])})
	}
	s := charted("Demand that could not be met", "No request to buy was refused.", chart, t)
	s.Notes = []string{"They are written down within a second or so."}
	return s
}

func interestSection(l report.Launch) Section {
	i := l.Interest
	chart := Bars{Label: "From interest to order", Rows: []BarRow{
		{Name: "Sign-ups confirmed", Value: i.Confirmed, Text: count(i.Confirmed)}, {Name: "Told that it is open", Value: i.Told, Text: count(i.Told)},
		{Name: "Of the confirmed, ordered", Value: i.Ordered, Text: count(i.Ordered) + share(i.Ordered, i.Confirmed)},
	}}
	t := &Table{Label: "From interest to order", Heads: heads("List", "Confirmed>", "Still waiting>", "Told>", "Left the list>", "Ordered>", "Share>")}
	for _, f := range i.Lists {
		t.Rows = append(t.Rows, cells(cmp.Or(f.Product, "The market"), count(f.Confirmed), count(f.Waiting), count(f.Told), count(f.Gone), count(f.Ordered), percent(f.Ordered, f.Confirmed)))
	}
	s := charted("From interest to order", "Nobody has asked to be told.", chart, t)
	s.Notes = []string{"Ordered are those who paid for what they waited for, under the same e-mail address, from their sign-up until " +
		span(launch.TracedFor) + " after they were told. Who is on two lists counts on both."}
	return s
}

func codesSection(l report.Launch) Section {
	i := l.Interest
	chart := Bars{Label: "Access codes", Rows: []BarRow{
		{Name: "Codes made", Value: i.Codes, Text: count(i.Codes)}, {Name: "Codes mailed", Value: i.Mailed, Text: count(i.Mailed)},
		{Name: "Codes used", Value: i.Used, Text: count(i.Used) + share(i.Used, i.Codes)}, {Name: "Orders with a code", Value: i.CodeOrders, Text: count(i.CodeOrders)},
	}}
	t := &Table{Label: "Access codes", Heads: heads("Figure", "Number>")}
	if i.Codes > 0 {
		for _, row := range chart.Rows {
			t.Rows = append(t.Rows, cells(row.Name, count(row.Value)))
		}
		t.Rows = append(t.Rows, cells("Revenue with a code", sum(i.CodeRevenue, l.Market.Currency)))
	}
	return charted("Access codes", "No access code has been made.", chart, t)
}

// share is a part of a whole in per cent, to stand behind a number.
func share(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return ", " + percent(part, whole)
}

// percent is a part of a whole in per cent.
func percent(part, whole int) string { return count(100*part/max(1, whole)) + " %" }

// charted is a chart with its table behind it.
func charted(title, empty string, chart Bars, t *Table) Section {
	if len(t.Rows) == 0 {
		return Section{Title: title, Empty: empty}
	}
	return Section{Title: title, Chart: barsWithTable(chart, *t)}
}
