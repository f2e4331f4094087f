// Package shop holds the storefront's pages: one struct a page that says all the page needs, and the markup that shows it.
package shop

import (
	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/static"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
	"softlaunch/views/layouts"
)

// ChooserPage is where a visitor picks a market.
type ChooserPage struct {
	layouts.Frame
	Picture components.Picture
	Markets []ChooserMarket
}

// ChooserMarket is a market as its own people read it: Tag is the language of its texts.
type ChooserMarket struct {
	Tag, URL string
	Name     string
	State    components.State
	Note     string // what the phase means for a shopper, with the instant in the market's zone
	Tint     string
	Stores   []layouts.StoreLink
}

// tints are the colours of the markets' panels, one after the other.
var tints = []string{"peach", "sky", "grey", "lilac", "sage"}

// NewChooserPage shows the markets that the public may know of. The page itself is in English, each market in its own
// main language. url is the shop's public address; preview is nil outside of one.
func NewChooserPage(markets []market.Market, now clock.Instant, url string, preview *layouts.Preview) ChooserPage {
	p := ChooserPage{Frame: layouts.Frame{Locale: i18n.For("en", ""), Now: now, Preview: preview}, Picture: scene("home-scene.svg")}
	p.Head.Description = p.T("chooser.lead")
	p.Head.Canonical = url + "/"
	p.Head.Alternates = []layouts.Alternate{{Tag: "x-default", URL: url + "/"}}
	for i, m := range markets {
		p.Markets = append(p.Markets, chooserOf(m, now, tints[i%len(tints)]))
		for _, store := range m.Stores() {
			p.Head.Alternates = append(p.Head.Alternates, layouts.Alternate{Tag: store.Hreflang(), URL: url + "/" + store.Path() + "/"})
		}
	}
	var turns []clock.Instant
	for _, m := range markets {
		turns = append(turns, m.Schedule().After(now))
	}
	p.RenewAt(turns...)
	return p
}

func chooserOf(m market.Market, now clock.Instant, tint string) ChooserMarket {
	stores := m.Stores()
	f := layouts.Frame{Locale: i18n.For(stores[0].Language, m.Country)}
	phase := string(m.Phase(now))
	c := ChooserMarket{Tag: f.Tag(), URL: "/" + stores[0].Path() + "/", Name: f.Place(m), Tint: tint,
		State: components.State{Kind: phase, Words: f.T("phase." + phase)}, Note: chooserNote(f, m, now)}
	for _, store := range stores {
		c.Stores = append(c.Stores, layouts.NewStoreLink(store, "/", false))
	}
	return c
}

func chooserNote(f layouts.Frame, m market.Market, now clock.Instant) string {
	key := "chooser." + string(m.Phase(now))
	switch m.Phase(now) {
	case market.Test, market.Announced:
		if m.LaunchAt == 0 {
			return f.T(key + "_undated")
		}
	}
	return f.T(key, "When", f.DateTime(m.LaunchAt, m.Location()))
}

// scene is one of the large pictures at the head of a page. It decorates, so it has no words.
func scene(file string) components.Picture {
	return components.Picture{URL: static.URL("pictures/" + file), Width: 1600, Height: 1000}
}
