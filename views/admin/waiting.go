package admin

import (
	"strconv"

	"softlaunch/models/waiting"
	"softlaunch/views/components"
)

// RoomForm is what was typed on a waiting room's page.
type RoomForm struct {
	waiting.Form
	Faults map[string]string
}

var roomStates = map[waiting.State]components.State{
	waiting.Closed: {Kind: "ended", Words: "Closed"}, waiting.Armed: {Kind: "announced", Words: "Armed"},
	waiting.Open: {Kind: "test", Words: "Open"}, waiting.Draining: {Kind: "open", Words: "Draining"},
}

// NewRoomPage shows a market's waiting room, with the forms that may change it.
func NewRoomPage(frame Frame, s waiting.Status, f RoomForm, may bool) SectionsPage {
	frame.Title, frame.Faulty = "Waiting room of "+country(s.Market), len(f.Faults) > 0
	p := SectionsPage{Frame: frame, State: roomStates[s.Plan.State], Actions: []components.Link{{Text: "Live view", URL: "/admin/live"}}}
	p.Sections = []Section{{Title: "Now", Rows: roomRows(s), Notes: roomNotes(s)}}
	if may {
		p.Sections = append(p.Sections, roomForms(s, f)...)
	}
	return p
}

func roomRows(s waiting.Status) []components.Row {
	rows := []components.Row{{Name: "Requests being answered", Value: count(s.Load)}, {Name: "Orders a second", Value: figure(s.Orders)}}
	if s.Plan.State == waiting.Closed {
		return rows
	}
	if s.Plan.State == waiting.Armed {
		rows = append([]components.Row{{Name: "Opens", Value: when(s.Opens, s.Market)}}, rows...)
	} else {
		rows = append([]components.Row{{Name: "Open since", Value: when(s.Plan.OpenedAt, s.Market)}}, rows...)
	}
	return append(rows,
		components.Row{Name: "Tickets given out", Value: count(s.Tickets)},
		components.Row{Name: "Waiting now", Value: count(s.Waiting)},
		components.Row{Name: "Inside, or called and expected", Value: count(s.Inside) + " of at most " + count(s.Plan.MostInside)},
		components.Row{Name: "Let in a second, at most", Value: figure(s.Rate)})
}

func figure(n float64) string { return english.Decimal(strconv.FormatFloat(n, 'f', 1, 64)) }

func roomNotes(s waiting.Status) []string {
	switch {
	case s.Plan.State == waiting.Closed:
		return []string{"Everybody may shop. The room opens by itself when more is asked for than can be served for some seconds."}
	case s.Plan.State == waiting.Armed:
		return []string{"Tickets are given out. Who is there at the opening is put into a random order; others come behind. The room opens no sale: the schedule does."}
	case s.Plan.Automatic:
		return []string{"The shop opened it by itself and closes it when nobody has waited for a minute."}
	case s.Plan.State == waiting.Draining:
		return []string{"It closes as soon as nobody waits."}
	}
	return nil
}

// roomForms are what can be done with a room in its state. Who is inside stays inside, whatever is done.
func roomForms(s waiting.Status, f RoomForm) []Section {
	action := "/admin/markets/" + s.Market.Code + "/waiting-room/"
	button := func(title, verb, note string, strong bool) Section {
		return Section{Title: title, Notes: []string{note}, Form: &Form{Action: action + verb, Button: title, Strong: strong, Quiet: !strong}}
	}
	most := entry(components.Field{Name: "most_inside", Label: "At most inside at once", Value: f.Most, Optional: "optional", InputMode: "numeric", MaxLength: 6,
		Hint: "Empty: " + count(waiting.DefaultInside) + "."}, f.Faults)
	closing := button("Close now", "closing", "Everybody may shop at once, those who wait too.", true)
	switch s.Plan.State {
	case waiting.Closed:
		opening := button("Open now", "opening", "Whoever is not inside waits in order of arrival. At most "+count(waiting.DefaultInside)+" are let in at once.", false)
		return []Section{{Title: "Arm for a launch", Form: &Form{Action: action + "arming", Button: "Arm", Fields: []Entry{
			moment(components.Field{Name: "opens_at", Label: "Opens", Value: f.OpensAt.Local, Optional: "optional",
				Hint: "In " + s.Market.Zone + ". Empty: the market's launch instant, wherever it is moved."}, f.Faults, string(f.OpensAt.Fold)), most}}}, opening}
	case waiting.Armed:
		return []Section{button("Open now", "opening", "Draws the order of those who are there now.", false), closing}
	case waiting.Open:
		return []Section{button("Drain", "draining", "Lets in who waits, then closes by itself.", false), closing}
	}
	return []Section{closing}
}
