package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// CartPage shows what is in the cart, what of it can be had in this store, and what that costs in full.
type CartPage struct {
	layouts.Frame
	Notices  []components.Notice
	Lines    []CartLine
	Totals   components.Totals
	Arrival  string // "Arrives 24–26 November"
	Checkout string // address of the checkout; empty while nothing can be ordered
	Payments string // "Pay by card or bank transfer"
	Empty    Empty
}

// CartLine is a kind of goods in the cart. Reason says why it can't be had, or not in this quantity.
type CartLine struct {
	Name, Variant, URL string
	Picture            components.Picture
	Tint               string
	Action             string // where a change of quantity is sent
	FieldID            string
	Quantity           int
	Most               int // 0 for none
	Unit, Price        string
	State              components.State
	Reason             string
	Blocked            bool // it counts in no total
}
