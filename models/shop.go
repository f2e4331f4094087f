// Package models opens the shop: its database and everything that reads and changes it.
package models

import (
	"context"
	"errors"
	"maps"

	"softlaunch/models/audit"
	"softlaunch/models/cart"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/discount"
	"softlaunch/models/document"
	"softlaunch/models/inventory"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
	"softlaunch/models/report"
	"softlaunch/models/staff"
	"softlaunch/models/waiting"
)

// Shop is everything handlers call. Clock is the shop's clock, Machine the machine's.
type Shop struct {
	Clock     clock.Clock
	Machine   clock.Clock
	Gateways  payment.Gateways
	Markets   *market.Markets
	Staff     *staff.Desk
	Catalog   *catalog.Catalog
	Gate      *launch.Gate
	Setup     *launch.Setup
	Codes     *launch.Codes
	Interests *launch.Interests
	Draws     *launch.Draws
	Warehouse *inventory.Warehouse
	Discounts *discount.Discounts
	Carts     *cart.Carts
	Orders    *order.Orders
	Lookups   *order.Lookups
	Documents *document.Documents
	Reports   *report.Reports
	Refusals  *report.Refusals
	Rooms     *waiting.Rooms
	Meter     *report.Meter

	data *db.DB
}

// Options are what a shop is opened with.
type Options struct {
	Path     string // of the database
	Clock    clock.Clock
	Machine  clock.Clock
	Gateways payment.Gateways
	Secret   string // signs tickets; empty takes one that the database keeps
}

// Open opens a shop's database, which is made and migrated when need be.
func Open(ctx context.Context, o Options) (*Shop, error) {
	data, err := db.Open(ctx, o.Path, o.Clock)
	if err != nil {
		return nil, err
	}
	s := assemble(data, o)
	s.Meter = report.NewMeter(o.Machine)
	if s.Rooms, err = waiting.New(ctx, data, s.Gate, o.Clock, o.Machine, o.Secret); err != nil {
		return nil, errors.Join(err, data.Close())
	}
	return s, nil
}

// AsOf is the whole shop as it will be at an instant, by the clock alone: every reading is of that instant, with the goods,
// stock and orders that there are now. Every change is Forbidden (fault.preview). It needs no closing.
func (s *Shop) AsOf(at clock.Instant) *Shop {
	standing := func() clock.Instant { return at }
	view := assemble(s.data.AsOf(at), Options{Clock: standing, Machine: s.Machine, Gateways: s.Gateways})
	view.Rooms, view.Meter = s.Rooms, s.Meter
	return view
}

// Copy writes the database as it is into a new file, which only its owner can read.
func (s *Shop) Copy(ctx context.Context, path string) error { return s.data.Copy(ctx, path) }

// CopyFile is Copy of a shop that is not open here, by the path of its database, which is only read.
func CopyFile(ctx context.Context, from, path string) error { return db.CopyFile(ctx, from, path) }

// Writing is how many changes wait for the writer now.
func (s *Shop) Writing() int { return s.data.Waiting() }

func assemble(data *db.DB, o Options) *Shop {
	return &Shop{
		Clock: o.Clock, Machine: o.Machine, Gateways: o.Gateways,
		Markets:   market.New(data),
		Staff:     staff.New(data, o.Machine),
		Catalog:   catalog.New(data),
		Gate:      launch.NewGate(data, o.Gateways.Providers()...),
		Setup:     launch.NewSetup(data),
		Codes:     launch.NewCodes(data),
		Interests: launch.NewInterests(data, o.Machine),
		Draws:     launch.NewDraws(data),
		Warehouse: inventory.New(data),
		Discounts: discount.New(data),
		Carts:     cart.New(data, o.Gateways, o.Machine),
		Orders:    order.New(data, o.Gateways, o.Machine),
		Lookups:   order.NewLookups(data, o.Machine),
		Documents: document.New(data),
		Reports:   report.New(data),
		Refusals:  report.NewRefusals(data, o.Clock),
		data:      data,
	}
}

// Version is a number that grows with every change of the shop's data, by this process or another; see db.DB.Version.
func (s *Shop) Version() (int64, error) { return s.data.Version() }

// Close finishes the writes that wait, those of counted refusals and of waiting rooms too, and closes the database.
func (s *Shop) Close() error {
	ctx := context.Background()
	return errors.Join(s.Refusals.Flush(ctx), s.Rooms.Flush(ctx), s.data.Close())
}

// Audit checks all that must always hold, as far as the database can show it.
func (s *Shop) Audit(ctx context.Context) ([]audit.Result, error) { return audit.Run(ctx, s.data) }

// Worker does the shop's jobs: by these handlers, which send mail, and those that need no mail by itself. It ends the holds
// whose time is up, tells the buyers of late orders, raises alarms, writes down what was refused, minds the waiting rooms, draws what has closed and tells who waits for what is open.
func (s *Shop) Worker(handlers map[string]job.Handler) *job.Worker {
	all := map[string]job.Handler{launch.JobMakeCodes: s.Codes.Fill, order.JobInvoice: s.Documents.Invoice, order.JobCreditNote: s.Documents.Credit}
	maps.Copy(all, handlers)
	return job.NewWorker(s.data, all, s.Orders.Sweep, s.Orders.SweepLate, s.Gate.Alarms, s.Refusals.Flush, s.Rooms.Sweep, s.Draws.Sweep, s.Interests.Sweep, s.Lookups.Sweep).
		Except(payment.JobEvent, payment.JobRefund)
}

// Cashier does the jobs about money at providers and minds the sessions on their pages. It is a worker of its own: a provider
// that answers slowly delays no mail, and a mail server that does no payment.
func (s *Shop) Cashier() *job.Worker {
	return job.NewWorker(s.data, map[string]job.Handler{payment.JobEvent: s.Orders.ApplyEvent, payment.JobRefund: s.Orders.SendRefund}, s.Orders.Tend).Only()
}
