package shop

import (
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// SandboxPage plays a card provider's page: it moves no money and says so.
type SandboxPage struct {
	layouts.Frame
	Action string
	Number string // the order's
	Sum    string
	Until  string // until when the goods are set aside
	Fault  components.Notice
}

// NewSandboxPage asks for the payment of an order in play. Refused is why the last try was not possible, nil for none.
func NewSandboxPage(f layouts.Frame, m market.Market, o order.Order, now clock.Instant, refused *fault.Error) SandboxPage {
	f.Quiet = true
	p := SandboxPage{Frame: f, Action: f.To("/pay/sandbox/" + o.Token), Number: o.Number, Sum: f.Money(o.Total())}
	p.Head.Title = f.T("sandbox.title", "Sum", p.Sum)
	if o.Payable(now) {
		p.Until = f.T("order.held_until", "When", f.DateTime(o.HoldUntil, m.Location()))
	}
	if refused != nil {
		p.Fault = components.Notice{Tone: "error", Icon: "alert", Title: f.T("review.not_possible"), Text: Explain(f, m, refused.Key, refused.Args)}
	}
	return p
}
