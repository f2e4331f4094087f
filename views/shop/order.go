package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// OrderPage is what a buyer sees of an order, from the moment it is placed.
type OrderPage struct {
	layouts.Frame
	Number    string
	Placed    string // "Placed on 20 November 2026"
	State     components.State
	Title     string // "Thank you. Your order is paid."
	Next      []string
	Pay       *PayAgain
	Transfer  []components.Row // bank details; empty for other ways to pay
	Lines     []components.Line
	Totals    components.Totals
	Parts     []ReviewPart // contact, address, delivery, payment; nothing to change
	History   []Event
	Documents []components.Link
	Withdraw  components.Link
}

// PayAgain leads to the payment of an order that is not paid yet.
type PayAgain struct {
	Action, Label string
	Until         string // until when the goods are set aside
}

// Event is a moment in an order's life.
type Event struct{ When, What string }
