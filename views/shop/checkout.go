package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// CheckoutPage asks who the buyer is, where to, how it goes there and how it is paid.
type CheckoutPage struct {
	layouts.Frame
	Action  string
	Faults  []components.Link // each links to its field
	Form    CheckoutForm
	Summary OrderSummary
}

// CheckoutForm are the parts of the checkout form, filled with what was typed.
type CheckoutForm struct {
	Contact  []components.Field
	Address  AddressFields
	Delivery components.Choices
	Payment  components.Choices
}

// AddressFields are an address's fields in the order in which the market writes them; a pair stands on one line.
type AddressFields struct {
	First []components.Field
	Pair  []components.Field
	Last  []components.Field
}

// OrderSummary is the order beside the form.
type OrderSummary struct {
	Lines  []components.Line
	Totals components.Totals
	Count  string // "3 items"
}

// ReviewPage shows everything as it will be ordered. Nothing stands between the sum and the button that orders.
type ReviewPage struct {
	layouts.Frame
	Changes   []components.Notice // what changed since the buyer last saw it
	Parts     []ReviewPart
	Lines     []components.Line
	Guarantee components.Notice
	Terms     []TermsLine
	Totals    components.Totals
	Order     *OrderForm // nil while the order can't be placed
	Back      components.Link
}

// ReviewPart is what was said about one thing, with a form to change it in place. Kept are the other parts' fields.
type ReviewPart struct {
	Title, ID string
	Text      []string
	Action    string
	Edit      CheckoutForm
	Kept      []components.Row
}

// TermsLine is a sentence with a link to a legal page.
type TermsLine struct {
	Text string
	Link components.Link
}

// OrderForm places the order. Label is what the market's law asks the button to say.
type OrderForm struct {
	Action, Key, Total, Label string
}
