// Package components holds the parts that pages share, each a small struct and the markup that shows it. Texts in the
// structs are ready to read: translated, formatted, escaped by templ when shown.
package components

import (
	"strconv"

	"softlaunch/static"
)

// Link is a text with an address. Current marks the one that leads to the page it is on.
type Link struct {
	Text, URL string
	Current   bool
}

// Picture is an image with its size in pixels, so that it takes its room before it has arrived.
type Picture struct {
	URL, Alt      string
	Width, Height int
}

// Drawing is one of the shop's own product drawings, 800 by 800, by its file name.
func Drawing(file, alt string) Picture {
	return Picture{URL: static.URL("pictures/" + file), Alt: alt, Width: 800, Height: 800}
}

func (p Picture) width() string  { return strconv.Itoa(p.Width) }
func (p Picture) height() string { return strconv.Itoa(p.Height) }

// State is an offer's or a market's state in words.
type State struct {
	Kind  string // "test", "sold_out", … as launch names them
	Words string // "Opens on 1 June 2027"
}

// Plain reports whether the goods are simply for sale, which needs no words.
func (s State) Plain() bool { return s.Kind == "" || s.Kind == "on_sale" }

// Row is a name with a value, as in specifications.
type Row struct{ Name, Value string }

// Card is a product in a list.
type Card struct {
	URL, Name, Line string
	Picture         Picture
	Tint            string
	Price           string // "14,99 €"; empty when there is none yet
	Reduced         Reduced
	State           State
}

// Reduced is what stands beside a price that is lower for a time: how much, below which price, and until when. The zero
// value is nothing.
type Reduced struct {
	Off    string // "−20 %"; empty when it is less than one
	Lowest string // "Lowest price of the 30 days before: 14,99 €"
	Until  string // "Until 30 November 2026, 23:59"
}

// Notice is a short message set apart from the text around it. Tone is "" (information), "good", "test", "quiet" or
// "error".
type Notice struct {
	Tone, Icon, Title, Text string
	Links                   []Link
}

func (n Notice) class() string {
	if n.Tone == "" {
		return "notice"
	}
	return "notice notice--" + n.Tone
}

// Again leads to the same page once more: for whoever waits without a script.
type Again struct{ Text string }

// Countdown shows how long it is until an instant. Without JavaScript nothing of it is seen: the instant itself always
// stands in words beside it.
type Countdown struct {
	Until                         int64 // UTC milliseconds
	Large                         bool
	Days, Hours, Minutes, Seconds string // the units' names
	Over                          string // what to say when it is reached
}

func (c Countdown) class() string {
	if c.Large {
		return "countdown countdown--large"
	}
	return "countdown"
}

func (c Countdown) until() string { return strconv.FormatInt(c.Until, 10) }

// Totals is the sum of a cart or order and how it is made up.
type Totals struct {
	Rows []Row
	Sum  Row
	Tax  []string // "incl. 19 % VAT: 2,39 €", or that it is an estimate
}

// Discount names a discount, with the code that was typed for it if there is one.
func Discount(name, code string) string {
	if code == "" || name == code {
		return name
	}
	return name + " (" + code + ")"
}

// Line is a kind of goods in an order.
type Line struct {
	Name, More, URL string // More: variant and quantity
	Picture         Picture
	Tint            string
	Price           string
}

// Pages leads through a long list. Numbers holds every page that is shown; a gap has no URL.
type Pages struct {
	Label          string
	Previous, Next Link
	Numbers        []Link
}
