package order

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/payment"
)

// ByToken is an order by the secret of its page, in one of a market's stores: an order of another market is not found.
func (o *Orders) ByToken(ctx context.Context, marketID int64, token string) (Order, error) {
	order, err := o.whole(ctx, "token = ?", token)
	if err == nil && order.MarketID != marketID {
		return Order{}, errUnknown
	}
	return order, err
}

// Outline is ByToken without lines, taxes, history, shipments and payments: enough to pay it.
func (o *Orders) Outline(ctx context.Context, marketID int64, token string) (Order, error) {
	var order Order
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		order, err = current(tx, "token = ?", token)
		return err
	})
	if err == nil && order.MarketID != marketID {
		return Order{}, errUnknown
	}
	return order, err
}

// Owes reports whether anybody has ordered in a market or is, or was, on one of its lists of interest: even as a draft it owes
// them their pages.
func (o *Orders) Owes(ctx context.Context, marketID int64) (owes bool, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM orders WHERE market_id = ?) OR EXISTS (SELECT 1 FROM interests WHERE market_id = ?)
			OR EXISTS (SELECT 1 FROM interest_figures WHERE market_id = ?)`, marketID, marketID, marketID).Scan(&owes)
	})
	return owes, err
}

// ByNumber is an order by its number, for staff.
func (o *Orders) ByNumber(ctx context.Context, number string) (Order, error) {
	return o.whole(ctx, "number = ?", number)
}

// ByID is an order, for the jobs about it.
func (o *Orders) ByID(ctx context.Context, id int64) (Order, error) {
	return o.whole(ctx, "id = ?", id)
}

// ByMail is the order that a job of one of MailKinds is about.
func (o *Orders) ByMail(ctx context.Context, kind string, subjectID int64) (Order, error) {
	if table, apart := subjects[kind]; apart {
		return o.whole(ctx, "id = (SELECT order_id FROM "+table+" WHERE id = ?)", subjectID)
	}
	return o.ByID(ctx, subjectID)
}

// subjects are the tables of what mails are about that is not the order itself.
var subjects = map[string]string{MailShipped: "shipments", MailRefunded: "credits", MailReturn: "returns"}

// Refunded is the order of a refund, for the job that tells of it.
func (o *Orders) Refunded(ctx context.Context, refundID int64) (Order, payment.Refund, error) {
	order, err := o.whole(ctx, "id = (SELECT p.order_id FROM payments p JOIN refunds r ON r.payment_id = p.id WHERE r.id = ?)", refundID)
	if err != nil {
		return Order{}, payment.Refund{}, err
	}
	at := slices.IndexFunc(order.Refunds, func(r payment.Refund) bool { return r.ID == refundID })
	return order, order.Refunds[at], nil
}

// whole is an order with all that belongs to it.
func (o *Orders) whole(ctx context.Context, condition string, value any) (Order, error) {
	var order Order
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		order, err = whole(tx, condition, value)
		return err
	})
	return order, err
}

// Whole is ByID for a transaction of the caller's.
func Whole(tx db.Tx, id int64) (Order, error) { return whole(tx, "id = ?", id) }

// ByNumber is an order by its number, for a transaction of the caller's.
func ByNumber(tx db.Tx, number string) (Order, error) { return whole(tx, "number = ?", number) }

func whole(tx db.Tx, condition string, value any) (Order, error) {
	order, err := current(tx, condition, value)
	if err != nil {
		return order, err
	}
	if err := order.complete(tx); err != nil {
		return order, err
	}
	if order.Payments, order.Refunds, err = payment.Of(tx, order.ID); err != nil {
		return order, err
	}
	order.Sessions, err = payment.Sessions(tx, order.ID)
	return order, err
}

// current is an order without its lines. One whose time is up shows as expired from that instant on.
func current(tx db.Tx, condition string, value any) (Order, error) {
	order, err := find(tx, condition, value)
	order.lapse(tx.Now())
	return order, err
}

// lapse shows an order whose time is up as expired, whether or not that is written down yet.
func (o *Order) lapse(now clock.Instant) {
	if o.State == AwaitingPayment && o.HoldUntil.Reached(now) {
		o.State = Expired
	}
}

// Filter says which orders staff look at. Text is found in number, e-mail and name; Before is the id to page on from.
type Filter struct {
	MarketID int64
	State    State
	Late     bool // only those whose promised day has passed while something has yet to leave
	ToShip   bool // only those of which something has yet to leave
	Owing    bool // only those with a refund that staff have to send
	Text     string
	Before   int64
}

// List are the newest orders that fit, without their lines, and whether there are more.
func (o *Orders) List(ctx context.Context, f Filter, limit int) (orders []Order, more bool, err error) {
	err = o.data.Read(ctx, func(tx db.Tx) error {
		query := f.apply(tx.Gorm(), tx.Now())
		if f.Late {
			condition, values, err := late(tx)
			if err != nil {
				return err
			}
			query = query.Where("id IN (SELECT o.id FROM orders o WHERE "+condition+")", values...)
		}
		return query.Order("id DESC").Limit(limit + 1).Find(&orders).Error
	})
	if len(orders) > limit {
		return orders[:limit], true, err
	}
	return orders, false, err
}

func (f Filter) apply(query *gorm.DB, now clock.Instant) *gorm.DB {
	if f.MarketID != 0 {
		query = query.Where("market_id = ?", f.MarketID)
	}
	switch f.State {
	case None:
	case AwaitingPayment:
		query = query.Where("state = ? AND hold_until > ?", f.State, now)
	case Expired:
		query = query.Where("state = ? OR (state = ? AND hold_until <= ?)", f.State, AwaitingPayment, now)
	default:
		query = query.Where("state = ?", f.State)
	}
	if f.ToShip {
		query = query.Where("state IN " + ToShip)
	}
	if f.Owing {
		query = query.Where("id IN (SELECT p.order_id " + owing + ")")
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		query = query.Where("lower(number) LIKE ? ESCAPE '!' OR lower(email) LIKE ? ESCAPE '!' OR lower(name) LIKE ? ESCAPE '!'", like(text), like(text), like(text))
	}
	if f.Before > 0 {
		query = query.Where("id < ?", f.Before)
	}
	return query
}

// like is a pattern, with ! as its escape, of what has a text in it, in small letters.
func like(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(text)) + "%"
}

// Figures are a market's orders since an instant, cancelled and expired ones left out, and what they come to in minor
// units.
type Figures struct {
	Orders  int
	Revenue int64
}

// Since are the figures of a market from an instant on.
func (o *Orders) Since(ctx context.Context, marketID int64, from clock.Instant) (Figures, error) {
	var f Figures
	err := o.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow(`SELECT COUNT(*), COALESCE(SUM(total_amount), 0) FROM orders
			WHERE market_id = ? AND placed_at >= ? AND (state IN `+Sold+` OR (state = 'awaiting_payment' AND hold_until > ?))`,
			marketID, from, tx.Now()).Scan(&f.Orders, &f.Revenue)
	})
	return f, err
}

// owing are the refunds that staff have to send, because no provider does.
const owing = "FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.state = 'due' AND (p.provider = 'transfer' OR r.failure <> '')"

// Duties are how many things wait for staff.
type Duties struct {
	Transfers, ToShip, Late, RefundsDue, DeadJobs, Withdrawals, Exceptions, Returns int
}

// Duties counts what waits for staff.
func (o *Orders) Duties(ctx context.Context) (Duties, error) {
	var d Duties
	err := o.data.Read(ctx, func(tx db.Tx) error {
		condition, values, err := late(tx)
		if err != nil {
			return err
		}
		if err := tx.QueryRow("SELECT COUNT(*) FROM orders o WHERE "+condition, values...).Scan(&d.Late); err != nil {
			return err
		}
		return tx.QueryRow(`SELECT
			(SELECT COUNT(*) FROM orders WHERE state = 'awaiting_payment' AND payment = 'transfer'),
			(SELECT COUNT(*) FROM orders WHERE state IN `+ToShip+`),
			(SELECT COUNT(*) `+owing+`),
			(SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL),
			(SELECT COUNT(*) FROM withdrawals WHERE handled_at IS NULL),
			(SELECT COUNT(*) FROM payment_exceptions WHERE handled_at IS NULL),
			(SELECT COUNT(*) FROM returns WHERE state IN ('requested', 'approved'))`).
			Scan(&d.Transfers, &d.ToShip, &d.RefundsDue, &d.DeadJobs, &d.Withdrawals, &d.Exceptions, &d.Returns)
	})
	return d, err
}
