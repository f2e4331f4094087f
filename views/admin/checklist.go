package admin

import (
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// ChecklistPage is what a market lacks for its launch.
type ChecklistPage struct {
	Frame
	Summary  components.State
	Advice   string
	Schedule components.Link // empty for who may not set it
	Lines    []CheckRow
}

// CheckRow is a line of the market's checklist. URL leads to where the whole line is mended.
type CheckRow struct {
	Name, URL string
	State     components.State
	Missing   []components.Link
	Notes     []components.Link
}

// NewChecklistPage shows each line in words. red are the lines that stand in the way.
func NewChecklistPage(frame Frame, m market.Market, lines, red []launch.CheckLine, may, mayOverride bool) ChecklistPage {
	frame.Title = "Checklist of " + country(m)
	p := ChecklistPage{Frame: frame, Lines: checkRows(lines), Summary: readyState(len(lines)-len(red), len(lines))}
	switch {
	case len(red) == 0:
		p.Advice = "Nothing stands in the way of a launch."
	case mayOverride:
		p.Advice = "The market can't get a launch instant while a line is red. You may set one in spite of it, with a reason that the trail keeps."
	default:
		p.Advice = "The market can't get a launch instant while a line is red, unless an owner sets one with a reason."
	}
	if may {
		p.Schedule = components.Link{Text: "Set the schedule", URL: "/admin/markets/" + m.Code + "/schedule"}
	}
	return p
}

// readyState is how many lines of a checklist are green.
func readyState(ready, all int) components.State {
	if ready == all {
		return components.State{Kind: "open", Words: "Ready: " + count(ready) + " of " + count(all)}
	}
	return components.State{Kind: "blocked", Words: count(ready) + " of " + count(all) + " ready"}
}

func checkRows(lines []launch.CheckLine) []CheckRow {
	rows := make([]CheckRow, len(lines))
	for i, l := range lines {
		rows[i] = CheckRow{Name: say("checklist." + l.Key), URL: l.Link, State: components.State{Kind: "blocked", Words: "Red"}, Missing: gapLinks(l.Missing), Notes: gapLinks(l.Notes)}
		if l.OK {
			rows[i].State = components.State{Kind: "open", Words: "Green"}
		}
	}
	return rows
}

func gapLinks(gaps []launch.Gap) []components.Link {
	links := make([]components.Link, len(gaps))
	for i, gap := range gaps {
		links[i] = components.Link{Text: gap.What, URL: gap.Link}
	}
	return links
}

// manyGaps is from how many gaps on a line shows them behind a summary.
const manyGaps = 6
