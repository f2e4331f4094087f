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
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// MaxUnpaid is how many orders of a buyer may wait for payment in a market at once.
const MaxUnpaid = 2

// Placement is the order button pressed: which cart in which store, the form's idempotency key and the total it showed. By is
// who took the order for its buyer, nobody when he pressed it himself; then Supplements may be the number of an order of the
// same market that this one adds goods to.
type Placement struct {
	CartToken string
	Store     market.Store
	Key       string
	Total     int64

	By          staff.Actor
	Supplements string
}

// Place makes an order of a cart in one transaction: it decides every offer again, checks limits and that the total is the
// one shown, holds the goods, numbers the order and queues its mail. The same placement sent again answers the same
// order; the same key with another total or market is a Conflict. Whatever the buyer must look at again is a Conflict or
// NotOpen, and nothing has changed then. An order of the same cart that still waits for an online payment is replaced when
// it has goods in common with this one: nobody is kept out by his own hold.
func (o *Orders) Place(ctx context.Context, p Placement) (Order, error) {
	if len(p.Key) < 8 || len(p.Key) > 100 {
		return Order{}, fault.New(fault.Invalid, "fault.key")
	}
	if o.caution.looks() {
		placed, known, err := o.early(ctx, p)
		if err != nil || known {
			return placed, o.caution.learn(err)
		}
	}
	var placed Order
	err := o.data.Write(ctx, func(tx db.Tx) error {
		w, err := o.weigh(tx, p)
		if err != nil || w.placed.ID != 0 {
			placed = w.placed
			return err
		}
		if w.due {
			if err := expireDue(tx); err != nil {
				return err
			}
		}
		if err := w.replace(tx); err != nil {
			return err
		}
		placed, err = w.place(tx)
		return err
	})
	return placed, o.caution.learn(err)
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
	kept      cart.Kept
	view      cart.View
	buyer     launch.Keys
	replaces  []Order
	unpaid    int  // orders of the buyer in the market that hold goods and wait for payment
	due       bool // the time of some order is up; what it held counts as free, and has to be freed before it is held anew
}

// weigh decides everything anew and refuses what is not as the buyer saw it.
func (o *Orders) weigh(tx db.Tx, p Placement) (w weighed, err error) {
	m := p.Store.Market
	w.placement = p
	if w.kept, err = cart.Find(tx, p.CartToken, m.ID); err != nil {
		return w, err
	}
	if w.kept.ID == 0 {
		return w, fault.New(fault.Conflict, "fault.cart_empty")
	}
	w.buyer = w.kept.Buyer(w.kept.Details.Keys(m))
	if err = w.again(tx); err != nil || w.placed.ID != 0 {
		return w, err
	}
	if w.view, err = w.kept.View(tx, p.Store, w.kept.Details.Choice(m)); err != nil {
		return w, err
	}
	if err := w.replaceable(tx); err != nil {
		return w, err
	}
	return w, o.refuse(w)
}

// again finds the order that this key has made of this cart before, if it has, and looks at the orders that wait.
func (w *weighed) again(tx db.Tx) error {
	var before int64
	marketID, now := w.placement.Store.Market.ID, tx.Now()
	err := tx.QueryRow(`SELECT COALESCE((SELECT id FROM orders WHERE cart_id = ? AND idempotency_key = ?), 0), (SELECT COUNT(*) FROM (
			SELECT id FROM orders WHERE market_id = ? AND email_key = ? AND state = 'awaiting_payment' AND hold_until > ?
			UNION SELECT id FROM orders WHERE market_id = ? AND address_key = ? AND state = 'awaiting_payment' AND hold_until > ?) AS waiting),
			EXISTS (SELECT 1 FROM orders WHERE state = 'awaiting_payment' AND hold_until <= ?)`,
		w.kept.ID, w.placement.Key, marketID, w.buyer.Email, now, marketID, w.buyer.Address, now, now).Scan(&before, &w.unpaid, &w.due)
	if err != nil || before == 0 {
		return err
	}
	if w.placed, err = find(tx, "id = ?", before); err != nil {
		return err
	}
	if w.placed.MarketID != marketID || w.placed.TotalAmount != w.placement.Total {
		return fault.New(fault.Conflict, "fault.key_used")
	}
	return nil
}

// refuse says what stands in the way of the order, the gravest first.
func (o *Orders) refuse(w weighed) error {
	for _, l := range w.view.Lines {
		if p := l.Problem; p.Key != "" {
			return p.Fault()
		}
	}
	payments := o.gateways.Among(w.view.Store.Market.PaymentMethods(w.view.At))
	switch {
	case len(w.view.Lines) == 0:
		return fault.New(fault.Conflict, "fault.cart_empty")
	case !w.kept.Detailed:
		return fault.New(fault.Conflict, "fault.no_details")
	case w.view.Delivery == nil:
		return fault.New(fault.Conflict, "fault.delivery_gone")
	case !slices.Contains(payments, w.kept.Details.Payment):
		return fault.New(fault.Conflict, "fault.payment_gone")
	case w.view.Totals.Total != w.placement.Total && w.view.Discount.Coupon.Problem.Key != "":
		return w.view.Discount.Coupon.Fault(w.view.Store.Market.Currency)
	case w.view.Totals.Total != w.placement.Total:
		return fault.New(fault.Conflict, "fault.total_changed")
	case w.unpaid >= MaxUnpaid:
		return fault.New(fault.Conflict, "fault.unpaid_orders").With("Count", MaxUnpaid)
	}
	return nil
}

