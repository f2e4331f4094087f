package jobs

import (
	"context"

	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/email"
)

// interest mails somebody on a list of interest. Who has left it meanwhile is mailed no more.
func (d desk) interest(ctx context.Context, j job.Job) error {
	n, found, err := d.shop.Interests.Notice(ctx, j)
	if err != nil {
		return err
	}
	if !found {
		return d.shop.Interests.Mailed(ctx, j, false)
	}
	sender, err := d.sender(ctx, n.Store.Market.Code, n.Store.Language)
	if err != nil {
		return err
	}
	sent, err := d.send(ctx, order.Mail{JobID: j.ID, Kind: j.Kind, Recipient: n.Email}, email.Interest(sender, n, d.shop.Clock()))
	if err != nil {
		return err
	}
	return d.shop.Interests.Mailed(context.WithoutCancel(ctx), j, sent.taken)
}

// alarmed says whose work an alarm is about.
var alarmed = map[string]staff.Right{launch.AlarmChecklist: staff.ManageMarkets, launch.AlarmApproval: staff.ManageProducts}

// alarm warns all staff whose work it is, in one mail. What has been dealt with before is not warned of.
func (d desk) alarm(ctx context.Context, j job.Job) error {
	w, still, err := d.shop.Gate.Alarm(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	to, err := d.addresses(ctx, alarmed[j.Kind])
	if err != nil {
		return err
	}
	if !still || to == "" {
		return d.shop.Orders.FinishMail(ctx, order.Mail{JobID: j.ID}, false)
	}
	return d.post(ctx, order.Mail{JobID: j.ID, Kind: j.Kind, Recipient: to}, email.Alarm(w, d.url))
}

// exception tells all staff who look after orders of a payment that somebody has to look at.
func (d desk) exception(ctx context.Context, j job.Job) error {
	e, err := d.shop.Orders.Exception(ctx, j.SubjectID)
	if err != nil {
		return err
	}
	to, err := d.addresses(ctx, staff.ManageOrders)
	if err != nil {
		return err
	}
	if to == "" {
		return d.shop.Orders.FinishMail(ctx, order.Mail{JobID: j.ID}, false)
	}
	return d.post(ctx, order.Mail{JobID: j.ID, Kind: j.Kind, Recipient: to}, email.Exception(e, d.url))
}
