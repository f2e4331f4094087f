package email

import (
	"slices"
	"strings"

	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/views/components"
)

// Order is the mail of a kind (order.MailReceived and its sisters) about an order as it is now. subject is the id of what the
// mail is about: the parcel, the credit or the order itself.
func Order(s Sender, kind string, o order.Order, subject int64) Letter {
	l := s.letter()
	l.Reference = l.T("order.number", "Number", o.Number)
	l.Greeting = l.T("mail.hello", "Name", o.Name)
	l.Subject = l.T("mail."+step(kind)+".subject", "Number", o.Number)
	l.Title = l.T("mail." + step(kind) + ".title")
	l.Button = components.Link{Text: l.T("mail.button.order"), URL: s.to("/orders/" + o.Token)}
	l.Goods = l.goods(o)
	switch kind {
	case order.MailReceived:
		l.receive(s, o)
	case order.MailPaid:
		l.Text = []string{l.T("mail.paid.text", "Sum", l.Money(o.Total()), "Number", o.Number)}
		l.Parts = []Part{l.delivery(o), l.address(o)}
	case order.MailShipped:
		l.ship(s, o, subject)
	case order.MailReturn:
		l.comeBack(o, subject)
	case order.MailRefunded:
		l.refund(o, subject)
	case order.MailCancelled:
		l.cancel(o)
	case order.MailPaidBack:
		l.Text = []string{l.T("mail.paid_back.text", "Sum", l.Money(o.Total()))}
	case order.MailLate:
		l.overdue(o)
	}
	s.law(&l, kind == order.MailReceived)
	s.withdraw(&l, o.Number)
	return l
}

// Refund is the mail that money which was due to the buyer of an order has been sent.
func Refund(s Sender, o order.Order, r payment.Refund) Letter {
	l := s.letter()
	sum := l.Money(money.Of(r.Amount, o.Currency))
	l.Reference = l.T("order.number", "Number", o.Number)
	l.Greeting = l.T("mail.hello", "Name", o.Name)
	l.Subject = l.T("mail.refund_sent.subject", "Number", o.Number)
	l.Title = l.T("mail.refund_sent.title", "Sum", sum)
	l.Text = []string{l.T("mail.refund_sent.text", "Sum", sum, "Number", o.Number), l.goesTo(o)}
	l.Button = components.Link{Text: l.T("mail.button.order"), URL: s.to("/orders/" + o.Token)}
	s.law(&l, false)
	s.withdraw(&l, o.Number)
	return l
}

// goesTo says where money that goes back arrives.
func (l *Letter) goesTo(o order.Order) string {
	if o.Payment == "transfer" {
		return l.T("mail.refund_to.transfer")
	}
	return l.T("mail.refund_to.card")
}

// step is the last word of a kind: "order.paid" is "paid".
func step(kind string) string { return kind[strings.LastIndex(kind, ".")+1:] }

// receive says what to do next, which depends on what has happened since the order was placed.
func (l *Letter) receive(s Sender, o order.Order) {
	l.Parts = []Part{l.delivery(o), l.address(o), {Title: l.T("review.payment"), Text: []string{l.T("payment." + o.Payment)}}}
	until := l.DateTime(o.PayBy(), s.Store.Market.Location())
	switch {
	case o.State == order.Expired:
		l.Text = []string{l.T("mail.received.expired", "When", until)}
	case o.State == order.Cancelled:
		l.Text = []string{l.T("mail.received.cancelled")}
	case o.State != order.AwaitingPayment:
		l.Text = []string{l.T("mail.received.paid")}
	case o.Payment == "transfer":
		l.Text = []string{l.T("mail.received.transfer", "When", until)}
		l.Box = l.transfer(s, o, until)
	default:
		l.Text = []string{l.T("mail.received.pay", "When", until)}
		l.Button.Text = l.T("mail.button.pay")
	}
}

func (l *Letter) transfer(s Sender, o order.Order, until string) Box {
	m := s.Store.Market
	return Box{Title: l.T("order.transfer"), Rows: []components.Row{
		{Name: l.T("order.transfer_sum"), Value: l.Money(o.Total())},
		{Name: l.T("order.transfer_holder"), Value: m.BankHolder},
		{Name: l.T("order.transfer_account"), Value: m.BankAccount},
		{Name: l.T("order.transfer_reference"), Value: o.Number},
		{Name: l.T("order.transfer_until"), Value: until},
	}}
}

// overdue says that the promised day has passed, and that nobody has to wait.
func (l *Letter) overdue(o order.Order) {
	l.Text = []string{l.T("mail.late.text", "Date", l.DateRange(o.ArrivesTo, o.ArrivesTo)), l.T("mail.late.cancel")}
	l.Parts = []Part{l.address(o)}
}

// cancel says what becomes of the buyer's money.
func (l *Letter) cancel(o order.Order) {
	switch back := refunded(o); {
	case back.Minor > 0 && late(o):
		l.Text = []string{l.T("mail.cancelled.late"), l.T("mail.cancelled.refund", "Sum", l.Money(back)), l.goesTo(o)}
	case back.Minor > 0:
		l.Text = []string{l.T("mail.cancelled.refund", "Sum", l.Money(back)), l.goesTo(o)}
	case o.Payment == "transfer":
		l.Text = []string{l.T("mail.cancelled.transfer")}
	default:
		l.Text = []string{l.T("mail.cancelled.unpaid")}
	}
}

// refunded is what goes back of an order's captured payments.
func refunded(o order.Order) money.Amount {
	back := money.Of(0, o.Currency)
	for _, p := range o.Payments {
		for _, r := range o.Refunds {
			if p.State == payment.Captured && r.PaymentID == p.ID {
				back.Minor += r.Amount
			}
		}
	}
	return back
}

// late reports whether the money came when the goods had gone.
func late(o order.Order) bool {
	return slices.ContainsFunc(o.Events, func(e order.Event) bool { return e.Note == "paid_too_late" })
}

func (l *Letter) delivery(o order.Order) Part {
	return Part{Title: l.T("review.delivery"), Text: []string{
		o.DeliveryName, l.T("delivery.arrives", "Days", l.DateRange(o.ArrivesFrom, o.ArrivesTo))}}
}
