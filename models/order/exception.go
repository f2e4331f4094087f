package order

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/payment"
	"softlaunch/models/staff"
)

// Exceptions are the payments that somebody has to look at and nobody has handled yet, oldest first.
func (o *Orders) Exceptions(ctx context.Context) ([]payment.Exception, error) {
	var found []payment.Exception
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = payment.Exceptions(tx, 0)
		return err
	})
	return found, err
}

// Exception is the one that an alarm's job is about.
func (o *Orders) Exception(ctx context.Context, id int64) (payment.Exception, error) {
	var found []payment.Exception
	err := o.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = payment.Exceptions(tx, id)
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "fault.exception")
	}
	if err != nil {
		return payment.Exception{}, err
	}
	return found[0], nil
}

// HandleException notes that a member of staff has dealt with an exception.
func (o *Orders) HandleException(ctx context.Context, by staff.Actor, id int64) error {
	if err := by.Require(staff.ManageOrders); err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		e, err := payment.Handle(tx, id)
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "handle", Subject: "payment", Name: e.About, Before: string(e.Kind)})
	})
}
