package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

const ordersPerPage = 50

// Orders lists orders that fit the filters of the address.
func (p Pages) Orders(c echo.Context) error {
	ctx := c.Request().Context()
	markets, err := p.Shop.Markets.All(ctx)
	if err != nil {
		return err
	}
	q := admin.OrderQuery{Text: c.QueryParam("q"), State: c.QueryParam("state"), Market: c.QueryParam("market")}
	filter := order.Filter{Text: q.Text, State: order.State(q.State), Before: older(c)}
	if special := map[string]*bool{admin.LateOrders: &filter.Late, admin.OrdersToShip: &filter.ToShip, admin.OrdersOwing: &filter.Owing}[q.State]; special != nil {
		filter.State, *special = order.None, true
	}
	if at := slices.IndexFunc(markets, func(m market.Market) bool { return m.Code == q.Market }); at >= 0 {
		filter.MarketID = markets[at].ID
	}
	orders, more, err := p.Shop.Orders.List(ctx, filter, ordersPerPage)
	if err != nil {
		return err
	}
	page := admin.NewOrdersPage(p.frame(c, "Orders"), q, markets, orders, more, p.Shop.Clock())
	return respond.Page(c, http.StatusOK, admin.Orders(page))
}

// Order shows one order.
func (p Pages) Order(c echo.Context) error {
	return p.showOrder(c, http.StatusOK, admin.OrderForm{})
}

func (p Pages) showOrder(c echo.Context, status int, f admin.OrderForm) error {
	ctx := c.Request().Context()
	o, err := p.Shop.Orders.ByNumber(ctx, c.Param("number"))
	if err != nil {
		return err
	}
	m, err := p.marketOf(c, o)
	if err != nil {
		return err
	}
	frame := p.frame(c, "Order "+o.Number, components.Link{Text: "Orders", URL: "/admin/orders"}, components.Link{Text: o.Number, Current: true})
	documents, err := p.Shop.Documents.OfOrder(ctx, o.ID)
	if err != nil {
		return err
	}
	page := admin.NewOrderPage(frame, o, m, f, session.Actor(c).May(staff.ManageOrders))
	page.Documents = admin.OrderDocuments(o, m, documents)
	if err := p.relate(ctx, o, &page); err != nil {
		return err
	}
	return respond.Page(c, status, admin.Order(page))
}

// relate adds what belongs to an order and is kept beside it.
func (p Pages) relate(ctx context.Context, o order.Order, page *admin.OrderPage) error {
	added, original, err := p.Shop.Orders.Supplements(ctx, o.ID)
	if err != nil {
		return err
	}
	former, err := p.Shop.Orders.FormerAddresses(ctx, o.ID)
	page.Relate(added, original, former)
	return err
}

// marketOf is the market of an order.
func (p Pages) marketOf(c echo.Context, o order.Order) (market.Market, error) {
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return market.Market{}, err
	}
	return markets[slices.IndexFunc(markets, func(m market.Market) bool { return m.ID == o.MarketID })], nil
}

// orderCrumbs lead back to an order from a page about it.
func orderCrumbs(o order.Order, title string) []components.Link {
	return []components.Link{{Text: "Orders", URL: "/admin/orders"}, {Text: o.Number, URL: "/admin/orders/" + o.Number}, {Text: title, Current: true}}
}

// PayOrder marks a transfer as paid.
func (p Pages) PayOrder(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	refunded, err := p.Shop.Orders.MarkPaid(c.Request().Context(), session.Actor(c), c.Param("number"))
	if err != nil {
		return err
	}
	if refunded {
		return p.done(c, orderPath(c), "The goods are gone: the order is cancelled and a refund is due.")
	}
	return p.done(c, orderPath(c), "The transfer is marked as paid.")
}

type cancellation struct {
	Reason string `form:"reason"`
}

// CancelOrder ends an order.
func (p Pages) CancelOrder(c echo.Context) error {
	var f cancellation
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Orders.Cancel(c.Request().Context(), session.Actor(c), c.Param("number"), f.Reason)
	return p.orderDone(c, err, "The order is cancelled.", admin.OrderForm{Part: "cancel", Reason: f.Reason})
}

type shipment struct {
	Lines    []string `form:"units_line"`
	Units    []string `form:"units"`
	Carrier  string   `form:"carrier"`
	Tracking string   `form:"tracking"`
	Link     string   `form:"link"`
	Seen     string   `form:"seen"`
}

// ShipOrder notes that a parcel has left, without units with all that has yet to leave.
func (p Pages) ShipOrder(c echo.Context) error {
	var f shipment
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	parcel := order.Parcel{Carrier: f.Carrier, Tracking: f.Tracking, Link: f.Link}
	parcel.Seen, _ = strconv.Atoi(f.Seen)
	var err error
	if len(f.Lines) > 0 {
		parcel.Units, err = form.UnitsOf(f.Lines, f.Units)
	}
	if err == nil {
		err = p.Shop.Orders.Ship(c.Request().Context(), session.Actor(c), c.Param("number"), parcel)
	}
	typed := admin.OrderForm{Part: "ship", Carrier: f.Carrier, Tracking: f.Tracking, Link: f.Link, Units: byLine(f.Lines, f.Units)}
	return p.orderDone(c, err, "The parcel is on its way.", typed)
}

// RefundOrder notes that money was sent back.
func (p Pages) RefundOrder(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	refund, err := number(c, "refund")
	if err != nil {
		return err
	}
	err = p.Shop.Orders.MarkRefunded(c.Request().Context(), session.Actor(c), c.Param("number"), refund)
	return p.orderDone(c, err, "The refund is marked as sent.", admin.OrderForm{})
}

// orderDone leads back to the order, or shows its page again with what was wrong in the form.
func (p Pages) orderDone(c echo.Context, err error, notice string, typed admin.OrderForm) error {
	if err == nil {
		return p.done(c, orderPath(c), notice)
	}
	f, status, again := refused(err)
	if !again || len(f.Fields) == 0 {
		return err
	}
	typed.Faults = f.Fields
	return p.showOrder(c, status, typed)
}

func orderPath(c echo.Context) string { return "/admin/orders/" + c.Param("number") }
