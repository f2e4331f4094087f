package admin

import (
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/report"
	"softlaunch/models/waiting"
	"softlaunch/static"
	"softlaunch/views/components"
)

// LivePage is what goes on now.
type LivePage struct {
	Frame
	Figures LiveFigures
}

// LiveFigures are the part that changes.
type LiveFigures struct {
	At     string
	Shop   []LiveFigure
	Market Table
	Why    Table
}

// LiveFigure is one number of the whole shop.
type LiveFigure struct{ Name, Value string }

// LiveMarket is a market as it does now.
type LiveMarket struct {
	Room    waiting.Status
	Traffic report.Traffic
	Left    []launch.Left
	Reasons []report.Reason
}

// NewLivePage surrounds the figures.
func NewLivePage(frame Frame, figures LiveFigures) LivePage {
	frame.Script = static.URL("js/live.js")
	return LivePage{Frame: frame, Figures: figures}
}

// NewLiveFigures shows what goes on. Writing is how many changes wait for the writer, elsewhere what happened outside of
// any market.
func NewLiveFigures(now clock.Instant, markets []LiveMarket, elsewhere report.Traffic, writing int) LiveFigures {
	f := LiveFigures{At: now.Time().Format("2006-01-02 15:04:05 UTC")}
	f.Market = Table{Label: "Markets now", Heads: heads("Market", "Visitors, 5 min>", "Waiting>", "Inside>", "Orders, 1 min>", "Units left>", "Told to come again, 1 min>", "Our errors, 1 min>", "Waiting room")}
	f.Why = Table{Label: "Refused this hour, by reason", Heads: heads("Reason", "Market", "Requests>")}
	orders, errors := 0, elsewhere.Errors
	for _, m := range markets {
		orders, errors = orders+m.Traffic.Orders, errors+m.Traffic.Errors
		f.Market.Rows = append(f.Market.Rows, liveRow(m))
		for _, r := range m.Reasons {
			f.Why.Rows = append(f.Why.Rows, cells(refusedFor(r.Key), country(m.Room.Market), count(r.Requests)))
		}
	}
	f.Shop = []LiveFigure{{"Orders in the last minute", count(orders)}, {"Changes waiting for the writer", count(writing)}, {"Our errors in the last minute", count(errors)}}
	return f
}

func liveRow(m LiveMarket) []Cell {
	units := 0
	for _, l := range m.Left {
		units += l.Units
	}
	url := "/admin/markets/" + m.Room.Market.Code
	row := cells(country(m.Room.Market), count(m.Traffic.Visitors), count(m.Room.Waiting), count(m.Room.Inside), count(m.Traffic.Orders), count(units),
		count(m.Traffic.Busy), count(m.Traffic.Errors))
	row[0].URL = url
	manage := components.Link{Text: "Manage", URL: url + "/waiting-room"}
	return append(row, Cell{State: roomStates[m.Room.Plan.State], Links: []components.Link{manage}})
}
