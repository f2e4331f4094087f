package order

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// MaxUnpaid is how many orders of a buyer may wait for payment in a market at once.
const MaxUnpaid = 2

// Placement is the order button pressed: which cart in which store, the form's idempotency key and the total it showed.
type Placement struct {
	CartToken string
	Store     market.Store
	Key       string
	Total     int64
}

// Place makes an order of a cart in one transaction: it decides every offer again, checks limits and that the total is the
// one shown, holds the goods, numbers the order and queues its mail. The same placement sent again answers the same
// order; the same key with another total or market is a Conflict. Whatever the buyer must look at again is a Conflict or
// NotOpen, and nothing has changed then.
func (o *Orders) Place(ctx context.Context, p Placement) (Order, error) {
	if len(p.Key) < 8 || len(p.Key) > 100 {
		return Order{}, fault.New(fault.Invalid, "fault.key")
	}
	placed, known, err := o.early(ctx, p)
	if err != nil || known {
		return placed, err
	}
	err = o.data.Write(ctx, func(tx db.Tx) error {
		if err := expireDue(tx); err != nil {
			return err
		}
		w, err := o.weigh(tx, p)
		if err != nil || w.placed.ID != 0 {
			placed = w.placed
			return err
		}
		placed, err = w.place(tx)
		return err
	})
	return placed, err
}

// early answers from a snapshot what needs no writing: an order that is placed already, and every refusal. A buyer who
// comes too late costs the writer nothing.
func (o *Orders) early(ctx context.Context, p Placement) (placed Order, known bool, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		w, err := o.weigh(tx, p)
		placed, known = w.placed, w.placed.ID != 0
		return err
	})
	return placed, known, err
}

// weighed is a placement that may become an order, or has.
type weighed struct {
	placement Placement
	placed    Order
	cartID    int64
	details   cart.Details
	view      cart.View
	buyer     launch.Keys
}

// weigh decides everything anew and refuses what is not as the buyer saw it.
func (o *Orders) weigh(tx db.Tx, p Placement) (w weighed, err error) {
	w.placement = p
	cartID, found, err := cart.Find(tx, p.CartToken)
	if err != nil {
		return w, err
	}
	if !found {
		return w, fault.New(fault.Conflict, "fault.cart_empty")
	}
	w.cartID = cartID
	if w.placed, err = w.again(tx); err != nil || w.placed.ID != 0 {
		return w, err
	}
	if w.details, found, err = cart.LoadDetails(tx, cartID, p.Store.Market.ID); err != nil {
		return w, err
	}
	w.buyer = w.details.Keys(p.Store.Market)
	if w.view, err = cart.Load(tx, cartID, p.Store, w.details.Choice(p.Store.Market)); err != nil {
		return w, err
	}
	return w, o.refuse(tx, w, found)
}

// again is the order that this key has made of this cart before, if it has.
func (w weighed) again(tx db.Tx) (Order, error) {
	var orders []Order
	err := tx.Gorm().Where("cart_id = ? AND idempotency_key = ?", w.cartID, w.placement.Key).Limit(1).Find(&orders).Error
	if err != nil || len(orders) == 0 {
		return Order{}, err
	}
	if orders[0].MarketID != w.placement.Store.Market.ID || orders[0].TotalAmount != w.placement.Total {
		return Order{}, fault.New(fault.Conflict, "fault.key_used")
	}
	return orders[0], nil
}

// refuse says what stands in the way of the order, the gravest first.
func (o *Orders) refuse(tx db.Tx, w weighed, detailed bool) error {
	for _, l := range w.view.Lines {
		if p := l.Problem; p.Key != "" {
			return p.Fault()
		}
	}
	payments := o.gateways.Among(w.view.Store.Market.PaymentMethods(tx.Now()))
	switch {
	case len(w.view.Lines) == 0:
		return fault.New(fault.Conflict, "fault.cart_empty")
	case !detailed:
		return fault.New(fault.Conflict, "fault.no_details")
	case w.view.Delivery == nil:
		return fault.New(fault.Conflict, "fault.delivery_gone")
	case !slices.Contains(payments, w.details.Payment):
		return fault.New(fault.Conflict, "fault.payment_gone")
	case w.view.Totals.Total != w.placement.Total:
		return fault.New(fault.Conflict, "fault.total_changed")
	}
	unpaid, err := unpaidOrders(tx, w.view.Store.Market.ID, w.buyer)
	if err == nil && unpaid >= MaxUnpaid {
		err = fault.New(fault.Conflict, "fault.unpaid_orders").With("Count", MaxUnpaid)
	}
	return err
}

// unpaidOrders is how many orders of a buyer in a market hold goods and wait for payment.
func unpaidOrders(tx db.Tx, marketID int64, who launch.Keys) (int, error) {
	var n int
	err := tx.QueryRow(`SELECT COUNT(*) FROM (
			SELECT id FROM orders WHERE market_id = ? AND email_key = ? AND state = 'awaiting_payment' AND hold_until > ?
			UNION SELECT id FROM orders WHERE market_id = ? AND address_key = ? AND state = 'awaiting_payment' AND hold_until > ?) AS waiting`,
		marketID, who.Email, tx.Now(), marketID, who.Address, tx.Now()).Scan(&n)
	return n, err
}

