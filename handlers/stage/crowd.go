package stage

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"softlaunch/models/rehearsal"
)

// patienceAtTheEnd is how long the product's page may take, after the last buyer, to say that the goods are sold out.
const patienceAtTheEnd = 5 * time.Second

// crowd is the buyers of a rehearsal. Each wants one unit, and tries whether or not the page still sells it: it may have
// been opened before the last unit went.
type crowd struct {
	House
	plan      rehearsal.Plan
	scene     scene
	address   string
	transport *http.Transport
	tally     *tally
	idle      int64
	next      atomic.Int64
	opened    atomic.Pointer[time.Time]
	lastOrder atomic.Int64 // nanoseconds after the opening
	soldOut   atomic.Int64 // when the product's page first said so, in nanoseconds after the opening; 0 is not yet
	took      time.Duration
}

func newCrowd(h House, plan rehearsal.Plan, scene scene, address string) *crowd {
	return &crowd{House: h, plan: plan, scene: scene, address: address, tally: newTally(),
		transport: &http.Transport{MaxIdleConnsPerHost: plan.AtOnce + 1, DisableCompression: true}}
}

func (c *crowd) leave() { c.transport.CloseIdleConnections() }

// arrive has as many visitors as shop at a time open the product's page before the launch.
func (c *crowd) arrive(ctx context.Context) error {
	errs := make([]error, c.plan.AtOnce)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = NewShopper(c.address, c.transport).Look(ctx, c.wish(0)) })
	}
	all.Wait()
	c.idle = c.tally.measure()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("before the launch: %w", err)
		}
	}
	return nil
}

// rush lets everybody in and returns when the last buyer has bought or has given up.
func (c *crowd) rush(ctx context.Context) {
	begun := c.Watch()
	c.opened.Store(&begun)
	watching, stop := context.WithCancel(ctx)
	var all, watch sync.WaitGroup
	watch.Go(func() { c.watch(watching) })
	for range c.plan.AtOnce {
		all.Go(func() {
			for n := c.next.Add(1); int(n) <= c.plan.Buyers && ctx.Err() == nil; n = c.next.Add(1) {
				c.buy(ctx, int(n))
			}
		})
	}
	all.Wait()
	c.took = c.Watch().Sub(begun)
	if c.plan.Buyers <= c.plan.Units {
		stop()
	}
	defer time.AfterFunc(patienceAtTheEnd, stop).Stop()
	watch.Wait()
	stop()
}

// buy is one buyer's way, from the page that shows the goods to the order's own page.
func (c *crowd) buy(ctx context.Context, n int) {
	shopper := NewShopper(c.address, c.transport)
	shopper.Patience = c.patience
	shopper.Observe = func(step Step) func(int) {
		begun := c.Watch()
		return func(status int) {
			now := c.Watch()
			c.tally.answered(step, status, now.Sub(begun))
			if step == StepOrder && status == http.StatusSeeOther {
				later(&c.lastOrder, now.Sub(*c.opened.Load()))
			}
		}
	}
	_, err := shopper.Buy(ctx, c.wish(n))
	if ctx.Err() == nil {
		c.tally.done(err, c.Watch().Sub(*c.opened.Load()))
	}
}

// patience is how a simulated shopper takes being told to come again: he does, as long as the rehearsal lasts.
func (c *crowd) patience(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}

// wish is what the nth buyer wants; no two are alike to the shop's limits.
func (c *crowd) wish(n int) Wish {
	d := c.scene.home
	d.Email, d.Line1 = fmt.Sprintf("buyer%d@rehearsal.invalid", n), fmt.Sprintf("%d Rehearsal Street", n)
	return Wish{Store: c.scene.store.Path(), Slug: c.scene.item.Product.Slug, SKU: c.scene.sku, Details: d}
}

// watch looks at the product's page as anybody does, and notes when it says that the goods are sold out.
func (c *crowd) watch(ctx context.Context) {
	visitor := NewShopper(c.address, c.transport)
	for ctx.Err() == nil && c.soldOut.Load() == 0 {
		if sells, err := visitor.Look(ctx, c.wish(0)); err == nil && !sells {
			c.soldOut.Store(int64(c.Watch().Sub(*c.opened.Load())))
		}
		c.patience(ctx, 25*time.Millisecond)
	}
}

// later keeps the later of two times.
func later(kept *atomic.Int64, took time.Duration) {
	for {
		had := kept.Load()
		if int64(took) <= had || kept.CompareAndSwap(had, int64(took)) {
			return
		}
	}
}
