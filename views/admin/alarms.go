package admin

import (
	"cmp"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/views/components"
)

// AlarmRow is something that stops sales at an instant if staff leave it.
type AlarmRow struct {
	Market, Text, URL, When string
	State                   components.State
}

// NewAlarms are warnings in words; kinds are those of approvals.
func NewAlarms(warnings []launch.Warning, kinds map[string]launch.Kind, now clock.Instant) []AlarmRow {
	rows := make([]AlarmRow, len(warnings))
	for i, w := range warnings {
		row := AlarmRow{Market: country(w.Market), URL: w.Link, When: until(now, w.At) + ", " + when(w.At, w.Market), State: components.State{Kind: "blocked", Words: "Alarm"}}
		if w.Kind == launch.AlarmChecklist {
			row.Text = say("checklist."+w.Line.Key) + " is red, and the market opens"
		} else {
			name := cmp.Or(kinds[w.Approval.Grant.Kind].Name, w.Approval.Grant.Kind)
			row.Text = name + " of " + strings.Join(w.Approval.Products, ", ") + " ends, and stops its sale"
			if w.Approval.Days > 7 {
				row.State = components.State{Kind: "test", Words: "Warning"}
			}
		}
		rows[i] = row
	}
	return rows
}

// until is how long it is to an instant, in plain figures.
func until(now, at clock.Instant) string {
	left := at.Sub(now)
	if left <= 0 {
		return "now"
	}
	return "in " + span(left)
}
