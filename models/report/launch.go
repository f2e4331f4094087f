// Package report reads figures across the shop. It changes nothing but its own count of refusals.
package report

import (
	"context"
	"strings"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// Reports reads figures from a database.
type Reports struct{ data *db.DB }

// New reads figures from a database.
func New(data *db.DB) *Reports { return &Reports{data: data} }

// Launch is a market's launch in figures, its test phase beside its open phase. Amounts are in minor units of the market's
// currency. What is sold is what is paid for: orders that are paid or shipped.
type Launch struct {
	Market     market.Market
	At         clock.Instant // of the report
	Test, Open Phase
	Goods      []Good
	Waves      []Wave
	Refusals   []Refusal
	Interest   Interest
	Hours      []Hour // with something in them, oldest first
}

// Phase is what happened in a phase of the market. From and To bound it, [From, To); none when the phase has not begun, and
// To is the report's instant while it lasts. Orders are counted in the phase in which they were placed.
type Phase struct {
	From, To  clock.Instant
	Orders    int   // sold
	Units     int   // in orders that are sold
	Revenue   int64 // totals of orders that are sold, delivery and tax included
	Waiting   int   // orders whose hold lives
	Expired   int   // orders that were never paid
	Cancelled int   // orders, paid for or not
	Returned  int   // orders of which goods came back, some or all
	Refunded  int64 // what goes or went back, of cancelled orders too
	Refused   int   // requests that the shop could not meet
	LimitsHit int   // of these, those that a limit per order, buyer or code refused
}

// Good is what was sold of a variant. Revenue is its lines' amounts, without delivery, as prices are in the market.
type Good struct {
	SKU                      string
	TestUnits, OpenUnits     int
	TestRevenue, OpenRevenue int64
}

// Refusal is how many requests were refused for a reason, a message key, in a phase of the market. SKU is "" when no
// variant was named.
type Refusal struct {
	Reason, Phase, SKU string
	Requests           int
}

// Limit reports whether a limit refused, and not a lack of goods or of time.
func (r Refusal) Limit() bool {
	return strings.HasPrefix(r.Reason, "offer.limit_") || r.Reason == "fault.unpaid_orders"
}

// Interest is what became of people who wished to be told, list by list and in all, and of access codes. Who is on two lists
// counts twice. A code counts as used while an order with it lives.
type Interest struct {
	launch.Figures
	Lists               []launch.Figures
	Codes, Mailed, Used int
	CodeOrders          int   // sold with a code
	CodeRevenue         int64 // their totals
}

// Hour is what was ordered and sold, and what was refused, in an hour that begins At.
type Hour struct {
	At      clock.Instant
	Orders  int
	Units   int
	Revenue int64
	Refused int
}

// Launch reads the report of a market.
func (r *Reports) Launch(ctx context.Context, code string) (Launch, error) {
	var l Launch
	err := r.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		l = Launch{Market: m, At: tx.Now()}
		l.bound()
		for _, step := range []func(db.Tx) error{l.readPhases, l.readGoods, l.readWaves, l.readRefusals, l.readInterest, l.readHours} {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return l, err
}

// bound sets when the phases began and ended.
func (l *Launch) bound() {
	s := l.Market.Schedule()
	if s.TestAt.Reached(l.At) && (s.LaunchAt.IsZero() || s.TestAt < s.LaunchAt) {
		l.Test.From, l.Test.To = s.TestAt, l.At
		if s.LaunchAt.Reached(l.At) {
			l.Test.To = s.LaunchAt
		}
	}
	if s.LaunchAt.Reached(l.At) {
		l.Open.From, l.Open.To = s.LaunchAt, l.At
	}
}

// phase is where figures of a phase by its name belong; those of other phases belong nowhere.
func (l *Launch) phase(name string) *Phase {
	switch market.Phase(name) {
	case market.Test:
		return &l.Test
	case market.Open:
		return &l.Open
	}
	return &Phase{}
}

// Series is every hour in [from, to), the empty ones too, for charts; at most maxSeries of them.
func (l Launch) Series(from, to clock.Instant) []Hour {
	byHour := make(map[clock.Instant]Hour, len(l.Hours))
	for _, h := range l.Hours {
		byHour[h.At] = h
	}
	var series []Hour
	for at := hourOf(from); at < to && len(series) < maxSeries; at = at.Add(time.Hour) {
		h := byHour[at]
		h.At = at
		series = append(series, h)
	}
	return series
}

// maxSeries is a little over a month of hours: more points than a chart is wide say nothing.
const maxSeries = 800
