package admin

import (
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// CentrePage is all markets on one line of time, with what waits for each.
type CentrePage struct {
	Frame
	New      string // address of the form that makes a market; empty for who may not
	Alarms   []AlarmRow
	Timeline Timeline
	Markets  Table
	Instants Table
	Preview  *Form
}

// NewCentrePage shows the lanes of all markets at an instant; may says whether the reader may change schedules.
func NewCentrePage(frame Frame, lanes []launch.Lane, now clock.Instant, alarms []AlarmRow, f PreviewForm, may bool) CentrePage {
	p := CentrePage{Frame: frame, Alarms: alarms, Timeline: newTimeline(lanes, now),
		Markets:  Table{Label: "Markets", Heads: heads("Market", "Phase", "Next", "Checklist", "Waiting>", "Units left>", "Change")},
		Instants: Table{Label: "Instants", Heads: heads("Market", "What", "When", "In UTC")}}
	if may {
		p.New = "/admin/markets/new"
	}
	p.Faulty = len(f.Faults) > 0
	var markets []market.Market
	for _, l := range lanes {
		markets = append(markets, l.Market)
		p.Markets.Rows = append(p.Markets.Rows, laneRow(l, now, may))
		p.Instants.Rows = append(p.Instants.Rows, instantRows(l)...)
	}
	p.Preview = previewForm(f, markets...)
	return p
}

func laneRow(l launch.Lane, now clock.Instant, may bool) []Cell {
	m := l.Market
	base := "/admin/markets/" + m.Code
	next := Cell{Text: "nothing planned"}
	if at := m.Schedule().Next(now); at != 0 {
		next = Cell{Text: phases[m.Phase(at)] + " " + until(now, at), More: when(at, m)}
	}
	ready := readyState(l.Ready(), len(l.Checklist))
	left := Cell{Text: "no waves"}
	switch {
	case m.LaunchAt.Reached(now):
		left = Cell{Text: "from stock"}
	case l.Published > 0:
		left = Cell{Text: count(l.Left), More: "of " + count(l.Published), URL: "/admin/launches/" + m.Code}
	}
	row := []Cell{{Text: country(m), URL: base, More: m.Code}, {State: phaseState(m.Phase(now))}, next, {Text: ready.Words, URL: base + "/checklist"},
		{Text: count(l.Waiting), URL: base + "/interest"}, left, {Links: []components.Link{{Text: "Report", URL: base + "/report"}}}}
	if may {
		change := "Pause"
		if m.Phase(now) == market.Paused {
			change = "Resume"
		}
		row[6].Links = []components.Link{{Text: "Postpone or bring forward", URL: base + "/schedule"}, {Text: change, URL: base}, row[6].Links[0]}
	}
	return row
}

// instantRows are all that the line of time shows of a market.
func instantRows(l launch.Lane) [][]Cell {
	var rows [][]Cell
	m := l.Market
	add := func(what string, at clock.Instant) {
		if at != 0 {
			rows = append(rows, cells(country(m), what, when(at, m), utc(at)))
		}
	}
	add("Announced", m.AnnouncedAt)
	add("Test begins", m.TestAt)
	for _, w := range l.Waves {
		add("Wave of "+waveWords(w), w.At)
	}
	add("Launch", m.LaunchAt)
	for _, r := range l.Releases {
		add("Release of "+r.Product, r.At)
	}
	for _, pause := range m.Pauses {
		add("Pause begins: "+pause.Reason, pause.FromAt)
		add("Pause ends", pause.ToAt)
	}
	return rows
}

func waveWords(w launch.WaveSum) string {
	text := counted(w.Units, "unit", "units")
	if w.NeedsCode {
		text += " with code"
	}
	return text
}
