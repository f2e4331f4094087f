package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// TextPage is a page that staff wrote: terms, privacy, company details.
type TextPage struct {
	layouts.Frame
	Crumbs []components.Link
	Title  string
	Body   string // HTML that is safe to show
	Others []components.Link
}

// ErrorPage says what went wrong, what to do, and where to go.
type ErrorPage struct {
	layouts.Frame
	Status      int
	Title, Text string
	Reference   string // the request's id, for a fault of ours
	Links       []components.Link
}