// place writes the order down, holds its goods and queues its mail.
func (w weighed) place(tx db.Tx) (Order, error) {
	o, err := w.draft(tx)
	if err != nil {
		return o, err
	}
	if err := tx.Gorm().Create(&o).Error; err != nil {
		return o, err
	}
	if err := write(tx, Event{OrderID: o.ID, Actor: staff.Buyer.Name, FromState: None, ToState: AwaitingPayment}); err != nil {
		return o, err
	}
	if err := hold(tx, o, w.view.Lines, w.buyer); err != nil {
		return o, err
	}
	if err := job.Queue(tx, MailReceived, o.ID); err != nil {
		return o, err
	}
	return o, cart.Clear(tx, w.cartID, o.MarketID)
}

// hold sets an order's goods aside and counts them against the buyer's limits.
func hold(tx db.Tx, o Order, lines []cart.Line, buyer launch.Keys) error {
	for _, l := range lines {
		if err := inventory.Reserve(tx, o.ID, o.MarketID, l.Variant.ID, l.Quantity, o.HoldUntil); err != nil {
			return err
		}
		taking := launch.Taking{OrderID: o.ID, MarketID: o.MarketID, ProductID: l.Product.ID, VariantID: l.Variant.ID,
			InTest: l.Sale.Offer.State == launch.Test, CodeID: l.Sale.CodeID, Quantity: l.Quantity, Buyer: buyer}
		if err := launch.Take(tx, taking); err != nil {
			return err
		}
	}
	return nil
}

// draft is the order as it will be kept.
func (w weighed) draft(tx db.Tx) (Order, error) {
	m, d, t := w.view.Store.Market, w.details, w.view.Totals
	number, err := nextNumber(tx, m)
	if err != nil {
		return Order{}, err
	}
	regions, err := market.Regions(tx, m.ID)
	region, _ := market.FindRegion(regions, d.Region)
	phase := "open"
	if m.Phase(tx.Now()) == market.Test {
		phase = "test"
	}
	return Order{
		MarketID: m.ID, Number: number, Token: rand.Text(), CartID: w.cartID, IdempotencyKey: w.placement.Key,
		State: AwaitingPayment, Phase: phase, Store: w.view.Store.Path(), Language: w.view.Store.Language,
		PlacedAt: tx.Now(), HoldUntil: tx.Now().Add(m.HoldTime(d.Payment)), Currency: m.Currency, TaxIncluded: m.TaxIncluded,
		LinesAmount: t.Lines, DeliveryAmount: t.Delivery, TaxAmount: t.Tax, TotalAmount: t.Total,
		Email: d.Email, Name: d.Name, Line1: d.Line1, Line2: d.Line2, PostalCode: d.PostalCode, City: d.City,
		Region: d.Region, RegionName: region.Name, Country: m.Country, Phone: d.Phone,
		EmailKey: w.buyer.Email, AddressKey: w.buyer.Address, Payment: d.Payment,
		DeliveryCode: w.view.Delivery.Method.Code, DeliveryName: w.view.Delivery.Method.Name,
		ArrivesFrom: w.view.Delivery.From, ArrivesTo: w.view.Delivery.To,
		Lines: w.lines(), Taxes: w.taxes(),
	}, err
}

func (w weighed) lines() []Line {
	lines := make([]Line, len(w.view.Lines))
	for i, l := range w.view.Lines {
		lines[i] = Line{
			Position: i + 1, ProductID: l.Product.ID, VariantID: l.Variant.ID, Slug: l.Product.Slug, SKU: l.Variant.SKU,
			Name: l.Product.Text.Name, Colour: l.Variant.ColourName, Tint: l.Product.Category.Tint,
			Quantity: l.Quantity, UnitAmount: l.Sale.Price.Minor, Amount: l.Amount(),
			RatePPM: l.Rate.PPM, TaxAmount: w.view.Totals.LineTax[i],
		}
		if len(l.Variant.Pictures) > 0 {
			lines[i].Picture = l.Variant.Pictures[0].File
		}
	}
	return lines
}

func (w weighed) taxes() []Tax {
	var taxes []Tax
	for _, t := range w.view.Totals.Taxes {
		taxes = append(taxes, Tax{Name: t.Name, RatePPM: t.PPM, BaseAmount: t.Base, TaxAmount: t.Amount})
	}
	return taxes
}

// firstNumber is where a market's numbers begin.
const firstNumber = 10001

// nextNumber is the market's next order number, like US-10001.
func nextNumber(tx db.Tx, m market.Market) (string, error) {
	var n int64
	err := tx.QueryRow(`INSERT INTO order_numbers (market_id, next) VALUES (?, ?)
		ON CONFLICT (market_id) DO UPDATE SET next = order_numbers.next + 1 RETURNING next - 1`, m.ID, firstNumber+1).Scan(&n)
	return strings.ToUpper(m.Code) + "-" + strconv.FormatInt(n, 10), err
}
