package jobs

import (
	"context"
	"slices"

	"softlaunch/models"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/views/email"
)

// Example is what a mail of a kind looks like in a store, about an order that nobody placed and somebody who is not there. A
// market that is yet to open is looked at as it will be then. A kind that is none is not found.
func Example(ctx context.Context, shop *models.Shop, publicURL, kind string, store market.Store) (email.Message, error) {
	if at := store.Market.LaunchAt; at > shop.Clock() {
		shop = shop.AsOf(at)
	}
	d := desk{shop: shop, url: publicURL}
	sender, err := d.sender(ctx, store.Path(), store.Language)
	if err != nil {
		return email.Message{}, err
	}
	letter, err := d.example(ctx, sender, kind)
	if err != nil {
		return email.Message{}, err
	}
	return letter.Write(ctx)
}

func (d desk) example(ctx context.Context, s email.Sender, kind string) (email.Letter, error) {
	switch {
	case slices.Contains(launch.NoticeKinds, kind):
		return email.Interest(s, launch.Notice{Kind: kind, Email: "ada@example.com", Store: s.Store, Token: "example", Code: "EXAM-PLEC-ODE1-2345"}, d.shop.Clock()), nil
	case slices.Contains(launch.AlarmKinds, kind):
		return email.Alarm(exampleWarning(kind, s.Store.Market, d.shop.Clock()), d.url), nil
	case kind == payment.AlarmException:
		return email.Exception(payment.Exception{Kind: payment.PaidHeldAgain, About: "example", Finding: "The payment came after its hold had run out.", Number: "DE-10001"}, d.url), nil
	case !slices.Contains(order.AllMailKinds, kind):
		return email.Letter{}, fault.New(fault.NotFound, "fault.mail")
	}
	o, err := d.shop.Orders.Example(ctx, s.Store)
	if err != nil {
		return email.Letter{}, err
	}
	switch kind {
	case order.MailLinks:
		return email.Links(s, []order.Order{o, o}), nil
	case order.MailWithdrawal:
		return email.Withdrawal(s, order.Withdrawal{Name: o.Name, OrderNumber: o.Number, Email: o.Email, ReceivedAt: d.shop.Clock()}), nil
	case order.MailRefundSent:
		return email.Refund(s, o, o.Refunds[0]), nil
	case order.MailReceived:
		o.State = order.AwaitingPayment
	}
	return email.Order(s, kind, o, 1), nil
}

func exampleWarning(kind string, m market.Market, now clock.Instant) launch.Warning {
	return launch.Warning{Kind: kind, Market: m, At: now, Link: "/admin/launches/" + m.Code,
		Line:     launch.CheckLine{Key: launch.LineTexts, Missing: []launch.Gap{{What: "example-product: name in French"}}},
		Approval: launch.Ending{Grant: launch.Grant{Kind: "certification"}, Products: []string{"example-product"}, Days: 30}}
}