// place writes the order down, holds its goods and queues its mail. An order that costs nothing is paid by that: no provider
// takes a payment of nothing.
func (w weighed) place(tx db.Tx) (Order, error) {
	o, err := w.draft(tx)
	if err != nil {
		return o, err
	}
	if err := o.insert(tx); err != nil {
		return o, err
	}
	if err := write(tx, Event{OrderID: o.ID, Actor: w.placement.actor(), FromState: None, ToState: AwaitingPayment}); err != nil {
		return o, err
	}
	if w.placement.By.Name != "" {
		if err := w.taken(tx, o); err != nil {
			return o, err
		}
	}
	if err := hold(tx, o, w.view.Lines, w.buyer); err != nil {
		return o, err
	}
	if err := useDiscounts(tx, o, w.buyer); err != nil {
		return o, err
	}
	if err := job.Queue(tx, MailReceived, o.ID); err != nil {
		return o, err
	}
	if err := w.kept.Clear(tx); err != nil || o.TotalAmount > 0 {
		return o, err
	}
	err = capture(tx, &o, Settlement{Provider: o.Payment, ProviderID: "nothing for " + o.Number, Outcome: payment.Captured}, staff.Shop.Name)
	return o, err
}

// hold sets an order's goods aside and counts them against the buyer's limits.
func hold(tx db.Tx, o Order, lines []cart.Line, buyer launch.Keys) error {
	for _, l := range lines {
		claimed, err := launch.Claimed(tx, o.MarketID, l.Variant.ID)
		if err != nil {
			return err
		}
		if err := inventory.Reserve(tx, o.ID, o.MarketID, l.Variant.ID, l.Quantity, o.HoldUntil, claimed); err != nil {
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
	o, err := w.sheet(tx)
	if err != nil {
		return Order{}, err
	}
	o.Token = rand.Text()
	o.Number, err = nextNumber(tx, w.view.Store.Market)
	return o, err
}

// sheet is the order without its number and secret.
func (w weighed) sheet(tx db.Tx) (Order, error) {
	m, d, t := w.view.Store.Market, w.kept.Details, w.view.Totals
	regions, err := market.Regions(tx, m.ID)
	if err != nil {
		return Order{}, err
	}
	region, _ := market.FindRegion(regions, d.Region)
	phase := "open"
	if m.Phase(tx.Now()) == market.Test {
		phase = "test"
	}
	return Order{
		MarketID: m.ID, CartID: w.kept.ID, IdempotencyKey: w.placement.Key,
		State: AwaitingPayment, RefundState: NotRefunded, Phase: phase, Store: w.view.Store.Path(), Language: w.view.Store.Language,
		PlacedAt: tx.Now(), HoldUntil: tx.Now().Add(m.HoldTime(d.Payment)), Currency: m.Currency, TaxIncluded: m.TaxIncluded,
		LinesAmount: t.Lines, DiscountAmount: t.Discount, DeliveryAmount: t.Delivery, TaxAmount: t.Tax, TotalAmount: t.Total,
		Email: d.Email, Name: d.Name, Line1: d.Line1, Line2: d.Line2, PostalCode: d.PostalCode, City: d.City,
		Region: d.Region, RegionName: region.Name, Country: m.Country, Phone: d.Phone,
		EmailKey: w.buyer.Email, AddressKey: w.buyer.Address, Payment: d.Payment,
		DeliveryCode: w.view.Delivery.Method.Code, DeliveryName: w.view.Delivery.Method.Name,
		ArrivesFrom: w.view.Delivery.From, ArrivesTo: w.view.Delivery.To,
		Lines: w.lines(), Taxes: w.taxes(), Discounts: w.discounts(),
	}, nil
}

func (w weighed) lines() []Line {
	lines := make([]Line, len(w.view.Lines))
	for i, l := range w.view.Lines {
		lines[i] = Line{
			Position: i + 1, ProductID: l.Product.ID, VariantID: l.Variant.ID, Slug: l.Product.Slug, SKU: l.Variant.SKU,
			Name: l.Product.Text.Name, Colour: l.Variant.ColourName, Tint: l.Product.Category.Tint,
			Quantity: l.Quantity, UnitAmount: l.Sale.Price.Minor, Amount: l.Amount(),
			DiscountAmount: w.view.Totals.LineDiscount[i], RatePPM: l.Rate.PPM, TaxAmount: w.view.Totals.LineTax[i],
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
