package shop

import (
	"net/url"
	"strconv"

	"softlaunch/models/waiting"
	"softlaunch/static"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// WaitingRoomPage is where shoppers wait when more want in than the shop can serve.
type WaitingRoomPage struct {
	layouts.Frame
	Place Place
}

// Place is the part of the page that changes while it is open.
type Place struct {
	layouts.Frame
	State       string
	Title, Text string
	Figures     []components.Row
	Countdown   *components.Countdown
	Goods       []components.Row
	Keep        string          // where the place is kept
	Link        components.Link // what to do by hand
	Next        string          // where to go once inside
	Again       int             // milliseconds until the script asks again, 0 for never
	Refresh     string          // what browsers without JavaScript do, as the value of a refresh, empty for nothing
	Said        string          // what is read out when the state changes
}

// Ask is what came of asking for a place.
type Ask int

const (
	// Answered has an answer.
	Answered Ask = iota
	// NoCookies is a browser that keeps no ticket.
	NoCookies
	// Lost is a script without a ticket.
	Lost
)

// NewPlace tells a visitor where he stands. Next is where he wants to go, empty for the store's goods.
func NewPlace(f layouts.Frame, asked Ask, next string, a waiting.Answer) Place {
	if next == "" {
		next = f.To("/products")
	}
	here := f.To("/waiting-room") + "?next=" + url.QueryEscape(next)
	p := Place{Frame: f, Next: next, Again: int(a.Again.Milliseconds())}
	switch {
	case asked == NoCookies:
		p.say("cookies", "cookies", f.T("waiting.again"), here)
	case asked == Lost:
		p.say("lost", "lost", f.T("waiting.again"), here)
	case a.Where == waiting.Inside, a.Where == waiting.Free:
		p.say(string(a.Where), string(a.Where), f.T("waiting.go_on"), next)
		p.Again = 0
	default:
		p.say(string(a.Where), string(a.Where), f.T("waiting.again"), here)
		p.line(a, here)
	}
	if a.Where == waiting.Early {
		p.Text = f.T("waiting.early_text", "When", f.DateTime(a.Opens, f.Store.Zone))
		p.Countdown = countdown(f, a.Opens, true)
		p.Countdown.Over = f.T("waiting.waits")
	}
	return p
}

// say takes over the texts of a key, with one thing to do by hand.
func (p *Place) say(key, state, todo, address string) {
	p.State, p.Title, p.Text = state, p.T("waiting."+key), p.T("waiting."+key+"_text")
	p.Said, p.Link = p.Title, components.Link{Text: todo, URL: address}
}

// line tells of place, wait and units left, and has the page ask again.
func (p *Place) line(a waiting.Answer, here string) {
	p.Keep = p.T("waiting.keep")
	p.Refresh = strconv.Itoa(max(5, p.Again/1000)) + ";url=" + here + "&again=1"
	if a.Where == waiting.Early {
		return
	}
	for _, l := range a.Left {
		row := components.Row{Name: l.Name, Value: p.T("waiting.left_none")}
		if l.Units > 0 {
			row.Value = p.N("waiting.left_units", l.Units)
		}
		p.Goods = append(p.Goods, row)
	}
	p.Figures = append(p.Figures, components.Row{Name: p.T("waiting.place"), Value: p.Number(int64(a.Place))})
	p.Said = p.T("waiting.said_waits", "Place", a.Place)
	if a.Where == waiting.Waits {
		p.Figures = append(p.Figures, components.Row{Name: p.T("waiting.wait"), Value: p.wait(a.Seconds)})
	} else {
		p.Said = p.Title
	}
}

func (p *Place) wait(seconds int) string {
	if seconds < 60 {
		return p.T("waiting.wait_short")
	}
	return p.T("waiting.wait_minutes", "Minutes", (seconds+59)/60)
}

func (p Place) again() string { return strconv.Itoa(p.Again) }

func (p Place) title() string {
	if len(p.Figures) > 0 {
		return p.Figures[0].Value + " – " + p.T("waiting.title")
	}
	return p.Title
}

// NewWaitingRoomPage surrounds a place.
func NewWaitingRoomPage(f layouts.Frame, place Place) WaitingRoomPage {
	f.Quiet, f.Store.Waiting = true, components.Link{}
	f.Head.Title, f.Head.Refresh = place.title(), place.Refresh
	if place.Again > 0 {
		f.Head.Script = static.URL("js/waiting.js")
	}
	return WaitingRoomPage{Frame: f, Place: place}
}
