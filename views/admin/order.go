package admin

import (
	"net/url"

	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// OrdersPage is the list of orders.
type OrdersPage struct {
	Frame
	Search Search
	Orders []OrderRow
	Older  string
}

// OrderRow is an order in the list.
type OrderRow struct {
	Number, URL, Placed, Market, Buyer, Total, Payment string
	State                                              components.State
}

// OrderQuery is what staff look for, as in the address.
type OrderQuery struct{ Text, State, Market string }

// The filters in place of a state: orders whose promised day has passed, of which something has yet to leave, and with a refund
// that staff have to send.
const (
	LateOrders   = "late"
	OrdersToShip = "to_ship"
	OrdersOwing  = "owing"
)

var stateOptions = []components.Option{
	{Value: OrdersToShip, Text: "To ship"}, {Value: LateOrders, Text: "Late"}, {Value: OrdersOwing, Text: "Refund to send"},
	{Value: string(order.AwaitingPayment), Text: "Awaiting payment"}, {Value: string(order.Paid), Text: "Paid"},
	{Value: string(order.Packed), Text: "Packed"}, {Value: string(order.PartlyShipped), Text: "Partly shipped"}, {Value: string(order.Shipped), Text: "Shipped"},
	{Value: string(order.Delivered), Text: "Delivered"}, {Value: string(order.Returned), Text: "Returned"}, {Value: string(order.Expired), Text: "Expired"}, {Value: string(order.Cancelled), Text: "Cancelled"},
}

// NewOrdersPage lists orders of markets; more says that there are older ones.
func NewOrdersPage(frame Frame, q OrderQuery, markets []market.Market, orders []order.Order, more bool, now clock.Instant) OrdersPage {
	p := OrdersPage{Frame: frame, Search: Search{Action: "/admin/orders", Label: "Number, e-mail or name", Text: q.Text, Narrowed: q != OrderQuery{}}}
	byID := map[int64]market.Market{}
	var options []components.Option
	for _, m := range markets {
		byID[m.ID] = m
		options = append(options, components.Option{Value: m.Code, Text: country(m)})
	}
	p.Search.Lists = []components.Field{list("state", "State", "All states", q.State, stateOptions), list("market", "Market", "All markets", q.Market, options)}
	for _, o := range orders {
		p.Orders = append(p.Orders, rowOf(o, byID[o.MarketID], now))
	}
	if more {
		p.Older = "/admin/orders?" + url.Values{"q": {q.Text}, "state": {q.State}, "market": {q.Market}, "before": {id(orders[len(orders)-1].ID)}}.Encode()
	}
	return p
}

func rowOf(o order.Order, m market.Market, now clock.Instant) OrderRow {
	if o.State == order.AwaitingPayment && o.HoldUntil.Reached(now) {
		o.State = order.Expired
	}
	return OrderRow{Number: o.Number, URL: "/admin/orders/" + o.Number, Placed: when(o.PlacedAt, m), Market: country(m),
		Buyer: o.Name + ", " + o.Email, Total: sum(o.TotalAmount, o.Currency), Payment: o.Payment, State: orderState(o.State)}
}
