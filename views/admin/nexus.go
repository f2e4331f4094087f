package admin

import (
	"cmp"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// NewNexusPage shows where the seller collects tax, and at which rates.
func NewNexusPage(frame Frame, r launch.Rules, now clock.Instant, may bool) SectionsPage {
	frame.Title = "Where tax is collected in " + country(r.Market)
	list := &Table{Label: "Regions", Heads: heads("Place", "Code", "Tax", "Rates now", "(Do)")}
	for _, region := range r.Regions {
		row := append(cells(region.Name, region.Code), Cell{State: components.State{Kind: "sold_out", Words: "none"}}, Cell{Lines: ratesNow(r, region.Code, now)}, Cell{})
		button, next := "Collect tax", "yes"
		if region.Nexus {
			row[2].State = components.State{Kind: "open", Words: "collected"}
			button, next = "Stop collecting", "no"
		}
		if may {
			row[4].Form = &Form{Action: "/admin/markets/" + r.Market.Code + "/taxes/nexus/" + region.Code, Button: button, Quiet: true, Hidden: []Hidden{{"nexus", next}}}
		}
		list.Rows = append(list.Rows, row)
	}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Places", Table: list, Empty: "No place is listed. The market's settings have the list.",
		Notes: []string{"Tax is charged only where the seller has to collect it. A place where it is collected needs a rate for each class of goods, if only of 0 %."}}}}
}

// ratesNow are the rates of a place, its own before the market's.
func ratesNow(r launch.Rules, region string, now clock.Instant) []string {
	var lines []string
	for _, class := range append(r.Classes[:len(r.Classes):len(r.Classes)], market.TaxClass{Code: market.DeliveryClass, Name: "Delivery"}) {
		var own, general string
		for _, rate := range r.Rates {
			valid := market.Interval{From: rate.ValidFrom, To: rate.ValidTo}.Contains(now)
			if !valid || rate.TaxClass != class.Code {
				continue
			}
			switch rate.Region {
			case region:
				own = english.Rate(rate.RatePPM)
			case "":
				general = english.Rate(rate.RatePPM)
			}
		}
		if own+general != "" {
			lines = append(lines, class.Name+" "+cmp.Or(own, general))
		}
	}
	return lines
}
