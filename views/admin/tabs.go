package admin

import (
	"strings"

	"softlaunch/models/market"
	"softlaunch/views/components"
)

// tabsOf are the pages of a market, in the order in which a new one is set up and run.
var tabsOf = []components.Link{
	{Text: "Overview", URL: ""},
	{Text: "Checklist", URL: "/checklist"},
	{Text: "Schedule", URL: "/schedule"},
	{Text: "Settings", URL: "/settings"},
	{Text: "Seller", URL: "/seller"},
	{Text: "Listings", URL: "/listings"},
	{Text: "Taxes", URL: "/taxes"},
	{Text: "Delivery", URL: "/delivery"},
	{Text: "Pages", URL: "/pages"},
	{Text: "Requirements", URL: "/requirements"},
	{Text: "Batches", URL: "launches"},
	{Text: "Codes", URL: "/codes"},
	{Text: "Interest", URL: "/interest"},
	{Text: "Waiting room", URL: "/waiting-room"},
	{Text: "Report", URL: "/report"},
}

// OfMarket puts a page at a path among a market's pages.
func (f Frame) OfMarket(m market.Market, path string) Frame {
	base := "/admin/markets/" + m.Code
	f.Tabs = nil
	for _, tab := range tabsOf {
		url := base + tab.URL
		if tab.URL == "launches" {
			url = "/admin/launches/" + m.Code
		}
		current := path == url || (url != base && strings.HasPrefix(path, url+"/"))
		f.Tabs = append(f.Tabs, components.Link{Text: tab.Text, URL: url, Current: current})
	}
	return f
}

// MarketCrumbs lead from the markets to a page of one; below is its title, empty for the market's own page.
func MarketCrumbs(m market.Market, below ...components.Link) []components.Link {
	crumbs := []components.Link{{Text: "Markets", URL: "/admin/markets"}, {Text: country(m), URL: "/admin/markets/" + m.Code, Current: len(below) == 0}}
	return append(crumbs, below...)
}
