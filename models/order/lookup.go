package order

import (
	"context"
	"strings"
	"time"

	"softlaunch/models/account"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/throttle"
)

// MailLinks is the job that answers a lookup; its subject is the lookup.
const MailLinks = "order.links"

// LookupMonths is how far back a lookup goes, and LookupMost how many orders it answers, the newest.
const (
	LookupMonths = 24
	LookupMost   = 20
)

// lookupFor is how long a lookup, and the mail that answers it, is kept at most.
const lookupFor = 24 * time.Hour

// Lookup is a request to have the links of somebody's orders in a market mailed to the address they were placed with.
// OrderNumber narrows it to one; empty for all.
type Lookup struct {
	ID          int64
	MarketID    int64
	Store       string
	Language    string
	Email       string
	OrderNumber string
	AskedAt     clock.Instant
	ExpiresAt   clock.Instant
}

// TableName is where lookups are kept.
func (Lookup) TableName() string { return "order_lookups" }

// Lookups answer buyers who have lost the links of their orders.
type Lookups struct {
	data          *db.DB
	peers, people *throttle.Throttle
}

// NewLookups keeps lookups in a database. machine ages the throttles.
func NewLookups(data *db.DB, machine clock.Clock) *Lookups {
	return &Lookups{data: data, peers: throttle.New(machine, lookingPeers), people: throttle.New(machine, lookedFor)}
}

// Whoever asks has mails sent to an address that may be another's: few to one address, more from one network.
var (
	lookingPeers = throttle.Rule{Burst: 30, Pause: 6 * time.Second, Message: "lookup.throttled"}
	lookedFor    = throttle.Rule{Burst: 5, Pause: 10 * time.Minute, Message: "lookup.throttled"}
)

// Ask keeps a lookup and queues its answer. It looks at no order: what it does, and the time it takes, is the same whether
// there are any. peer is the network address of whoever asks; too many requests from it, or for one mail address, are a
// TooMany fault. The Invalid fault's fields are email and order.
func (l *Lookups) Ask(ctx context.Context, store market.Store, typed Lookup, peer string) error {
	wrong := fault.Fields{}
	email, valid := account.Email(typed.Email)
	if !valid {
		wrong.Add("email", "form.email")
	}
	number := strings.ToUpper(oneLine(typed.OrderNumber))
	if len(number) > 40 {
		wrong.Add("order", "form.required_order")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := l.peers.Take(throttle.Peer(peer)); err != nil {
		return err
	}
	if err := l.people.Take(account.EmailKey(email)); err != nil {
		return err
	}
	return l.data.Write(ctx, func(tx db.Tx) error {
		asked := Lookup{MarketID: store.Market.ID, Store: store.Path(), Language: store.Language, Email: email, OrderNumber: number,
			AskedAt: tx.Now(), ExpiresAt: tx.Now().Add(lookupFor)}
		if err := tx.Gorm().Create(&asked).Error; err != nil {
			return err
		}
		return job.Queue(tx, MailLinks, asked.ID)
	})
}

// Answer is a lookup with the orders that it finds, the newest first, without their lines. There are none when its time is
// up. The address must be the one of the order but for small and capital letters: EmailKey alone holds mailboxes for one
// that may be two people's.
func (l *Lookups) Answer(ctx context.Context, id int64) (asked Lookup, orders []Order, err error) {
	err = l.data.Read(ctx, func(tx db.Tx) error {
		var found []Lookup
		if err := tx.Gorm().Where("id = ? AND expires_at > ?", id, tx.Now()).Limit(1).Find(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		asked = found[0]
		since := clock.Of(tx.Now().Time().AddDate(0, -LookupMonths, 0))
		fields := func(o *Order) []any { return append([]any{&o.ID}, o.fields()...) }
		orders, err = db.List(tx, fields, "SELECT id, "+orderColumns+` FROM orders WHERE email_key = ? AND market_id = ?
			AND lower(email) = lower(?) AND placed_at >= ? AND (? = '' OR number = ?) ORDER BY id DESC LIMIT ?`,
			account.EmailKey(asked.Email), asked.MarketID, asked.Email, since, asked.OrderNumber, asked.OrderNumber, LookupMost)
		for i := range orders {
			orders[i].lapse(tx.Now())
		}
		return err
	})
	return asked, orders, err
}

// Finish ends a lookup's job, in place of FinishMail: sent says whether a mail server took the answer. Lookup and answer are
// then forgotten; without a mail server an answer stays to be read until its time is up.
func (l *Lookups) Finish(ctx context.Context, j job.Job, sent bool) error {
	return l.data.Write(ctx, func(tx db.Tx) error {
		if sent {
			if _, err := tx.Exec("DELETE FROM mails WHERE job_id = ?", j.ID); err != nil {
				return err
			}
		}
		_, err := tx.Exec("DELETE FROM order_lookups WHERE id = ? AND NOT EXISTS (SELECT 1 FROM mails WHERE job_id = ?)", j.SubjectID, j.ID)
		if err != nil {
			return err
		}
		return job.Done(tx, j.ID)
	})
}

// Sweep forgets lookups whose time is up, with the answers that were not sent.
func (l *Lookups) Sweep(ctx context.Context) error {
	var due bool
	err := l.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow("SELECT EXISTS (SELECT 1 FROM order_lookups WHERE expires_at <= ?)", tx.Now()).Scan(&due)
	})
	if err != nil || !due {
		return err
	}
	return l.data.Write(ctx, func(tx db.Tx) error {
		if _, err := tx.Exec("DELETE FROM order_lookups WHERE expires_at <= ?", tx.Now()); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM mails WHERE order_id IS NULL AND kind = ? AND NOT EXISTS (
			SELECT 1 FROM jobs j JOIN order_lookups l ON l.id = j.subject_id WHERE j.id = mails.job_id)`, MailLinks)
		return err
	})
}
