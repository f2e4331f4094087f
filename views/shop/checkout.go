package shop

import (
	"softlaunch/models/cart"
	"softlaunch/models/market"
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

// NewCheckoutPage asks for the details of an order. Wrong maps the names of fields to the message of what is wrong with
// what was typed.
func NewCheckoutPage(f layouts.Frame, view cart.View, typed cart.Details, asked Asked, wrong map[string]string) CheckoutPage {
	f.Quiet = true
	p := CheckoutPage{Frame: f, Action: f.To("/checkout"), Form: newForm(f, view, typed, asked, wrong)}
	p.Head.Title, p.Head.Faulty = f.T("checkout.title"), len(wrong) > 0
	for _, name := range fieldOrder {
		if key, faulty := wrong[name]; faulty {
			p.Faults = append(p.Faults, components.Link{Text: formFault(f, view.Store, typed, key), URL: "#" + name})
		}
	}
	p.Summary = OrderSummary{Lines: linesOf(f, view), Totals: totalsOf(f, view), Count: f.N("cart.count", units(view))}
	return p
}

// Asked is what a market lets its buyers choose from.
type Asked struct {
	Regions  []market.Region
	Payments []string // providers
}

// fieldOrder is the order of the form's fields, for the summary of what is wrong.
var fieldOrder = []string{"email", "name", "line1", "line2", "postal_code", "city", "region", "phone", "delivery", "payment"}

// formFault is what is wrong with something that was typed. A postcode that is not delivered to has a reason of its own where
// staff gave one.
func formFault(f layouts.Frame, store market.Store, typed cart.Details, key string) string {
	if key == "form.postal_code_excluded" {
		if place, found := store.Market.Excluded(typed.PostalCode); found && place.Reason(store.Language) != "" {
			return place.Reason(store.Language)
		}
	}
	return f.T(key, "Example", store.Market.PostalExample)
}

func newForm(f layouts.Frame, view cart.View, typed cart.Details, asked Asked, wrong map[string]string) CheckoutForm {
	m := view.Store.Market
	form := CheckoutForm{Address: addressOf(f, m, typed, asked)}
	form.Contact = []components.Field{{Name: "email", Label: f.T("field.email"), Hint: f.T("field.email_hint"), Value: typed.Email,
		Type: "email", Autocomplete: "email", InputMode: "email", MaxLength: 254}}
	for _, group := range [][]components.Field{form.Contact, form.Address.First, form.Address.Pair, form.Address.Last} {
		for i, field := range group {
			if key, faulty := wrong[field.Name]; faulty {
				group[i].Error = formFault(f, view.Store, typed, key)
			}
		}
	}
	form.Delivery = deliveryChoices(f, view, typed)
	form.Payment = paymentChoices(f, m, typed, asked)
	for _, choices := range []*components.Choices{&form.Delivery, &form.Payment} {
		if key, faulty := wrong[choices.Name]; faulty {
			choices.Error = formFault(f, view.Store, typed, key)
		}
	}
	return form
}

func deliveryChoices(f layouts.Frame, view cart.View, typed cart.Details) components.Choices {
	choices := components.Choices{Name: "delivery", Legend: f.T("checkout.delivery")}
	for _, option := range view.Options {
		picked := option.Method.Code == typed.Delivery
		if typed.Delivery == "" && view.Delivery != nil {
			picked = option.Method.Code == view.Delivery.Method.Code
		}
		choices.Options = append(choices.Options, components.Choice{Name: "delivery", Value: option.Method.Code, Label: option.Method.Name,
			More: []string{f.T("delivery.arrives", "Days", f.DateRange(option.From, option.To))}, Picked: picked,
			Price: cost(f, view.Store.Market, option.Amount)})
	}
	return choices
}

func paymentChoices(f layouts.Frame, m market.Market, typed cart.Details, asked Asked) components.Choices {
	choices := components.Choices{Name: "payment", Legend: f.T("checkout.payment")}
	for i, provider := range asked.Payments {
		more := f.T("payment." + provider + "_text")
		if provider == "transfer" {
			more = f.N("payment.transfer_text", m.TransferDays)
		}
		choices.Options = append(choices.Options, components.Choice{Name: "payment", Value: provider, Label: f.T("payment." + provider),
			More: []string{more}, Picked: provider == typed.Payment || (typed.Payment == "" && i == 0)})
	}
	return choices
}

// linesOf are the lines that count, for a summary.
func linesOf(f layouts.Frame, view cart.View) []components.Line {
	var lines []components.Line
	for _, l := range view.Lines {
		if l.Problem.Key != "" {
			continue
		}
		lines = append(lines, components.Line{Name: l.Product.Text.Name, More: more(f, l.Variant.ColourName, l.Quantity),
			URL: f.To("/products/" + l.Product.Slug), Picture: pictureOf(l.Variant), Tint: l.Product.Category.Tint,
			Price: money(f, view.Store.Market, l.Amount())})
	}
	return lines
}

// more is the small print of a line: "Coral · 2 ×".
func more(f layouts.Frame, colour string, quantity int) string {
	count := f.Number(int64(quantity)) + " ×"
	if colour == "" {
		return count
	}
	return colour + " · " + count
}

func units(view cart.View) int {
	sum := 0
	for _, l := range view.Lines {
		if l.Problem.Key == "" {
			sum += l.Quantity
		}
	}
	return sum
}
