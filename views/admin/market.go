package admin

import (
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// MarketsPage lists the markets.
type MarketsPage struct {
	Frame
	New     string // address of the form that makes one; empty for who may not
	Markets []MarketRow
}

// MarketRow is a market in the list.
type MarketRow struct {
	Name, Code, URL, Zone, Next string
	Phase                       components.State
}

// NewMarketsPage lists markets as they are at an instant; may says whether the reader may make one.
func NewMarketsPage(frame Frame, markets []market.Market, now clock.Instant, may bool) MarketsPage {
	p := MarketsPage{Frame: frame}
	if may {
		p.New = "/admin/markets/new"
	}
	for _, m := range markets {
		row := MarketRow{Name: country(m), Code: m.Code, URL: "/admin/markets/" + m.Code, Zone: m.Zone, Phase: phaseState(m.Phase(now)), Next: "nothing planned"}
		if next := m.Schedule().Next(now); next != 0 {
			row.Next = phases[m.Phase(next)] + " from " + when(next, m)
		}
		p.Markets = append(p.Markets, row)
	}
	return p
}

// MarketPage is one market: its schedule, its pauses and its range.
type MarketPage struct {
	Frame
	Phase    components.State
	Schedule []components.Row
	Facts    []components.Row
	Offers   []components.Row
	Pauses   []PauseRow
	Pause    *Form
	Resume   *Form
	Preview  *Form
	Change   string // address of the schedule's form; empty for who may not
	Launch   string
}

// PauseRow is a pause of a market.
type PauseRow struct{ From, To, Reason string }

// PauseForm is what was typed to pause a market, and what was wrong with it.
type PauseForm struct {
	Reason string
	Until  market.Moment
	Faults map[string]string
}

// NewMarketPage shows a market; may says whether the reader may change it.
func NewMarketPage(frame Frame, o launch.Overview, f PauseForm, may bool) MarketPage {
	m := o.Market
	phase := m.Phase(o.At)
	frame.Title = country(m)
	frame = frame.OfMarket(m, "/admin/markets/"+m.Code)
	p := MarketPage{Frame: frame, Phase: phaseState(phase), Schedule: scheduleRows(m.Schedule(), m), Facts: marketFacts(m), Offers: offerCounts(o.Goods),
		Launch: "/admin/launches/" + m.Code}
	p.Faulty, p.Preview = len(f.Faults) > 0, previewForm(PreviewForm{}, m)
	for _, pause := range slices.Backward(m.Pauses) {
		row := PauseRow{From: when(pause.FromAt, m), To: "until further notice", Reason: pause.Reason}
		if pause.ToAt != 0 {
			row.To = when(pause.ToAt, m)
		}
		p.Pauses = append(p.Pauses, row)
	}
	if !may {
		return p
	}
	base := "/admin/markets/" + m.Code
	p.Change = base + "/schedule"
	if phase == market.Paused {
		p.Resume = &Form{Action: base + "/pauses/end", Button: "Resume sales now", Fields: []Entry{
			entry(components.Field{Name: "reason", Label: "Why sales go on", Optional: "optional", MaxLength: 500, Hint: "The trail keeps it. People who wait are mailed."}, nil)}}
		return p
	}
	p.Pause = &Form{Action: base + "/pauses", Button: "Pause sales now", Strong: true, Fields: []Entry{
		entry(components.Field{Name: "reason", Label: "Why sales pause", Value: f.Reason, MaxLength: 200, Hint: "Only staff read it. People who wait are mailed that sales pause."}, f.Faults),
		moment(components.Field{Name: "until", Label: "Until", Value: f.Until.Local, Optional: "optional", Hint: "In " + m.Zone + ". Empty: until somebody resumes."}, f.Faults, string(f.Until.Fold)),
	}}
	return p
}

func scheduleRows(s market.Schedule, m market.Market) []components.Row {
	rows := []components.Row{{Name: "Announced"}, {Name: "Test begins"}, {Name: "Launch"}}
	for i, at := range []clock.Instant{s.AnnouncedAt, s.TestAt, s.LaunchAt} {
		rows[i].Value = when(at, m)
		if at != 0 {
			rows[i].Value += " · " + utc(at)
		}
	}
	return rows
}

func marketFacts(m market.Market) []components.Row {
	prices := "before tax"
	if m.TaxIncluded {
		prices = "with tax"
	}
	var stores, payments string
	for _, s := range m.Stores() {
		stores += " /" + s.Path() + "/"
	}
	for _, pay := range m.Payments {
		payments += " " + pay.Provider
		if !pay.InTest {
			payments += " (not in test)"
		}
	}
	return []components.Row{
		{Name: "Stores", Value: stores}, {Name: "Time zone", Value: m.Zone}, {Name: "Prices", Value: m.Currency + ", " + prices},
		{Name: "Payment", Value: payments}, {Name: "Holds", Value: count(m.HoldMinutes) + " minutes online, " + count(m.TransferDays) + " days by transfer"},
		{Name: "Returns", Value: count(m.ReturnDays) + " days after the last parcel"},
	}
}

// offerCounts is how many variants are in each state.
func offerCounts(goods []launch.Goods) []components.Row {
	var rows []components.Row
	for _, state := range []launch.State{launch.OnSale, launch.Test, launch.Code, launch.Announced, launch.SoldOut, launch.Paused, launch.Blocked, launch.Hidden, launch.Ended} {
		n := 0
		for _, g := range goods {
			if g.Sale.Offer.State == state {
				n++
			}
		}
		if n > 0 {
			rows = append(rows, components.Row{Name: offers[state], Value: count(n)})
		}
	}
	return rows
}
