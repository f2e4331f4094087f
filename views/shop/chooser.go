// Package shop holds the storefront's pages: one struct a page that says all the page needs, and the markup that shows it.
package shop

import (
	"softlaunch/views/components"
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
