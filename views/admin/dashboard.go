package admin

import (
	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// DashboardPage is the first thing staff see in the morning.
type DashboardPage struct {
	Frame
	Duties  []Duty
	Alarms  []AlarmRow
	Markets []MarketToday
}

// Duty is something that waits for staff.
type Duty struct {
	Text  string
	Count string
	URL   string
	Done  bool // nothing waits
}

// MarketToday is a market's day so far, in its own zone.
type MarketToday struct {
	Name, Code, URL string
	Phase           components.State
	Next            string
	Orders, Revenue string
}

// NewDashboardPage shows what waits; low is the number of levels with few units left.
func NewDashboardPage(frame Frame, duties order.Duties, low int) DashboardPage {
	duty := func(n int, text, url string) Duty { return Duty{Text: text, Count: count(n), URL: url, Done: n == 0} }
	return DashboardPage{Frame: frame, Duties: []Duty{
		duty(duties.Transfers, "Transfers to confirm", "/admin/orders?state=awaiting_payment"),
		duty(duties.ToShip, "Paid orders to ship", "/admin/orders?state=to_ship"),
		duty(duties.Late, "Late orders: promised, not sent", "/admin/orders?state=late"),
		duty(duties.RefundsDue, "Refunds to send", "/admin/orders?state=owing"),
		duty(duties.Exceptions, "Payments to look at", "/admin/payments"),
		duty(duties.Returns, "Returns to answer or receive", "/admin/returns"),
		duty(duties.Withdrawals, "Withdrawals to handle", "/admin/withdrawals"),
		duty(low, "Goods running low", "/admin/stock?low=1"),
		duty(duties.DeadJobs, "Mails and other jobs that gave up", "/admin/mails?state=dead"),
	}}
}

// Add shows a market's day.
func (p *DashboardPage) Add(m market.Market, today order.Figures, now clock.Instant) {
	line := MarketToday{Name: country(m), Code: m.Code, URL: "/admin/markets/" + m.Code, Phase: phaseState(m.Phase(now)),
		Orders: count(today.Orders), Revenue: sum(today.Revenue, m.Currency), Next: "nothing planned"}
	if next := m.Schedule().Next(now); next != 0 {
		line.Next = phases[m.Phase(next)] + " from " + when(next, m)
	}
	p.Markets = append(p.Markets, line)
}
