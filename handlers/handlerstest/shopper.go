package handlerstest

import "softlaunch/handlers/stage"

// Shopper buys over HTTP. Unlike a Visit it answers what went wrong instead of ending the test.
type Shopper = stage.Shopper

// Wish is what a shopper buys where.
type Wish = stage.Wish

var (
	// NewShopper shops at the server of an address with a cookie jar of its own.
	NewShopper = stage.NewShopper
	// Refused reports whether an error is a 409.
	Refused = stage.Refused
)
