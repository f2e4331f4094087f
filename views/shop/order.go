package shop

import (
	"net/url"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
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
	Waits     bool             // the payment's confirmation may come any moment
	Transfer  []components.Row // bank details; empty for other ways to pay
	Lines     []components.Line
	Totals    components.Totals
	Parts     []ReviewPart // contact, address, delivery, payment; nothing to change
	History   []Event
	Documents []components.Link
	Ways      []components.Link // what the buyer can do
	Parcels   []OrderPart
	Returns   []OrderPart
	Credits   []OrderPart
	Withdraw  components.Link
}

// PayAgain leads to the payment of an order that is not paid yet, by a link or, where that begins something, by a form.
type PayAgain struct {
	Action, Label string
	Form          bool
	Until         string // until when the goods are set aside
}

// Return is how a buyer came to the order's page from where it is paid, as the address says. It only chooses words.
type Return string

// The returns: the provider has taken the payment, the buyer has turned back, the provider could not be reached.
const (
	CameBack   Return = "back"
	TurnedBack Return = "cancelled"
	PayLater   Return = "later"
)

// Event is a moment in an order's life.
type Event struct{ When, What string }

// NewOrderPage shows an order to whoever holds its link. While the provider has not said how the payment ended the page waits
// for it, and nothing can be paid.
func NewOrderPage(f layouts.Frame, m market.Market, o order.Order, now clock.Instant, from Return) OrderPage {
	p := OrderPage{Frame: f, Number: o.Number, Placed: f.T("order.placed", "When", f.Date(o.PlacedAt, m.Location()))}
	p.State = components.State{Kind: tones[o.State], Words: f.T("order.state." + string(o.State))}
	ending := o.State == order.AwaitingPayment && o.PayBy().Reached(now)
	p.Waits = ending || (o.State == order.AwaitingPayment && o.Payment == "stripe" && from == CameBack)
	p.Title = f.T("order.title." + titleOf(o))
	p.Head.Title = f.T("order.number", "Number", o.Number)
	p.Next = append(returnWords(f, o, from), nextSteps(f, o)...)
	p.Pay = payAgain(f, m, o, now)
	if p.Waits {
		p.Title, p.Next, p.Pay = f.T("order.title.confirming"), []string{f.T("order.next.confirming")}, nil
		if ending {
			p.Next = []string{f.T("order.next.ending")}
		}
	}
	if o.Payment == "transfer" && o.State == order.AwaitingPayment {
		p.Transfer = bankRows(f, m, o)
	}
	p.Lines, p.Totals = soldLines(f, o), soldTotals(f, o)
	p.Parts = soldParts(f, o)
	p.Parcels, p.Returns, p.Credits, p.Ways = parcels(f, m, o), comebacks(f, o), moneyBack(f, m, o), ways(f, o)
	for _, event := range o.Events {
		p.History = append(p.History, Event{When: f.DateTime(event.At, m.Location()), What: happened(f, event)})
	}
	slices.Reverse(p.History)
	p.Withdraw = components.Link{Text: f.Store.Withdrawal.Text, URL: f.Store.Withdrawal.URL + "?order=" + url.QueryEscape(o.Number)}
	return p
}

// tones are the states of offers that look like those of orders.
var tones = map[order.State]string{order.AwaitingPayment: "test", order.Paid: "open", order.Packed: "open",
	order.PartlyShipped: "open", order.Shipped: "open", order.Delivered: "open", order.Returned: "paused",
	order.Expired: "paused", order.Cancelled: "paused"}

// returnWords greet a buyer who comes back without having paid.
func returnWords(f layouts.Frame, o order.Order, from Return) []string {
	if o.State != order.AwaitingPayment || (from != TurnedBack && from != PayLater) {
		return nil
	}
	return []string{f.T("order.return." + string(from))}
}

func titleOf(o order.Order) string {
	if o.State == order.AwaitingPayment && o.Payment == "transfer" {
		return "transfer"
	}
	return string(o.State)
}

// nextSteps say what happens next, and what the buyer can do.
func nextSteps(f layouts.Frame, o order.Order) []string {
	sum, days := f.Money(o.Total()), f.DateRange(o.ArrivesFrom, o.ArrivesTo)
	switch o.State {
	case order.AwaitingPayment:
		steps := []string{f.T("order.next.pay", "Sum", sum)}
		if o.Payment == "transfer" {
			steps = []string{f.T("order.next.transfer", "Sum", sum)}
		}
		if n := len(o.Payments); n > 0 && o.Payments[n-1].State == payment.Declined {
			steps = append([]string{f.T("order.next.declined")}, steps...)
		}
		return append(steps, f.T("order.next.mail", "Email", o.Email))
	case order.Expired:
		return []string{f.T(expiredKey(o))}
	case order.Shipped:
		return []string{f.T("delivery.arrives", "Days", days)}
	case order.PartlyShipped, order.Delivered, order.Returned, order.Cancelled:
		return []string{f.T("order.next." + string(o.State))}
	case order.Packed:
		return []string{f.T("order.next.packed", "Days", days)}
	}
	return []string{f.T("order.next.paid", "Days", days), f.T("order.next.mail", "Email", o.Email)}
}

func expiredKey(o order.Order) string {
	if o.Payment == "transfer" {
		return "order.next.expired_transfer"
	}
	return "order.next.expired"
}

// payAgain leads to the provider's page while the order can still be paid, or be held again for it.
func payAgain(f layouts.Frame, m market.Market, o order.Order, now clock.Instant) *PayAgain {
	if o.Payment == "transfer" || (o.State != order.AwaitingPayment && o.State != order.Expired) {
		return nil
	}
	pay := &PayAgain{Action: f.To("/pay/" + o.Payment + "/" + o.Token), Label: f.T("order.pay"), Form: o.Payment == "stripe"}
	if o.Payable(now) {
		pay.Until = f.T("order.held_until", "When", f.DateTime(o.PayBy(), m.Location()))
	}
	return pay
}

func bankRows(f layouts.Frame, m market.Market, o order.Order) []components.Row {
	return []components.Row{
		{Name: f.T("order.transfer_sum"), Value: f.Money(o.Total())},
		{Name: f.T("order.transfer_holder"), Value: m.BankHolder},
		{Name: f.T("order.transfer_account"), Value: m.BankAccount},
		{Name: f.T("order.transfer_reference"), Value: o.Number},
		{Name: f.T("order.transfer_until"), Value: f.DateTime(o.HoldUntil, m.Location())},
	}
}

// happened says what an event was. Staff's own words about an order are not for its buyer.
func happened(f layouts.Frame, e order.Event) string {
	if key := "order.event." + e.Note; e.Note != "" && f.Has(key) {
		return f.T(key)
	}
	return f.T("order.event." + string(e.ToState))
}
