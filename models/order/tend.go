package order

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/payment"
)

// Of an open session the provider is asked every lookEvery, so that a payment whose message got lost is found while its goods
// are held.
const lookEvery = 5 * time.Minute

// While a provider gives no answer it is asked again after shortPause, and then after twice as long each time, up to longPause.
const (
	shortPause = 5 * time.Second
	longPause  = 5 * time.Minute
)

// atOnce is how many sessions a provider is asked about at the same time.
const atOnce = 8

// firstLook is when the provider is asked about a session next, if nothing happens before.
func firstLook(s payment.Session, now clock.Instant) clock.Instant {
	return min(now.Add(lookEvery), s.EndsAt)
}

// Tend asks providers about the sessions whose time has come: those whose order waits no longer are ended, of the others it
// looks whether they were paid. No transaction is open while a provider is asked. When a provider answers nothing for any of
// the first few, the rest wait for the next round.
func (o *Orders) Tend(ctx context.Context) error {
	var due []payment.Session
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		due, err = payment.DueSessions(tx, 25*atOnce)
		return err
	})
	for err == nil && len(due) > 0 {
		some := due[:min(atOnce, len(due))]
		due = due[len(some):]
		var heard bool
		if heard, err = o.tendSome(ctx, some); !heard {
			break
		}
	}
	return err
}

// tendSome tends sessions at the same time; heard is that a provider gave an answer about one of them.
func (o *Orders) tendSome(ctx context.Context, some []payment.Session) (heard bool, err error) {
	answered := make([]bool, len(some))
	group, ctx := errgroup.WithContext(ctx)
	for i, s := range some {
		group.Go(func() error {
			standing, silent := o.stand(ctx, s)
			answered[i] = silent == nil
			if ctx.Err() != nil {
				return ctx.Err() // the shop stops: nothing was learned
			}
			return o.data.Write(ctx, func(tx db.Tx) error { return o.learn(tx, s.ID, standing, silent) })
		})
	}
	err = group.Wait()
	for _, one := range answered {
		heard = heard || one
	}
	return heard, err
}

var errNoGateway = errors.New("order: the shop is not set up for this provider any more")

// stand asks how a session stands, and has it ended when its order waits no longer.
func (o *Orders) stand(ctx context.Context, s payment.Session) (payment.Standing, error) {
	if s.State == payment.SessionAsked { // nobody ever learned its address
		return payment.Standing{Progress: payment.IsUnpaid}, nil
	}
	hosted, found := o.gateways.Hosted(s.Provider)
	if !found {
		return payment.Standing{}, errNoGateway
	}
	waits := false
	err := o.data.Read(ctx, func(tx db.Tx) error {
		order, err := find(tx, "id = ?", s.OrderID)
		waits = order.State == AwaitingPayment && tx.Now() < s.EndsAt
		return err
	})
	if err != nil {
		return payment.Standing{}, err
	}
	if waits {
		return hosted.Look(ctx, s.ProviderID)
	}
	return hosted.End(ctx, s.ProviderID)
}

// learn takes note of what the provider said of a session, or that it said nothing.
func (o *Orders) learn(tx db.Tx, sessionID int64, standing payment.Standing, silent error) error {
	if err := expireDue(tx); err != nil {
		return err
	}
	s, err := payment.SessionByID(tx, sessionID)
	if err != nil || !s.Live() {
		return err
	}
	if silent != nil {
		return o.stay(tx, s, silent.Error())
	}
	switch standing.Progress {
	case payment.IsUnpaid:
		return endUnpaid(tx, s, payment.SessionUnpaid)
	case payment.IsOpen:
		if tx.Now() < s.EndsAt {
			return s.AskAgain(tx, firstLook(s, tx.Now()), 0)
		}
		return o.stay(tx, s, "the session can't be ended")
	case payment.IsPending:
		return o.stay(tx, s, "the provider still waits for the money")
	}
	wrong, err := o.mismatch(tx, s, standing)
	if err != nil {
		return err
	}
	if wrong != "" {
		return o.stay(tx, s, wrong)
	}
	return o.receive(tx, s, standing.PaymentID)
}

// stay leaves a session as it is, because nobody knows how it stands: its goods stay held, the provider is asked again after
// a pause that grows, staff are told after a while, and after payment.GiveUp the session is given up as lost. A payment that
// turns up later is one that came too late.
func (o *Orders) stay(tx db.Tx, s payment.Session, why string) error {
	now := tx.Now()
	if s.Holds().Reached(now) {
		return endUnpaid(tx, s, payment.SessionLost)
	}
	if s.EndsAt.Add(payment.AlarmAfter).Reached(now) {
		finding := fmt.Sprintf("%s has not said how the payment ended; the goods stay held until it does, at most until %s (%s)", s.Provider, s.Holds(), why)
		if err := payment.Raise(tx, payment.SessionSilent, s.ProviderID, s.OrderID, finding); err != nil {
			return err
		}
	}
	pause := min(shortPause<<min(s.Silences, 10), longPause)
	return s.AskAgain(tx, min(now.Add(pause), s.Holds()), s.Silences+1)
}

// endUnpaid closes a session in which nothing was paid. Its order's goods are free, unless the buyer still has time to pay
// another way.
func endUnpaid(tx db.Tx, s payment.Session, how payment.SessionState) error {
	if !s.Live() {
		return nil
	}
	if err := s.Close(tx, how); err != nil {
		return err
	}
	order, err := find(tx, "id = ?", s.OrderID)
	if err != nil || order.State != AwaitingPayment || s.ProviderID == "" {
		return err
	}
	if tx.Now() < s.EndsAt {
		return keepHeld(tx, order.ID, s.EndsAt)
	}
	return expire(tx, &order)
}
