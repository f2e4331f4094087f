package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// ProductPage is a product in a store, whatever its offer is.
type ProductPage struct {
	layouts.Frame
	Crumbs    []components.Link
	Name      string
	Line      string
	Tint      string
	Gallery   []components.Picture
	Offer     OfferBox
	Variants  Variants
	Delivery  []Arrival
	Guarantee components.Notice // the market's notice of legal guarantees; empty where there is none
	Facts     []components.Row
	Story     string // HTML that is safe to show
	Pictures  []components.Picture
	Specs     []components.Row
	Box       []string
	Notes     []Note
	Questions []components.Row
	Related   Shelf
}

// OfferBox says whether the product can be had, for how much, and if not, why and from when.
type OfferBox struct {
	State     components.State
	Price     components.Price
	Tax       string // "incl. VAT, plus delivery"
	Batch     string // "212 of 300 left in this test"
	Notice    components.Notice
	Countdown *components.Countdown
	Missing   []components.Row  // approvals that the product waits for, with what each means
	Elsewhere []components.Link // stores where it can be bought
	Buy       *BuyForm          // nil when nothing can be bought
	Limit     string            // what is limited and why
}

// BuyForm puts a variant into the cart.
type BuyForm struct {
	URL, SKU string
	Most     int
}

// Variants are the choices of one property.
type Variants struct {
	Label, Picked string // "Colour", "Coral"
	Options       []Variant
}

// Variant is a choice that leads to its own page. Words says when it can't be had now.
type Variant struct {
	Name, URL, Words string
	Picture          components.Picture
	Picked           bool
}

// Arrival is a delivery method with its cost and the days on which goods ordered now arrive.
type Arrival struct{ Name, Cost, Days, Icon string }

// Note is a part of what the law wants beside the product: safety, disposal, data.
type Note struct {
	Icon, Title string
	Rows        []components.Row
	Text        []string // paragraphs
}
