package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// HomePage is a store's front page; what leads it depends on the market's phase.
type HomePage struct {
	layouts.Frame
	Hero     Hero
	Featured Shelf
	Families []Family
	Coming   Shelf
	Opening  []Stop
	Promises []Promise
}

// Hero is what the page says first. In test Figures tells what is on sale and how many.
type Hero struct {
	State     components.State
	Title     string
	Text      string
	When      string // the launch instant with its zone; empty when it is not the point
	Large     bool   // launch week: the instant is the headline's equal
	Countdown *components.Countdown
	Figures   []Figure
	Actions   []components.Link // the first is the button
	Picture   components.Picture
}

// Figure is a number of goods: "300", "Mi Band", "212 left".
type Figure struct{ Number, Name, Left, URL string }

// Shelf is a row of goods under a title.
type Shelf struct {
	Title, Text string
	More        components.Link
	Cards       []components.Card
}

// Family is a category as a wide panel.
type Family struct {
	Name, Line, URL, Tint string
	Picture               components.Picture
}

// Stop is a market on the line of when each opens.
type Stop struct {
	Name, When, URL string
	State           components.State
	Here            bool
}

// Promise is something the shop does for every buyer.
type Promise struct{ Icon, Title, Text string }
