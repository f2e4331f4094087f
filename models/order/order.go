// Package order sells: it places orders, takes their payment, ships, credits, takes goods back, cancels and lets orders expire. An order keeps what was
// sold as it was sold; nothing of it is looked up in the catalogue again.
package order

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/money"
	"softlaunch/models/payment"
	"softlaunch/models/throttle"
)

// Order is what a buyer ordered. Amounts are in minor units of Currency; Total = Lines - Discount + Delivery, + Tax where
// prices do not include it. Token is the secret of the order's page.
type Order struct {
	ID             int64
	MarketID       int64
	Number         string
	Token          string
	CartID         int64
	IdempotencyKey string
	State          State
	RefundState    RefundState
	Phase          string // test, open
	Store          string // path
	Language       string
	PlacedAt       clock.Instant
	HoldUntil      clock.Instant
	Currency       string
	TaxIncluded    bool
	LinesAmount    int64
	DiscountAmount int64
	DeliveryAmount int64
	TaxAmount      int64
	TotalAmount    int64
	Email          string
	Name           string
	Line1          string
	Line2          string
	PostalCode     string
	City           string
	Region         string
	RegionName     string
	Country        string
	Phone          string
	EmailKey       string
	AddressKey     string
	Payment        string // provider
	DeliveryCode   string
	DeliveryName   string
	ArrivesFrom    clock.Day
	ArrivesTo      clock.Day
	Lines          []Line
	Taxes          []Tax
	Discounts      []Discount
	Events         []Event
	Shipments      []Shipment
	Credits        []Credit
	Returns        []Return
	Payments       []payment.Payment `gorm:"-"`
	Refunds        []payment.Refund  `gorm:"-"`
	Sessions       []payment.Session `gorm:"-"`
}

// Total is what the order costs.
func (o Order) Total() money.Amount { return money.Of(o.TotalAmount, o.Currency) }

// Payable reports whether the order's goods wait for its payment.
func (o Order) Payable(now clock.Instant) bool {
	return o.State == AwaitingPayment && now < o.HoldUntil
}

// PayBy is until when the order may be paid. While a provider's session is open the goods stay held beyond it, until the
// provider has said how the session ended.
func (o Order) PayBy() clock.Instant {
	if n := len(o.Sessions); n > 0 && o.Sessions[n-1].State == payment.SessionOpen {
		return o.Sessions[n-1].EndsAt
	}
	return o.HoldUntil
}

// Line is goods of an order as they were sold. Amount is Quantity times UnitAmount; DiscountAmount is the line's share of the
// order's discounts, TaxAmount its share of the tax.
type Line struct {
	ID             int64
	OrderID        int64
	Position       int
	ProductID      int64
	VariantID      int64
	Slug           string
	SKU            string
	Name           string
	Colour         string
	Picture        string
	Tint           string
	Quantity       int
	UnitAmount     int64
	Amount         int64
	DiscountAmount int64
	RatePPM        int64 `gorm:"column:rate_ppm"`
	TaxAmount      int64
	Fate           `gorm:"-"`
}

// TableName is where lines of orders are kept.
func (Line) TableName() string { return "order_lines" }

// Tax is an order's tax at one rate.
type Tax struct {
	OrderID    int64  `gorm:"primaryKey"`
	Name       string `gorm:"primaryKey"`
	RatePPM    int64  `gorm:"column:rate_ppm;primaryKey"`
	BaseAmount int64
	TaxAmount  int64
}

// TableName is where taxes of orders are kept.
func (Tax) TableName() string { return "order_taxes" }

// Discount is what a discount took off an order, as it was sold: Amount in minor units, Code empty when it applied by itself.
type Discount struct {
	OrderID    int64 `gorm:"primaryKey"`
	Position   int   `gorm:"primaryKey"`
	DiscountID int64
	Code       string
	Name       string
	Amount     int64
}

// TableName is where discounts of orders are kept.
func (Discount) TableName() string { return "order_discounts" }

// Event is a line of an order's history, about its state or about its refund state. A note is a message key, or
// staff's own words.
type Event struct {
	ID        int64
	OrderID   int64
	At        clock.Instant
	Actor     string
	About     string // order, refund
	FromState State
	ToState   State
	Note      string
}

// TableName is where histories of orders are kept.
func (Event) TableName() string { return "order_events" }

// Orders are the shop's orders.
type Orders struct {
	data       *db.DB
	gateways   payment.Gateways
	machine    clock.Clock
	withdrawn  *throttle.Throttle // by mail address
	withdrawer *throttle.Throttle // by network address
	cancelled  *throttle.Throttle // by mail address
	caution    caution
}

// New keeps orders in a database; gateways are the ways to pay the shop is set up for. Sessions at providers, the ages of
// their messages and the throttles go by the machine's clock.
func New(data *db.DB, gateways payment.Gateways, machine clock.Clock) *Orders {
	return &Orders{data: data, gateways: gateways, machine: machine,
		withdrawn: throttle.New(machine, lookedFor), withdrawer: throttle.New(machine, lookingPeers),
		cancelled: throttle.New(machine, lookedFor)}
}

var errUnknown = fault.New(fault.NotFound, "fault.order")
