package launch

import (
	"context"
	"fmt"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Times are the instants of a schedule as staff type them in the market's zone.
type Times struct{ Announced, Test, Launch market.Moment }

// TimesOf are a market's times as they are.
func TimesOf(m market.Market) Times {
	return Times{Announced: m.Moment(m.AnnouncedAt), Test: m.Moment(m.TestAt), Launch: m.Moment(m.LaunchAt)}
}

// Plan is a schedule that staff think of, beside the market as it is now. Checklist is the market's with that schedule;
// Blocked says that a red line of it stands in the way, unless an owner overrides it. Told is how many people who wait would
// be mailed.
type Plan struct {
	Market    market.Market
	Schedule  market.Schedule
	At        clock.Instant
	Checklist []CheckLine
	Blocked   bool
	Told      int
}

// Plan reads times without changing anything. Its fault's fields are announced_at, test_at and launch_at; the plan then
// has the times that could be read.
func (g *Gate) Plan(ctx context.Context, code string, times Times) (Plan, error) {
	var plan Plan
	var wrong error
	err := g.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		plan = Plan{Market: m, At: tx.Now()}
		if plan.Schedule, wrong = times.read(m); wrong != nil {
			return nil
		}
		if plan.Checklist, err = g.checklist(tx, m, plan.Schedule); err != nil {
			return err
		}
		red, err := g.ready(tx, m, plan.Schedule)
		if plan.Blocked = len(red) > 0; err != nil && !plan.Blocked {
			return err
		}
		if moves(m.Schedule(), plan.Schedule) && tells(tx, plan.Schedule) {
			plan.Told, err = waiting(tx, m)
			return err
		}
		return nil
	})
	if err != nil {
		return plan, err
	}
	return plan, wrong
}

func (t Times) read(m market.Market) (market.Schedule, error) {
	wrong := fault.Fields{}
	s := m.Schedule()
	s.AnnouncedAt = m.Read(t.Announced, "announced_at", wrong)
	s.TestAt = m.Read(t.Test, "test_at", wrong)
	s.LaunchAt = m.Read(t.Launch, "launch_at", wrong)
	if err := wrong.Err(); err != nil {
		return s, err
	}
	return s, s.Check()
}

// Reschedule sets when a market is announced, tested and launched; an empty time unsets its instant. Whoever does it types
// the market's code to confirm. A market gets no launch instant while a line of its checklist is red: that is a Conflict
// (schedule.not_ready) with the keys of the lines as Lines. Once set, the market opens whatever happens. A reason, which may
// be empty, is kept in the trail. The fault's fields are those of Plan, confirm and reason.
func (g *Gate) Reschedule(ctx context.Context, by staff.Actor, code string, times Times, confirm, reason string) error {
	return g.reschedule(ctx, by, code, times, confirm, reason, false)
}

// Override is Reschedule for an owner who launches with red lines and says why. The fault's fields are those of Reschedule.
func (g *Gate) Override(ctx context.Context, by staff.Actor, code string, times Times, confirm, reason string) error {
	if err := by.Require(staff.OverrideChecklist); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return fault.Fields{"reason": "schedule.reason"}.Err()
	}
	return g.reschedule(ctx, by, code, times, confirm, reason, true)
}

func (g *Gate) reschedule(ctx context.Context, by staff.Actor, code string, times Times, confirm, reason string, override bool) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); len(reason) > maxReason {
		return fault.Fields{"reason": "schedule.reason"}.Err()
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		s, err := times.read(m)
		if err != nil {
			return err
		}
		if confirm != code {
			return fault.Fields{"confirm": "schedule.confirm"}.Err()
		}
		change := staff.Change{Verb: "reschedule", Subject: "market", Name: code, Before: instants(m.Schedule()), After: instants(s), Reason: reason}
		if change.Before == change.After {
			return fault.Fields{"launch_at": "schedule.unchanged"}.Err()
		}
		red, err := g.ready(tx, m, s)
		if err != nil && (len(red) == 0 || !override) {
			return err
		}
		if len(red) > 0 {
			change.After += ", in spite of " + strings.Join(red, ", ")
		}
		if _, err := tx.Exec(`UPDATE markets SET announced_local = ?, announced_at = ?, test_local = ?, test_at = ?,
			launch_local = ?, launch_at = ? WHERE id = ?`, times.Announced.Local, s.AnnouncedAt, times.Test.Local, s.TestAt,
			times.Launch.Local, s.LaunchAt, m.ID); err != nil {
			return err
		}
		if moves(m.Schedule(), s) {
			if err := tellMoved(tx, m, s); err != nil {
				return err
			}
		}
		return staff.Record(tx, by, change)
	})
}

func instants(s market.Schedule) string {
	return fmt.Sprintf("announced %s, test %s, launch %s", s.AnnouncedAt, s.TestAt, s.LaunchAt)
}
