package stage

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"softlaunch/handlers/jobs"
	"softlaunch/models"
	"softlaunch/models/clock"
	"softlaunch/models/payment"
	"softlaunch/models/payment/sandbox"
	"softlaunch/models/payment/transfer"
	"softlaunch/models/rehearsal"
)

// House is what a rehearsal borrows from the real shop: a copy of its database, its clocks, a watch to time answers with, and
// the way to serve a shop at an address.
type House struct {
	Copy    func(ctx context.Context, path string) error
	Clock   clock.Clock
	Machine clock.Clock
	Watch   func() time.Time
	Serve   func(shop *models.Shop, address string) (*http.Server, error)
}

// Play plays a launch. progress, when set, is called a few times a second. An Invalid fault says what of the plan can't be
// played; a launch that went wrong is no error but stands in the report.
func (h House) Play(ctx context.Context, plan rehearsal.Plan, progress func(rehearsal.Progress)) (report rehearsal.Report, err error) {
	if err := plan.Check(); err != nil {
		return report, err
	}
	folder, err := os.MkdirTemp("", "softlaunch-rehearsal")
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "copy.db")
	if err := h.Copy(ctx, path); err != nil {
		return report, err
	}
	curtain := &curtain{machine: h.Machine}
	curtain.set(h.Clock)
	shop, err := models.Open(ctx, models.Options{Path: path, Clock: curtain.now, Machine: h.Machine,
		Gateways: payment.Gateways{sandbox.Gateway{}, transfer.Gateway{}}})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, shop.Close()) }()
	scene, err := prepare(ctx, plan, shop, h.Clock())
	if err != nil {
		return report, err
	}
	curtain.stand(scene.at - 1)
	return h.perform(ctx, plan, scene, curtain, progress)
}

// perform serves the copy on loopback and lets the crowd in at the launch's instant.
func (h House) perform(ctx context.Context, plan rehearsal.Plan, scene scene, curtain *curtain, progress func(rehearsal.Progress)) (rehearsal.Report, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return rehearsal.Report{}, err
	}
	address := "http://" + listener.Addr().String()
	server, err := h.Serve(scene.shop, address)
	if err != nil {
		return rehearsal.Report{}, errors.Join(err, listener.Close())
	}
	ctx, end := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer background.Wait()
	defer server.Close()
	defer end()
	background.Go(func() { _ = server.Serve(listener) }) // it ends with Close
	background.Go(func() { scene.shop.Worker(jobs.Handlers(scene.shop, nil, address)).Run(ctx) })
	crowd := newCrowd(h, plan, scene, address)
	defer crowd.leave()
	background.Go(func() { crowd.report(ctx, progress) })
	if err := crowd.arrive(ctx); err != nil {
		return rehearsal.Report{}, err
	}
	curtain.open(scene.at)
	crowd.rush(ctx)
	if ctx.Err() != nil {
		return rehearsal.Report{}, ctx.Err()
	}
	return crowd.sum(ctx)
}

// curtain is the copy's clock: it stands at an instant until the launch is played, and then runs on from there.
type curtain struct {
	machine clock.Clock
	clock   atomic.Pointer[clock.Clock]
}

func (c *curtain) now() clock.Instant { return (*c.clock.Load())() }

func (c *curtain) set(to clock.Clock) { c.clock.Store(&to) }

func (c *curtain) stand(at clock.Instant) { c.set(func() clock.Instant { return at }) }

func (c *curtain) open(at clock.Instant) { c.set(clock.Starting(c.machine, at)) }
