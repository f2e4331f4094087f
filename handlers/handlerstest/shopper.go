package handlerstest

import "softlaunch/handlers/rehearsal"

// Shopper buys over HTTP. Unlike a Visit it answers what went wrong instead of ending the test.
type Shopper = rehearsal.Shopper

// Wish is what a shopper buys where.
type Wish = rehearsal.Wish

var (
	// NewShopper shops at the server of an address with a cookie jar of its own.
	NewShopper = rehearsal.NewShopper
	// Refused reports whether an error is a 409.
	Refused = rehearsal.Refused
)
