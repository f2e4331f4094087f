package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// ListPage is a page of the store's goods. Every filter and order is a link of its own.
type ListPage struct {
	layouts.Frame
	Crumbs     []components.Link
	Title      string
	Line       string
	Found      string // "12 products"
	Categories []components.Link
	Sorts      []components.Link
	Cards      []components.Card
	Pages      components.Pages
	Empty      Empty
}

// Empty says why there is nothing here and where to go.
type Empty struct {
	Icon, Title, Text string
	Link              components.Link
}
