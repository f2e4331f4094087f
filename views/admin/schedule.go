package admin

import (
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// SchedulePage changes when a market opens. Preview says what the times typed would mean; it is there when they can be
// read.
type SchedulePage struct {
	Frame
	Zone    string
	Form    Form
	Preview []Change
	Effect  string
	Told    string
	Lines   []CheckRow
}

// Change is an instant as it is and as it would be.
type Change struct{ Name, Before, After, UTC string }

// ScheduleForm is what was typed and what was wrong with it.
type ScheduleForm struct {
	Times   launch.Times
	Confirm string
	Reason  string // why an owner launches with red lines
	Error   string
	Preview bool // show what the times mean
	Faults  map[string]string
}

// NewSchedulePage asks for a market's times. An owner may launch with red lines of the checklist, and says why.
func NewSchedulePage(frame Frame, plan launch.Plan, f ScheduleForm, mayOverride bool) SchedulePage {
	m := plan.Market
	frame.Title = "Schedule of " + country(m)
	frame = frame.OfMarket(m, "/admin/markets/"+m.Code+"/schedule")
	p := SchedulePage{Frame: frame, Zone: m.Zone}
	p.Faulty = len(f.Faults) > 0 || f.Error != ""
	hint := "In " + m.Zone + ". Empty: not set."
	p.Form = Form{Action: "/admin/markets/" + m.Code + "/schedule", Button: "Change the schedule", Error: f.Error, Strong: true, Preview: true, Fields: []Entry{
		timeEntry("announced_at", "Announced", hint, f.Times.Announced, f.Faults),
		timeEntry("test_at", "Test begins", hint, f.Times.Test, f.Faults),
		timeEntry("launch_at", "Launch", hint, f.Times.Launch, f.Faults),
		entry(components.Field{Name: "confirm", Label: "Type “" + m.Code + "” to confirm", Value: f.Confirm, Autocomplete: "off", MaxLength: 8}, f.Faults),
	}}
	why := components.Field{Name: "reason", Label: "Why the times change", Value: f.Reason, MaxLength: 500, Optional: "optional", Hint: "The trail keeps it."}
	if plan.Blocked && mayOverride {
		why.Label, why.Optional = "Why the market launches in spite of red lines", "only to override the checklist"
	}
	p.Form.Fields = append(p.Form.Fields, entry(why, f.Faults))
	if f.Preview {
		p.preview(plan)
	}
	return p
}

// toldWords is whom a change is mailed to.
func toldWords(n int) string {
	switch n {
	case 0:
		return "Nobody who waits is mailed."
	case 1:
		return "One person who asked to be told is mailed."
	}
	return count(n) + " people who asked to be told are mailed."
}

func timeEntry(name, label, hint string, typed market.Moment, faults map[string]string) Entry {
	return moment(components.Field{Name: name, Label: label, Hint: hint, Value: typed.Local, Optional: "optional"}, faults, string(typed.Fold))
}

// preview puts what is beside what would be.
func (p *SchedulePage) preview(plan launch.Plan) {
	m, before, after := plan.Market, plan.Market.Schedule(), plan.Schedule
	for _, line := range []struct {
		name     string
		was, new clock.Instant
	}{{"Announced", before.AnnouncedAt, after.AnnouncedAt}, {"Test begins", before.TestAt, after.TestAt}, {"Launch", before.LaunchAt, after.LaunchAt}} {
		p.Preview = append(p.Preview, Change{Name: line.name, Before: when(line.was, m), After: when(line.new, m), UTC: utc(line.new)})
	}
	p.Lines = checkRows(plan.Checklist)
	p.Told = toldWords(plan.Told)
	now, then := before.Phase(plan.At), after.Phase(plan.At)
	p.Effect = "The market stays " + phaseWord(now) + " for now."
	if now != then {
		p.Effect = "The market changes at once: it was " + phaseWord(now) + " and is then " + phaseWord(then) + "."
	}
	if next := after.Next(plan.At); next != 0 {
		p.Effect += " It is " + phaseWord(after.Phase(next)) + " from " + when(next, m) + "."
	}
}
